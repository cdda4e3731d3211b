"""How a cell is read, kind by kind, in csv and in xlsx."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from bilan.intake import Statement

Rows = Callable[..., Statement]
NBSP, NARROW = "\u00a0", "\u202f"

DATES = [
    ("2010-03-12", date(2010, 3, 12), "day"),
    ("2010/3/12", date(2010, 3, 12), "day"),
    ("2010.03.12", date(2010, 3, 12), "day"),
    ("12/03/2010", date(2010, 3, 12), "day"),
    ("1/2/2010", date(2010, 2, 1), "day"),
    ("12-03-2010", date(2010, 3, 12), "day"),
    ("12.03.2010", date(2010, 3, 12), "day"),
    ("12 / 03 / 2010", date(2010, 3, 12), "day"),
    ("12 mars 2010", date(2010, 3, 12), "day"),
    (f"12{NBSP}mars{NARROW}2010", date(2010, 3, 12), "day"),
    ("1er mars 2010", date(2010, 3, 1), "day"),
    ("1ᵉʳ mars 2010", date(2010, 3, 1), "day"),
    ("1 ER FÉVRIER 2010", date(2010, 2, 1), "day"),
    ("5 Décembre 2010", date(2010, 12, 5), "day"),
    ("5 aout 2010", date(2010, 8, 5), "day"),
    ("12 sept. 2010", date(2010, 9, 12), "day"),
    ("12-janv-2010", date(2010, 1, 12), "day"),
    ("2010-03-12 00:00:00", date(2010, 3, 12), "day"),
    ("2010-03-12T14:30:00Z", date(2010, 3, 12), "day"),
    ("12/03/2010 14h30", date(2010, 3, 12), "day"),
    ("40249", date(2010, 3, 12), "day"),
    ("40249.75", date(2010, 3, 12), "day"),
    ("40249,75", date(2010, 3, 12), "day"),
    ("mars 2010", date(2010, 3, 1), "month"),
    ("Mars-2010", date(2010, 3, 1), "month"),
    ("juil. 2010", date(2010, 7, 1), "month"),
    ("2010-03", date(2010, 3, 1), "month"),
    ("03/2010", date(2010, 3, 1), "month"),
    ("3/2010", date(2010, 3, 1), "month"),
    ("2010", date(2010, 1, 1), "year"),
]
BAD_DATES = [
    "32/13/2010",
    "2010-02-30",
    "29/02/2010",
    "12/03/10",
    "12 mars 10",
    "mars 10",
    "00/03/2010",
    "2010-13",
    "0 mars 2010",
    "31 avril 2010",
    "12 brumaire 2010",
    "12 march 2010",
    "hier",
    "20100312",
    "123",
    "1010",
    "3999",
    "mars",
]


@pytest.mark.parametrize(("text", "day", "precision"), DATES)
def test_dates(rows: Rows, text: str, day: date, precision: str) -> None:
    statement = rows("arrestations", {"date_arrestation": text})
    assert statement.refusals.is_empty()
    assert statement.accepted["date_arrestation"].to_list() == [day]
    assert statement.accepted["date_arrestation_precision"].to_list() == [precision]


@pytest.mark.parametrize("text", BAD_DATES)
def test_impossible_dates(rows: Rows, text: str) -> None:
    statement = rows("arrestations", {"date_arrestation": text, "suspect_naissance": text})
    assert statement.refusals.select("row", "column", "code").rows() == [
        (2, "date_arrestation", "bad_date"),
        (2, "suspect_naissance", "bad_date"),
    ]


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        (date(2010, 3, 12), date(1985, 3, 12)),
        (datetime.fromisoformat("2010-03-12T14:30"), datetime.fromisoformat("1985-03-12T14:30")),
        (40249, 31118),
        (40249.75, 31118.75),
    ],
    ids=["date", "time", "int", "float"],
)
def test_real_dates_and_serials_of_a_spreadsheet(
    read: Callable[..., Statement], make: dict[str, Callable[..., Any]], cell: object, birth: object
) -> None:
    content = make["xlsx"](
        make["grid"]("arrestations", {"date_arrestation": cell, "suspect_naissance": birth})
    )
    statement = read("arrestations", content, ".xlsx")
    assert statement.refusals.is_empty()
    assert statement.accepted.select("date_arrestation", "suspect_naissance").row(0) == (
        date(2010, 3, 12),
        date(1985, 3, 12),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" e-1 ", "E-1"),
        (f"{NBSP}a{NARROW}{NBSP} 1\u200b", "A 1"),
        ("2010123.0", "2010123"),
        ("2010123,00", "2010123"),
        ("2010123.5", "2010123.5"),
        ("007", "007"),
        ("e\u0301-1", "É-1"),
    ],
)
def test_numbers_of_files(rows: Rows, text: str, value: str) -> None:
    assert rows("arrestations", {"no_evenement": text}).accepted["no_evenement"].to_list() == [value]


def test_a_number_typed_as_a_number_is_the_same_as_typed_as_text(
    read: Callable[..., Statement], make: dict[str, Callable[..., Any]]
) -> None:
    grid = make["grid"]("arrestations", {"no_evenement": 2010123}, {"no_evenement": "2010123"})
    statement = read("arrestations", make["xlsx"](grid), ".xlsx")
    assert statement.accepted.select("no_evenement", "repeat").rows() == [
        ("2010123", False),
        ("2010123", True),
    ]


YES = ["oui", "OUI", " Oui ", "o", "O", "x", "X", "1", "1,0", "1.0", "vrai", "VRAI", "true", f"oui{NBSP}"]
NO = ["non", "Non", "n", "N", "0", "0.0", "faux", "FAUX", "false"]


@pytest.mark.parametrize("text", YES)
def test_yes(rows: Rows, text: str) -> None:
    statement = rows("jeunes_rencontres", {"referee": text, "fugue": text})
    assert statement.accepted.select("referee", "fugue").rows() == [(True, "oui")]


@pytest.mark.parametrize("text", NO)
def test_no(rows: Rows, text: str) -> None:
    statement = rows("jeunes_rencontres", {"referee": text, "fugue": text})
    assert statement.accepted.select("referee", "fugue").rows() == [(False, "non")]


def test_real_booleans_of_a_spreadsheet(
    read: Callable[..., Statement], make: dict[str, Callable[..., Any]]
) -> None:
    changes = ({"referee": True, "fugue": False}, {"no_rencontre": "R-2", "referee": False, "fugue": True})
    statement = read("jeunes_rencontres", make["xlsx"](make["grid"]("jeunes_rencontres", *changes)), ".xlsx")
    assert statement.accepted.select("referee", "fugue").rows() == [(True, "non"), (False, "oui")]


def test_unknown_is_for_some_columns_only(rows: Rows) -> None:
    statement = rows("jeunes_rencontres", {"fugue": "Inconnu"}, {"no_rencontre": "R-2", "referee": "inconnu"})
    assert statement.accepted["fugue"].to_list() == ["inconnu"]
    assert statement.refusals.select("row", "column", "code").rows() == [(3, "referee", "placeholder")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("72,5", "72.5"),
        ("72.50", "72.5"),
        ("80", "80"),
        ("80,00", "80"),
        ("080", "80"),
        (",5", "0.5"),
        ("0", "0"),
        ("-0", "0"),
        ("0,0", "0"),
        ("100", "100"),
        ("100,0", "100"),
        ("+7", "7"),
        ("", None),
    ],
)
def test_decimals(rows: Rows, text: str, value: str | None) -> None:
    assert rows("formations", {"score_avant": text}).accepted["score_avant"].to_list() == [value]


@pytest.mark.parametrize(
    "text", ["100,01", "-0,1", "-1", "101", "1e1", "inf", "12 points", "1.2.3", "7 2", "9" * 30]
)
def test_bad_decimals(rows: Rows, text: str) -> None:
    statement = rows("formations", {"score_avant": text})
    assert statement.refusals.select("row", "column", "code").rows() == [(2, "score_avant", "bad_number")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", 2), ("1,0", 1), ("1.0", 1), (f"1{NBSP}000", 1000), (f"1{NARROW}000,0", 1000), ("", None)],
)
def test_whole_numbers(rows: Rows, text: str, value: int | None) -> None:
    assert rows("accusations", {"chefs": text}).accepted["chefs"].to_list() == [value]


@pytest.mark.parametrize("text", ["0", "-1", "1,5", "deux", "1e3", "99999999999999999999"])
def test_bad_whole_numbers(rows: Rows, text: str) -> None:
    statement = rows("accusations", {"chefs": text})
    assert statement.refusals.select("row", "column", "code").rows() == [(2, "chefs", "bad_number")]


@pytest.mark.integration
def test_floats_of_a_spreadsheet(read: Callable[..., Statement], make: dict[str, Callable[..., Any]]) -> None:
    grid = make["grid"]("formations", {"score_avant": 72.5, "score_apres": 80.0})
    statement = read("formations", make["xlsx"](grid), ".xlsx")
    assert statement.accepted.select("score_avant", "score_apres").rows() == [("72.5", "80")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PROXENETISME", "proxénétisme"),
        (f" traite{NBSP}de  personnes ", "traite de personnes"),
        ("Agression-Sexuelle", "agression sexuelle"),
        ("pornographie juve\u0301nile", "pornographie juvénile"),
        ("autre", "autre"),
        ("Autre : vol", "autre"),
        (f"AUTRE{NBSP}: vol, recel", "autre"),
        ("autre:", "autre"),
    ],
)
def test_listed_values(rows: Rows, text: str, value: str) -> None:
    assert rows("arrestations", {"motif": text}).accepted["motif"].to_list() == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("véhicule", ["véhicule"]),
        ("vehicule; Entourage", ["entourage", "véhicule"]),
        ("véhicule,entourage/véhicule", ["entourage", "véhicule"]),
        ("entourage / lieu de rencontre ; ", ["entourage", "lieu de rencontre"]),
        ("autre : plaque, couleur / entourage", ["autre", "entourage"]),
    ],
)
def test_several_listed_values(rows: Rows, text: str, values: list[str]) -> None:
    assert rows("echanges", {"nature": text}).accepted["nature"].to_list() == [values]


@pytest.mark.parametrize("text", ["entourage, bof", "bof", "entourage, inconnu"])
def test_one_unknown_value_among_several_is_one_refusal(rows: Rows, text: str) -> None:
    statement = rows("echanges", {"nature": text})
    assert statement.refusals.select("row", "column", "code").rows() == [(2, "nature", "unknown_value")]


def test_only_separators_are_nothing(rows: Rows) -> None:
    statement = rows("echanges", {"nature": " , ; "})
    assert statement.refusals.select("row", "column", "code").rows() == [(2, "nature", "missing_value")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("spal", "SPAL"),
        ("CISSS ME", "CISSS-ME"),
        ("cisss‑me", "CISSS-ME"),
        ("2159", "2159"),
        ("2159.0", "2159"),
        ("autre : école", "autre"),
    ],
)
def test_partners(rows: Rows, text: str, code: str) -> None:
    assert rows("formations", {"organisation": text}).accepted["organisation"].to_list() == [code]


def test_an_exchange_is_between_partners_alone(rows: Rows) -> None:
    statement = rows("echanges", {"de": "autre : GRC", "vers": "ZZZ"})
    assert statement.refusals.select("row", "column", "code").rows() == [
        (2, "de", "unknown_value"),
        (2, "vers", "unknown_value"),
    ]


@pytest.mark.integration
def test_defaults(rows: Rows) -> None:
    issue = rows("accusations", {"issue": "", "date_issue": ""})
    decision = rows("references", {"decision": "", "raison_refus": ""})
    assert issue.accepted["issue"].to_list() == ["en cours"]
    assert decision.accepted["decision"].to_list() == ["en attente"]
    assert rows("echanges", {"rang": ""}).accepted["rang"].to_list() == [1]
    assert rows("formations", {"theme": ""}).accepted["theme"].to_list() == ["exploitation sexuelle"]
    assert rows("arrestations", {"gang": ""}).accepted["gang"].to_list() == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", "Longueuil"),
        ("brossard", "Brossard"),
        ("Saint Bruno de Montarville", "Saint-Bruno-de-Montarville"),
    ],
)
def test_territories(rows: Rows, text: str, value: str) -> None:
    assert rows("arrestations", {"territoire": text}).accepted["territoire"].to_list() == [value]


PRINCIPAL = {"arrestations": "date_arrestation", "references": "date_reference", "formations": "date_session"}


@pytest.mark.parametrize(
    ("log", "day", "text", "programme"),
    [
        ("arrestations", "2010-03-12", "", "MOBILIS"),
        ("references", "2010-03-12", "", "MOBILIS"),
        ("references", "2011-03-12", "mobilis", "MOBILIS"),
        ("formations", "2017-01-01", "", "Pj"),
        ("formations", "2017-01-01", "PJ", "Pj"),
    ],
)
def test_programmes(rows: Rows, log: str, day: str, text: str, programme: str) -> None:
    decided = {"date_decision": ""} if log == "references" else {}
    statement = rows(log, {PRINCIPAL[log]: day, "programme": text, **decided})
    assert statement.accepted["programme"].to_list() == [programme]


@pytest.mark.parametrize(
    ("day", "programme"),
    [
        ("2016-09-30", "MOBILIS"),
        ("septembre 2016", "MOBILIS"),
        ("2016-10-01", "Pj"),
        ("2016", "Pj"),  # its last possible day
        ("2019", "Pj"),
    ],
)
def test_referrals_belong_to_the_programme_of_their_time(
    read: Rows, make: dict[str, Callable[..., Any]], day: str, programme: str
) -> None:
    content = make["csv"](make["grid"]("references", {"date_reference": day, "date_decision": ""}))
    statement = read("references", content, statement_date=date(2019, 9, 30))
    assert statement.accepted["programme"].to_list() == [programme]


def test_names_are_kept_as_typed_and_folded_in_the_key(rows: Rows) -> None:
    statement = rows(
        "arrestations",
        {"suspect_nom": " TREMBLAY-ROY ", "suspect_prenom": "Éric", "suspect_naissance": "1/6/1990"},
        {"no_evenement": "E-2", "suspect_nom": f"tremblay{NBSP}roy", "suspect_prenom": "Eric"},
        {
            "no_evenement": "E-3",
            "suspect_nom": "L’Écuyer",
            "suspect_prenom": "Cœur",
            "suspect_naissance": "1990",
        },
        {
            "no_evenement": "E-4",
            "suspect_nom": "L'ECUYER",
            "suspect_prenom": "coeur",
            "suspect_naissance": "mai 1990",
        },
    )
    assert statement.accepted["suspect_nom"].to_list()[0] == "TREMBLAY-ROY"
    assert statement.accepted["subject_key"].to_list() == [
        "tremblayroy|eric|1990-06-01",
        "tremblayroy|eric|1990-06-01",
        "lecuyer|coeur|1990",
        "lecuyer|coeur|1990-05",
    ]


def test_a_participant_is_known_by_names_alone(rows: Rows) -> None:
    assert rows("formations", {}).accepted["subject_key"].to_list() == ["roy|zoe"]


def test_a_reference_is_read_as_a_number(rows: Rows) -> None:
    nobody = {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": ""}
    statement = rows("jeunes_rencontres", {**nobody, "jeune_ref": " j- 12 "})
    assert statement.accepted.select("jeune_ref", "subject_ref", "subject_key").rows() == [
        ("j- 12", "J- 12", None)
    ]
