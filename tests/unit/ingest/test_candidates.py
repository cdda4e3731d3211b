import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.contracts import CONTRACTS, Kind
from bilan.ingest.candidates import candidate_events, hashed
from bilan.ingest.natural_keys import possible_keys, row_keys
from bilan.intake import Reference, Source, load_reference, read_statement

REFERENCE: Reference = load_reference(None)
KEY = bytes(32)
NO_KIN = pl.DataFrame(schema={"token": pl.String, "hash": pl.String, "person": pl.String})
NOTHING = pl.Series([], dtype=pl.String)


def rows_of(log: str, head: str, *lines: str) -> pl.DataFrame:
    source = Source(
        "x.csv",
        CONTRACTS[log].senders[0] if CONTRACTS[log].senders else "SPAL",
        log,
        date(2012, 3, 31),
        ".csv",
    )
    accepted = read_statement("\n".join([head, *lines]).encode(), source, REFERENCE).accepted
    assert accepted.height == len(lines)
    return accepted.with_columns(
        natural_key=pl.lit("k") + pl.col("row").cast(pl.String), subject=pl.lit("p_1")
    )


def said(log: str, rows: pl.DataFrame) -> list[dict[str, Any]]:
    numbers = [column.name for column in CONTRACTS[log].columns if column.kind is Kind.NUMBER]
    rows = rows.with_columns((pl.lit("#") + pl.col(name)).alias(hashed(name)) for name in numbers)
    found = candidate_events(CONTRACTS[log], rows, date(2012, 3, 31))
    return list(found.iter_rows(named=True))


def canonical(text: str) -> str:
    return json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_a_row_yields_the_events_of_its_contract() -> None:
    head = "no_reference;date_reference;de;vers;jeune_ref;motif;decision;date_decision;date_debut;date_fin"
    rows = rows_of(
        "references",
        head,
        "R1;2012-01-02;SPAL;CAVAC;V;hébergement, autre;acceptée;2012-01-05;mars 2012;",
        "R2;2012-01-02;SPAL;CAVAC;Y;;refusée;;;".replace("refusée;;;", "acceptée;;;"),
        "R3;2012-01-02;SPAL;CAVAC;Z;;;;;",
    )
    events = said("references", rows)
    assert [(e["row"], e["type"].split(".")[2]) for e in events] == [
        (2, "made"),
        (2, "accepted"),
        (2, "started"),
        (3, "made"),
        (3, "accepted"),
        (4, "made"),
    ]
    assert (
        events[0]["data"]
        == '{"de":"SPAL","motif":["autre","hébergement"],"no_reference":"#R1","vers":"CAVAC"}'
    )
    assert events[1]["data"] == '{"date_deduite":false,"no_reference":"#R1"}'
    assert (events[2]["time"], events[2]["time_precision"]) == (date(2012, 3, 1), "month")
    assert (events[4]["time"], events[4]["time_precision"], events[4]["derived"]) == (
        date(2012, 3, 1),
        "month",
        True,
    )
    assert json.loads(events[4]["data"])["date_deduite"] is True
    assert json.loads(events[5]["data"])["motif"] is None


def test_every_kind_of_cell_has_its_json() -> None:
    met = rows_of(
        "jeunes_rencontres",
        "no_rencontre;date_rencontre;jeune_ref;sexe;fugue;date_devoilement;referee;ressource",
        "M1;2012-01-02;V;F;o;janvier 2012;oui;autre : maison",
        "M2;2012-01-02;Y;;;;non;",
    )
    first, second = (json.loads(event["data"]) for event in said("jeunes_rencontres", met))
    assert first == {
        "date_devoilement": "2012-01-01",
        "date_devoilement_precision": "month",
        "fugue": "oui",
        "no_rencontre": "#M1",
        "referee": True,
        "ressource": "autre",
        "sexe": "F",
    }
    assert second["date_devoilement_precision"] is None
    assert (second["referee"], second["sexe"]) == (False, None)


def test_decimals_are_strings_and_integers_numbers() -> None:
    head = (
        "no_session;date_session;titre;participant_nom;participant_prenom;organisation;"
        "score_avant;score_apres;programme"
    )
    [event] = said("formations", rows_of("formations", head, "S1;2012-01-02;t;Roy;Éric;SPAL;72,50;;MOBILIS"))
    data = json.loads(event["data"])
    assert (data["score_avant"], data["score_apres"]) == ("72.5", None)


def test_data_is_canonical_json() -> None:
    head = (
        "no_cour;suspect_nom;suspect_prenom;suspect_naissance;date_accusation;infraction;"
        "issue;chefs;territoire"
    )
    rows = rows_of("accusations", head, "C1;Roy;Éric;1990;2012-01-02;autre;acquittement;3,0;Brossard")
    charge, conclusion = said("accusations", rows)
    assert [event["data"] for event in (charge, conclusion)] == [
        canonical(event["data"]) for event in (charge, conclusion)
    ]
    assert json.loads(charge["data"])["chefs"] == 3
    assert charge["territory"] == "Brossard"


def keyed(number: str, named: str | None, referred: str | None) -> pl.DataFrame:
    cells = {"row": [2], "no_rencontre": [number], "named_hash": [named], "referred_hash": [referred]}
    text = {"no_rencontre": pl.String, "named_hash": pl.String, "referred_hash": pl.String}
    return pl.DataFrame(cells, schema={"row": pl.Int64, **text})


def key_of(
    rows: pl.DataFrame, kin: pl.DataFrame = NO_KIN, believed: pl.Series = NOTHING, sender: str = "SPAL"
) -> str:
    keys = row_keys(KEY, CONTRACTS["jeunes_rencontres"], sender, rows, kin=kin, believed=believed)
    return str(keys[0])


class TestNaturalKeys:
    KIN = pl.DataFrame({"token": ["p_1", "p_2"], "hash": ["n", "r"], "person": ["p_1", "p_1"]})

    def test_number_person_and_sender_make_the_key(self) -> None:
        keys = [
            key_of(keyed("M1", "n", None)),
            key_of(keyed("M2", "n", None)),
            key_of(keyed("M1", "x", None)),
            key_of(keyed("M1", None, "n2")),
            key_of(keyed("M1", "n", None), sender="CJM"),
        ]
        assert len(set(keys)) == len(keys)

    def test_the_name_comes_before_the_reference(self) -> None:
        assert key_of(keyed("M1", "n", "r"), self.KIN) == key_of(keyed("M1", "n", None))

    @pytest.mark.parametrize(("named", "referred"), [("n", "r"), ("n", None), (None, "r")])
    def test_tied_aliases_go_by_the_one_that_is_believed(
        self, named: str | None, referred: str | None
    ) -> None:
        for believed in (key_of(keyed("M1", "n", None)), key_of(keyed("M1", None, "r"))):
            assert key_of(keyed("M1", named, referred), self.KIN, pl.Series([believed])) == believed

    def test_a_refused_row_may_have_had_any_of_them(self) -> None:
        refused = keyed("M1", None, "r").with_columns(key_readable=pl.lit(True))
        contract = CONTRACTS["jeunes_rencontres"]
        keys = possible_keys(KEY, contract, "SPAL", refused, kin=self.KIN)["natural_key"]
        assert set(keys) == {key_of(keyed("M1", "n", None)), key_of(keyed("M1", None, "r"))}
        unreadable = refused.with_columns(key_readable=pl.lit(False))
        assert possible_keys(KEY, contract, "SPAL", unreadable, kin=self.KIN).is_empty()
