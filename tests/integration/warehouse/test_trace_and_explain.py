"""A figure leads to its events, and what moved it adds up: on the worked case, by hand and for every code."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from bilan.building.causes import UnknownStateError, explainer
from bilan.building.figures import as_of, bounds, refresh
from bilan.building.lineage import model_of
from bilan.cli.main import app
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.warehouse import Filters
from bilan.warehouse.cell import UnknownCellError, find_cell, read_figure
from bilan.warehouse.changes import attributed_changes
from bilan.warehouse.explaining import Known, Model, Side, UnexplainedError, explain
from tests.integration.warehouse.telling import append
from tests.integration.warehouse.worked_case import FIRST, THIRD, worked_case
from tests.releasing import publish

pytestmark = pytest.mark.integration
JUNE, DECEMBER = date.fromisoformat(FIRST), date.fromisoformat(THIRD)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return worked_case().home(tmp_path_factory.mktemp("l'intendance"))  # a path that SQL must quote


@pytest.fixture(scope="module")
def sides(home: Home) -> Iterator[tuple[Side, Side]]:
    """The whole cube as known in June and in December."""
    with ExitStack() as stack:
        files = [stack.enter_context(as_of(home, Filters(), known_at=day))[0] for day in (JUNE, DECEMBER)]
        yield Side(files[0], Known(JUNE)), Side(files[1], Known(DECEMBER))


def asked(home: Home, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_figure_leads_to_its_events_and_models(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    traced = asked(home, monkeypatch, "trace", "M02")
    assert traced["figure"]["value"] == traced["facts"] == 6
    assert [event["time"] for event in traced["events"]] == [
        "2010-01-15", "2010-01-15", "2010-03-01", "2009-01-01", "2008-01-01", "2010-11-05",
    ]  # fmt: skip
    assert traced["events"][-1]["action"] == "correct"
    assert {event["sender"] for event in traced["events"]} == {"SPAL"}
    assert traced["models"][0] == "stg_arrest_made"
    assert traced["models"][-1] == "kpi_m02_arrests"


def test_a_figure_is_traced_at_its_date_and_place(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    june = asked(home, monkeypatch, "trace", "m02", "--territory", "brossard", "--known-at", FIRST)
    assert (june["figure"]["value"], june["facts"], len(june["events"])) == (1, 1, 1)


def test_a_median_leads_to_both_ends_of_its_delays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    traced = asked(home, monkeypatch, "trace", "M08", "--period", "décembre 2010")
    assert traced["figure"]["value"] == 40
    types = [event["type"] for event in traced["events"]]
    assert types == ["mobilis.arrest.made.v1", "mobilis.charge.laid.v1"]


def test_persons_lead_to_the_links_that_make_them(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    traced = asked(home, monkeypatch, "trace", "M05")
    assert "identity.tokens.linked.v1" in {event["type"] for event in traced["events"]}


def test_no_traced_field_is_nominative(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for event in asked(home, monkeypatch, "trace", "M05")["events"]:
        assert not {"subject", "data", "natural_key"} & set(event)


def test_what_moved_each_figure_was_worked_out_by_hand(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    between = ("--from", FIRST, "--to", THIRD)
    arrests = asked(home, monkeypatch, "explain", "M02", *between)
    # E4 was told in September and moved in December; E5 came and went.
    assert [(step["cause"], step["contribution"]) for step in arrests["steps"]] == [("new", 1)]
    rate = asked(home, monkeypatch, "explain", "M04", *between)
    # 1 of 1, then 1 of 2, then 1 of 3
    assert [step["after"]["denominator"] for step in rate["steps"]] == [2, 3]
    youths = asked(home, monkeypatch, "explain", "M05", *between)
    assert [(step["cause"], step["contribution"]) for step in youths["steps"]] == [("linked", -1)]


def test_a_correction_and_a_withdrawal_are_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    between = ("--from", "2010-09-30", "--to", THIRD)
    summer = asked(home, monkeypatch, "explain", "M02", "--period", "juin à août 2010", *between)
    autumn = asked(home, monkeypatch, "explain", "M02", "--period", "sept. à nov. 2010", *between)
    causes = [[(step["cause"], step["contribution"]) for step in one["steps"]] for one in (summer, autumn)]
    # E4 moved from August to November; E5 was withdrawn
    assert causes == [[("corrected", -1)], [("corrected", 1), ("retracted", -1)]]


@pytest.mark.parametrize(
    ("since", "to", "said"),
    [(THIRD, FIRST, "le plus ancien"), ("hier", THIRD, "AAAA-MM-JJ"), ("R7", THIRD, "n'existe pas")],
)
def test_a_state_that_is_none_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch, since: str, to: str, said: str
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    result = CliRunner().invoke(app, ["explain", "M02", "--from", since, "--to", to])
    assert isinstance(result.exception, UnknownStateError)
    assert said in str(result.exception)


def test_every_figure_s_steps_add_up_to_its_difference(sides: tuple[Side, Side]) -> None:
    before, after = sides
    moved = 0
    with duckdb.connect(after.file, read_only=True) as later:
        codes = later.execute("SELECT code, programmes, model FROM kpi_catalogue ORDER BY code").fetchall()
    models: dict[str, Model] = {}
    for code, programmes, name in codes:
        if name not in models:
            models[name] = model_of(after.file, name, bounds(known_at=DECEMBER))
        for programme in programmes.split(", "):
            cell = find_cell(after.file, code, programme=programme, period="total", dimensions={})
            found = explain(before, after, models[name], cell)
            assert found.before == read_figure(before.file, cell)
            assert found.after == read_figure(after.file, cell)
            assert sum(step.contribution for step in found.steps) == pytest.approx(found.difference, abs=1e-9)
            moved += bool(found.steps)
    assert moved >= 10


def test_a_walk_that_misses_a_change_is_no_explanation(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = sides
    model = model_of(after.file, "kpi_m02_arrests", bounds(known_at=DECEMBER))
    cell = find_cell(after.file, "M02", programme=None, period="total", dimensions={})
    monkeypatch.setattr(
        "bilan.warehouse.explaining.attributed_changes",
        lambda *arguments: attributed_changes(*arguments)[:0],
    )
    with pytest.raises(UnexplainedError):
        explain(before, after, model, cell)


def test_unknown_words_are_told_with_the_known_ones(home: Home) -> None:
    file = refresh(home)
    for words, known in (
        ({"code": "Z9", "programme": None, "period": "total", "dimensions": {}}, "M02"),
        ({"code": "P09", "programme": None, "period": "total", "dimensions": {}}, "MOBILIS, Pj"),
        ({"code": "M02", "programme": None, "period": "an 2000", "dimensions": {}}, "Phase 1"),
        ({"code": "M02", "programme": None, "period": "total", "dimensions": {"territory": "X"}}, "Brossard"),
    ):
        with pytest.raises(UnknownCellError, match=known):
            find_cell(file, **words)


def test_publications_are_states_too_even_for_history_loaded_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = worked_case()
    home = told.home(tmp_path)
    _publish(home)
    told.on, told.programme = FIRST, "MOBILIS"  # told of the past, after the first publication
    told.arrest("E9", "2010-02-02", "zoe")
    append(DeltaLedger(home.ledger), told.events().tail(1), number=2)
    _publish(home)
    found = asked(home, monkeypatch, "explain", "M02", "--from", "R1", "--to", "R2")
    assert [(step["cause"], step["contribution"]) for step in found["steps"]] == [("late", 1)]
    assert found["before"]["value"] == 6
    # what a candidate's findings say of the same figure, and of one that nothing moved
    figures = [{**found, "territory": place} for place in (None, "Brossard")]
    assert explainer(home)(1, figures) == [
        "Écart : +1 ; appris en retard : +1 (1).",
        "Écart : +0 ; aucun événement.",
    ]


def _publish(home: Home) -> None:
    refresh(home)
    publish(home, now=datetime(2011, 1, 1, tzinfo=UTC))
