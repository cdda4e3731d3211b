"""Coverage, paths and overlaps, on two youths whose services were worked out by hand."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bilan.cli.kpi import ask
from bilan.cli.main import app
from bilan.home import Home
from bilan.warehouse import Filters
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Ana: detected, a school service, then protection beside it; ben asked for housing in vain."""
    told = Telling(on="2018-12-31", programme="Pj")
    for who, number in (("ana", "D1"), ("ben", "D2")):
        told.tell(
            "pj.youth.detected", "2018-01-05", who, key=number, sender="SPAL", no_depistage=number, sexe="F",
            axe="secondaire", cible="victime", source="police", gang="non",
        )  # fmt: skip
    school = {"service": "scolaire", "fournisseur": "CSMV", "axe": "secondaire", "cible": "victime"}
    protection = {"service": "protection", "fournisseur": "CISSS-ME", "axe": "tertiaire", "cible": "victime"}
    housing = {"service": "hébergement", "fournisseur": "KEKPART", "axe": "secondaire", "cible": "client"}
    for number, service, asked, begun in (
        ("R1", school, "2018-01-10", "2018-01-20"),
        ("R2", protection, "2018-02-01", "2018-02-10"),
    ):
        told.tell("pj.request.made", asked, "ana", key=number, sender="SPAL", no_demande=number, **service)
        told.tell(
            "pj.request.served", begun, "ana", key=number, sender="SPAL", no_demande=number,
            meneur=number == "R2", **service,
        )  # fmt: skip
    told.tell("pj.request.closed", "2018-02-19", "ana", key="R1", sender="SPAL", no_demande="R1")
    told.tell("pj.request.made", "2018-03-01", "ben", key="R3", sender="SPAL", no_demande="R3", **housing)
    return told.home(tmp_path_factory.mktemp("tables"))


def table(home: Home, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[dict[str, Any]]:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    result = CliRunner().invoke(app, ["table", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


def test_the_matrix_is_whole_and_shows_its_holes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in table(home, monkeypatch, "coverage") if row["partner"] is None]
    assert len(rows) == 9
    covered = {(row["axe"], row["cible"]) for row in rows if row["is_covered"]}
    assert covered == {("secondaire", "victime"), ("tertiaire", "victime")}
    assert [(row["axe"], row["cible"]) for row in rows if row["is_hole"]] == [("secondaire", "client")]
    detected = {(row["axe"], row["cible"]): row["youths_detected"] for row in rows}
    assert detected["secondaire", "victime"] == 2


def test_paths_are_arrows_from_one_service_to_the_next(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    arrows = [
        (row["step"], row["from_service"], row["to_service"]) for row in table(home, monkeypatch, "paths")
    ]
    assert arrows == [(1, "dépistage secondaire", "scolaire"), (2, "scolaire", "protection")]


def test_the_arrows_are_counted_as_figures_too(home: Home) -> None:
    asked = ask(home, Filters(code="P10.paths", period_kind="total"), until=None, known_at=None)
    everywhere = {f["breakdown_value"]: f["value"] for f in asked if f["territory"] is None}
    assert everywhere == {None: 2, "dépistage secondaire > service": 1, "service > autre service": 1}


def test_an_arrow_leads_to_what_it_is_made_of(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    arrow = ("--breakdown", "trajet=dépistage secondaire > service")
    result = CliRunner().invoke(app, ["trace", "P10.paths", *arrow, "--json"])
    assert result.exit_code == 0, result.output
    types = {event["type"] for event in json.loads(result.stdout)["events"]}
    assert types == {"pj.youth.detected.v1", "pj.request.made.v1", "pj.request.served.v1"}


def test_an_overlap_says_how_long_and_who_leads(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    [overlap] = table(home, monkeypatch, "overlaps", "--period", "février 2018", "--partner", "CSMV")
    # the 10th to the 18th of February: the day on which a service closes is none of its days
    assert (overlap["youths"], overlap["days_open"], overlap["led_by_one"]) == (1, 9, 1)


def test_nothing_is_known_before_it_was_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert table(home, monkeypatch, "overlaps", "--known-at", "2018-06-30") == []
