"""Every refusal code: what brings it, on which row and column, and what is kept of the row's key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bilan.intake import Reference, Source, Statement, read_statement
from bilan.intake.advice import OF_COLUMNS, OF_FILES, OF_ROWS
from bilan.intake.messages import CODES
from bilan.intake.nature import ADVICE as OF_NATURE
from bilan.intake.ragged import ADVICE as OF_RAGGED

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]
Row = dict[str, Any]

NOBODY = {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": "", "jeune_ref": ""}
BY_REFERENCE = {**NOBODY, "jeune_ref": "J-1"}
ACCEPTED: list[tuple[str, Row]] = [
    ("arrestations", {"date_arrestation": "2011-09-30"}),  # the statement's own day
    ("arrestations", {"date_arrestation": "2008-09-01"}),  # the programme's first day
    ("arrestations", {"date_arrestation": "septembre 2011"}),
    ("arrestations", {"date_arrestation": "2008"}),  # its last possible day is within
    ("arrestations", {"date_arrestation": "septembre 2008"}),
    ("arrestations", {"date_arrestation": "2011"}),
    ("arrestations", {"suspect_naissance": "1990"}),
    ("accusations", {"no_evenement": "", "chefs": "", "date_issue": "", "issue": ""}),
    ("jeunes_rencontres", BY_REFERENCE),
    ("jeunes_rencontres", {"jeune_ref": "J-1"}),
    ("jeunes_rencontres", {**BY_REFERENCE, "jeune_nom": "Roy"}),
    ("jeunes_rencontres", {"referee": "non", "ressource": ""}),
    ("jeunes_rencontres", {"ressource": "autre : école"}),
    ("jeunes_rencontres", {"sexe": "", "fugue": "", "date_devoilement": ""}),
    ("references", {"decision": "acceptée", "raison_refus": ""}),
    ("references", {"decision": "", "raison_refus": "", "motif": "", "date_decision": ""}),
    ("references", {"de": "autre : école", "vers": "autre"}),
    ("echanges", {**NOBODY, "consentement_nominatif": ""}),
    ("echanges", {**NOBODY, "consentement_nominatif": "non"}),
    ("echanges", {**BY_REFERENCE, "consentement_nominatif": "non"}),
    ("echanges", {**BY_REFERENCE, "jeune_nom": "-", "consentement_nominatif": "non"}),
    ("formations", {"score_avant": "", "score_apres": "0"}),
]
REFUSED: list[tuple[str, Row, list[tuple[str | None, str]]]] = [
    ("arrestations", {"no_evenement": " "}, [("no_evenement", "missing_value")]),
    ("arrestations", {"suspect_nom": ""}, [("suspect_nom", "missing_value")]),
    ("arrestations", {"suspect_nom": "- ’"}, [("suspect_nom", "placeholder")]),
    ("arrestations", {"suspect_nom": "#N/A"}, [("suspect_nom", "error_cell")]),
    ("arrestations", {"motif": "=RECHERCHEV(A2;B:C;2)"}, [("motif", "uncomputed_formula")]),
    ("arrestations", {"suspect_prenom": "Ã‰ric"}, [("suspect_prenom", "garbled_text")]),
    ("arrestations", {"no_evenement": "01-févr"}, [("no_evenement", "became_date")]),
    ("arrestations", {"no_evenement": "2,01003E+11"}, [("no_evenement", "became_number")]),
    ("accusations", {"chefs": "1,000"}, [("chefs", "ambiguous_number")]),
    ("arrestations", {"suspect_naissance": ""}, [("suspect_naissance", "missing_value")]),
    ("arrestations", {"motif": "\u00a0"}, [("motif", "missing_value")]),
    (
        "arrestations",
        {"motif": "bof", "date_arrestation": "", "gang": "peut-être", "suspect_naissance": "32/01/1990"},
        [
            ("date_arrestation", "missing_value"),
            ("suspect_naissance", "bad_date"),
            ("motif", "unknown_value"),
            ("gang", "unknown_value"),
        ],
    ),
    ("arrestations", {"programme": "MOBILIS 2"}, [("programme", "unknown_value")]),
    ("arrestations", {"territoire": "Laval"}, [("territoire", "unknown_value")]),
    ("arrestations", {"date_arrestation": "2011-10-01"}, [("date_arrestation", "date_in_future")]),
    ("arrestations", {"date_arrestation": "octobre 2011"}, [("date_arrestation", "date_in_future")]),
    ("arrestations", {"date_arrestation": "2012"}, [("date_arrestation", "date_in_future")]),
    ("arrestations", {"date_arrestation": "2008-08-31"}, [("date_arrestation", "date_before_programme")]),
    ("arrestations", {"date_arrestation": "août 2008"}, [("date_arrestation", "date_before_programme")]),
    ("arrestations", {"date_arrestation": "2007"}, [("date_arrestation", "date_before_programme")]),
    (
        "arrestations",
        {"date_arrestation": "2011-01-01", "programme": "Pj"},
        [("date_arrestation", "date_before_programme")],
    ),
    ("accusations", {"date_issue": "2099-01-01"}, [("date_issue", "date_in_future")]),
    ("accusations", {"date_issue": "2010-03-31"}, [("date_issue", "date_out_of_order")]),
    ("arrestations", {"suspect_naissance": "2010-03-12"}, [("suspect_naissance", "birth_after_fact")]),
    ("arrestations", {"suspect_naissance": "1999-01-01"}, [("suspect_naissance", "age_out_of_range")]),
    ("references", {"date_reference": "2008-08-31"}, [("date_reference", "date_before_programme")]),
    ("accusations", {"issue": "condamné"}, [("issue", "unknown_value")]),
    (
        "accusations",
        {"chefs": "0", "date_issue": "hier"},
        [("chefs", "bad_number"), ("date_issue", "bad_date")],
    ),
    ("jeunes_rencontres", NOBODY, [(None, "missing_if")]),
    ("jeunes_rencontres", {"jeune_prenom": ""}, [(None, "missing_if")]),
    ("jeunes_rencontres", {"jeune_naissance": "", "jeune_ref": " - "}, [(None, "missing_if")]),
    ("jeunes_rencontres", {"jeune_naissance": "hier"}, [("jeune_naissance", "bad_date")]),
    ("jeunes_rencontres", {"ressource": ""}, [("ressource", "missing_if")]),
    ("jeunes_rencontres", {"ressource": "ABC"}, [("ressource", "unknown_value")]),
    ("jeunes_rencontres", {"referee": "", "ressource": ""}, [("referee", "missing_value")]),
    ("jeunes_rencontres", {"referee": "bof", "ressource": ""}, [("referee", "unknown_value")]),
    ("jeunes_rencontres", {"sexe": "fille"}, [("sexe", "unknown_value")]),
    (
        "jeunes_rencontres",
        {**NOBODY, "ressource": "", "date_rencontre": ""},
        [("date_rencontre", "missing_value"), ("ressource", "missing_if"), (None, "missing_if")],
    ),
    ("references", {"raison_refus": ""}, [("raison_refus", "missing_if")]),
    ("references", {"raison_refus": "bof"}, [("raison_refus", "unknown_value")]),
    ("references", {"decision": "bof", "raison_refus": ""}, [("decision", "unknown_value")]),
    ("references", {"motif": "scolaire; bof"}, [("motif", "unknown_value")]),
    ("references", NOBODY, [(None, "missing_if")]),
    ("echanges", {"consentement_nominatif": "non"}, [(None, "consent_breach")]),
    ("echanges", {"consentement_nominatif": "N", "jeune_ref": "J-1"}, [(None, "consent_breach")]),
    (
        "echanges",
        {**NOBODY, "jeune_ref": "J-1", "jeune_nom": "Roy", "consentement_nominatif": "0"},
        [(None, "consent_breach")],
    ),
    (
        "echanges",
        {**NOBODY, "jeune_naissance": "mai 1995", "consentement_nominatif": "non"},
        [(None, "consent_breach")],
    ),
    (
        "echanges",
        {**NOBODY, "jeune_naissance": "hier", "consentement_nominatif": "non"},
        [("jeune_naissance", "bad_date"), (None, "consent_breach")],
    ),
    ("echanges", {"consentement_nominatif": ""}, [(None, "missing_if")]),
    ("echanges", {**BY_REFERENCE, "consentement_nominatif": ""}, [(None, "missing_if")]),
    ("echanges", {"consentement_nominatif": "bof"}, [("consentement_nominatif", "unknown_value")]),
    ("echanges", {**NOBODY, "jeune_nom": "Roy"}, [(None, "missing_if")]),
    ("echanges", {"rang": "1,5"}, [("rang", "bad_number")]),
    ("echanges", {"formel": "", "nature": ""}, [("formel", "missing_value"), ("nature", "missing_value")]),
    ("echanges", {"de": "KEKPART"}, [(None, "protocol_breach")]),
    ("echanges", {"vers": "VILLE", **BY_REFERENCE}, [(None, "protocol_breach")]),
    (
        "echanges",
        {"vers": "VILLE", "consentement_nominatif": "non"},
        [(None, "consent_breach"), (None, "protocol_breach")],
    ),
    ("formations", {"titre": ""}, [("titre", "missing_value")]),
    ("formations", {"score_apres": "100,5"}, [("score_apres", "bad_number")]),
    ("formations", {"date_session": "2016-09-30"}, [("date_session", "date_before_programme")]),
    ("formations", {"organisation": "GRC"}, [("organisation", "unknown_value")]),
]


@pytest.mark.parametrize(("log", "change"), ACCEPTED)
def test_accepted(rows: Read, log: str, change: Row) -> None:
    statement = rows(log, change)
    assert statement.refusals.is_empty()
    assert (statement.rows, statement.accepted["row"].to_list()) == (1, [2])


@pytest.mark.parametrize(("log", "change", "expected"), REFUSED)
def test_refused(rows: Read, log: str, change: Row, expected: list[tuple[str | None, str]]) -> None:
    statement = rows(log, change)
    assert statement.refusals.select("row", "column", "code").rows() == [(2, *one) for one in expected]
    assert (statement.rows, statement.accepted.height, statement.file_refused) == (1, 0, False)


def test_a_refused_row_leaves_the_others(rows: Read) -> None:
    statement = rows("arrestations", {}, {"no_evenement": "E-2", "motif": "bof"}, {"no_evenement": "E-3"})
    assert statement.accepted["row"].to_list() == [2, 4]
    assert statement.refused_keys.rows() == [(3, "E-2", "tremblay|eric|1990-06-01", None, True, True)]


@pytest.mark.parametrize(
    ("log", "change", "readable"),
    [
        ("arrestations", {"motif": ""}, True),
        ("arrestations", {"no_evenement": "", "motif": ""}, False),
        ("arrestations", {"suspect_nom": ""}, False),
        ("arrestations", {"suspect_naissance": "?"}, False),
        ("jeunes_rencontres", {**BY_REFERENCE, "sexe": "fille"}, True),
        ("jeunes_rencontres", {"jeune_ref": "J-1", "sexe": "fille"}, True),
        # the key it had may go by the name that is now cut short
        ("jeunes_rencontres", {"jeune_ref": "J-1", "jeune_nom": "", "sexe": "fille"}, False),
        ("references", {"no_reference": "F-9", **NOBODY}, True),  # the person is no part of the key
        ("references", {"no_reference": ""}, False),
        ("echanges", {"rang": "un"}, False),
        ("echanges", {"rang": "", "formel": ""}, True),
    ],
)
def test_whether_the_key_of_a_refused_row_can_be_read(
    rows: Read, log: str, change: Row, readable: bool
) -> None:
    assert rows(log, change).refused_keys["key_readable"].to_list() == [readable]


@pytest.mark.parametrize(
    ("change", "readable"),
    [
        ({"no_evenement": "", "motif": ""}, True),
        ({"no_evenement": "", "suspect_nom": ""}, False),
        ({"suspect_naissance": "?"}, False),
    ],
)
def test_whether_the_person_in_the_key_of_a_refused_row_can_be_read(
    rows: Read, change: Row, *, readable: bool
) -> None:
    assert rows("arrestations", change).refused_keys["person_readable"].to_list() == [readable]


def test_nothing_of_the_person_is_kept_of_a_breach(rows: Read) -> None:
    kept = rows("echanges", {"consentement_nominatif": "non", "jeune_ref": "J-1"}).refused_keys
    assert kept.rows() == [(2, "X-1", 1, None, None, True, True)]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_missing_column_refuses_the_file_and_is_named(read: Read, make: Make, suffix: str) -> None:
    grid = [
        [cell for place, cell in enumerate(row) if place not in {1, 5}]
        for row in make["grid"]("arrestations", {}, {})
    ]
    content = make["csv"](grid) if suffix == ".csv" else make["xlsx"](grid)
    statement = read("arrestations", content, suffix)
    assert statement.refusals.select("row", "column", "code").rows() == [
        (None, "date_arrestation", "missing_column"),
        (None, "motif", "missing_column"),
    ]
    assert (statement.rows, statement.accepted.height, statement.file_refused) == (2, 0, True)
    assert statement.extra_columns == ()
    assert statement.refused_keys.is_empty()


@pytest.mark.integration
def test_columns_that_depend_on_others_are_not_required_of_the_file(read: Read) -> None:
    text = "no_rencontre;date_rencontre;referee\nR-1;2010-03-12;non\n"
    assert read("jeunes_rencontres", text).refusals.select("row", "column", "code").rows() == [
        (2, None, "missing_if")
    ]
    assert read(
        "echanges", "no_echange,date_echange,de,vers,formel,nature\nX,2010,CJM,SPAL,o,autre\n"
    ).accepted.height


def test_no_heading_at_all_names_every_required_column(read: Read) -> None:
    statement = read("arrestations", "a;b;c\n1;2;3\n4;5;6\nTotal;;\n")
    assert statement.refusals["code"].to_list() == ["missing_column"] * 6
    assert (statement.rows, statement.file_refused) == (3, True)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"\x07\x08\x09", ".xlsx"),
        (b"PK\x03\x04 not a book", ".xlsx"),
        (b"\x00\x01\x02", ".csv"),
        (b"\xff\xfe\x00", ".csv"),
    ],
)
def test_a_file_that_is_no_sheet(read: Read, content: bytes, suffix: str) -> None:
    statement = read("arrestations", content, suffix)
    assert statement.refusals.select("row", "column", "code").rows() == [(None, None, "unreadable_file")]
    assert (statement.rows, statement.file_refused) == (0, True)


def test_a_book_cut_short(read: Read, make: Make) -> None:
    content = make["xlsx"](make["grid"]("arrestations", {}))
    statement = read("arrestations", content[: len(content) // 2], ".xlsx")
    assert statement.refusals["code"].to_list() == ["unreadable_file"]


def test_every_code_is_tried_here() -> None:
    tried = {code for _, _, expected in REFUSED for _, code in expected}
    elsewhere = {*OF_ROWS, *OF_COLUMNS, *OF_RAGGED, *OF_FILES, *OF_NATURE}
    elsewhere |= {"missing_column", "unreadable_file", "duplicate_key"}
    of_workbooks = {"shown_otherwise", "partly_struck", "said_elsewhere", "unit_elsewhere"}
    assert tried | elsewhere | of_workbooks == set(CODES)


@pytest.mark.integration
def test_messages_are_french_and_quote_no_cell(read: Read, make: Make) -> None:
    secret = "Zzyzx"
    for log, change, _ in REFUSED:
        hidden = {name: secret for name, value in change.items() if value} | {"titre": secret}
        content = make["csv"](make["grid"](log, {**change, **hidden}))
        for message in read(log, content).refusals["message"]:
            assert secret not in message
            assert "{" not in message
            assert message.endswith((".", "»."))


def test_territories_and_partners_are_data(make: Make, reference: Reference) -> None:
    wider = replace(reference, partners=("GRC",), territories=("Longueuil", "Laval"))
    source = Source("x", "GRC", "references", date(2011, 9, 30), ".csv")
    content = make["csv"](make["grid"]("references", {"territoire": "laval", "de": "grc", "vers": "SPAL"}))
    assert read_statement(content, source, reference).refusals["column"].to_list() == ["de", "territoire"]
    assert read_statement(content, source, wider).refusals["column"].to_list() == ["vers"]
