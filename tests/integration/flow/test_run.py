"""One real run, from small logs to a candidate, then its release: what the graph holds and what is recorded.

Dagster, dbt and Great Expectations are the real ones. The first run is the command line's own.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from dagster import (
    AssetCheckResult,
    AssetKey,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    asset_check,
)

from bilan.home import Home
from bilan.release.wording.vocabulary import BREAKDOWNS
from expectations.examiner import Examiner
from orchestration.definitions import build_definitions
from orchestration.manifest import fresh_manifest
from orchestration.run import Outcome, run
from tests.integration.flow.conftest import FirstRun
from tests.modes import open_entries

pytestmark = pytest.mark.integration

REFUSED = 2  # one arrest, one exchange


@pytest.fixture(scope="module")
def definitions(first: FirstRun) -> Definitions:
    return build_definitions(first.home)


@pytest.fixture
def instance(first: FirstRun, monkeypatch: pytest.MonkeyPatch) -> Iterator[DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(first.home.dagster))
    with DagsterInstance.get() as instance:
        yield instance


def again(first: FirstRun, examiner: Examiner, monkeypatch: pytest.MonkeyPatch, **overrides: Any) -> Outcome:
    """Another run of the same home, in this process."""
    monkeypatch.setenv("DAGSTER_HOME", "")  # put back afterwards
    return run(first.home, examiner=examiner, progress=lambda stage: None, **overrides)


# --- what the run did


def test_it_takes_every_log_and_says_what_it_refused(first: FirstRun, small_logs: dict[str, bytes]) -> None:
    assert first.answer["success"], first.answer["failure"]
    assert first.code == 3
    assert sorted(file["path"] for file in first.answer["files"]) == sorted(small_logs)
    assert sum(file["refused"] for file in first.answer["files"]) == REFUSED
    assert first.answer["failed_checks"] == ["inbox: few_rows_are_refused"]


def test_it_says_what_it_does_in_french_and_how_long_it_took(first: FirstRun) -> None:
    stages = [line.removeprefix("… ") for line in first.told.splitlines() if line.startswith("… ")]
    assert stages[0] == "Préparation"
    assert stages[-1] == "Candidate"
    assert set(stages) < set(first.answer["seconds"])
    assert all(seconds >= 0 for seconds in first.answer["seconds"].values())


def test_it_publishes_nothing(first: FirstRun) -> None:
    assert (first.answer["release"], first.answer["state"]) == (1, "checked")
    assert not first.published_by_itself


def test_what_two_people_approve_is_published_with_small_figures_hidden(first: FirstRun) -> None:
    sql = """
        SELECT code, value, status FROM main.figures
        WHERE code IN ('M02', 'M05', 'M07', 'P02', 'M06') AND period_kind = 'total' AND breakdown IS NULL
            AND territory IS NULL AND programme = CASE code WHEN 'P02' THEN 'Pj' ELSE 'MOBILIS' END
        ORDER BY code
    """
    with duckdb.connect(first.home.published / "current" / "public.duckdb", read_only=True) as public:
        assert public.execute(sql).fetchall() == [
            ("M02", 8.0, "value"),  # two of them are not charged: M07 is hidden, which would tell them
            ("M05", 6.0, "value"),
            ("M06", None, "suppressed"),
            ("M07", None, "suppressed"),
            ("P02", 6.0, "value"),
        ]
        [known] = public.execute("SELECT ledger_version FROM main.build_info").fetchall()
    assert known == (first.answer["ledger_version"],)


# --- the graph


def test_every_model_is_in_the_graph_and_every_test_a_check(definitions: Definitions) -> None:
    nodes = fresh_manifest()["nodes"].values()
    models = {AssetKey(node["name"]) for node in nodes if node["resource_type"] == "model"}
    tests = {node["name"] for node in nodes if node["resource_type"] == "test"}
    graph = definitions.resolve_asset_graph()
    assert models < set(graph.get_all_asset_keys())
    assert tests < {key.name for key in graph.asset_check_keys}


def test_the_graph_reads_like_the_rooms(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    groups = sorted({graph.get(key).group_name for key in graph.get_all_asset_keys()})
    assert groups == [
        "1_intake",
        "2_identity",
        "3_ledger",
        "4_warehouse_a_load",
        "4_warehouse_b_staging",
        "4_warehouse_c_state",
        "4_warehouse_d_marts",
        "4_warehouse_e_kpi",
        "5_release",
    ]
    assert all(graph.get(key).description for key in graph.get_all_asset_keys())


def test_everything_in_a_candidate_comes_from_the_inbox(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    upstream, waiting = set(), [AssetKey("release_candidate")]
    while waiting:
        key = waiting.pop()
        upstream.add(key)
        waiting += [parent for parent in graph.get(key).parent_keys if parent not in upstream]
    assert {AssetKey(name) for name in ("inbox", "tokens", "ledger", "kpi_values")} < upstream


def test_there_is_a_daily_schedule_and_one_job(definitions: Definitions) -> None:
    assert definitions.resolve_job_def("bilan_run").executor_def.name == "in_process"
    schedule = definitions.resolve_schedule_def("every_morning")
    assert schedule.job_name == "bilan_run"
    assert schedule.execution_timezone == "America/Toronto"


def test_every_breakdown_has_a_name_in_french() -> None:
    metas = (node["config"].get("meta") or {} for node in fresh_manifest()["nodes"].values())
    breakdowns = {name for meta in metas for kpi in meta.get("kpis", ()) for name in kpi["breakdowns"]}
    assert breakdowns <= set(BREAKDOWNS)


# --- what is recorded


def test_the_run_shows_in_dagsters_own_storage(first: FirstRun, instance: DagsterInstance) -> None:
    recorded = instance.get_run_by_id(first.answer["run_id"])
    assert recorded is not None
    assert (recorded.job_name, recorded.status) == ("bilan_run", DagsterRunStatus.SUCCESS)
    assert not instance.telemetry_enabled


def test_the_checks_show_with_their_outcome(
    first: FirstRun, definitions: Definitions, instance: DagsterInstance
) -> None:
    keys = definitions.resolve_asset_graph().asset_check_keys
    summaries = instance.event_log_storage.get_asset_check_summary_records(sorted(keys, key=str))
    outcomes = {
        key.name: summary.last_check_execution_record.status.value
        for key, summary in summaries.items()
        if summary.last_check_execution_record
    }
    assert len(outcomes) == len(keys) == first.answer["checks"]
    assert {name for name, outcome in outcomes.items() if outcome != "SUCCEEDED"} == {"few_rows_are_refused"}


def test_no_name_is_outside_the_vault(first: FirstRun, canary: str) -> None:
    """Searched in the raw bytes of all that the run wrote: storage, logs, dbt's files, publication."""
    searched = [
        path
        for path in first.home.root.rglob("*")
        if path.is_file() and not path.is_symlink() and not path.is_relative_to(first.home.vault)
    ]
    for part in ("dagster", "warehouse/dbt", "releases", "published", "ledger", "outbox"):
        assert any(path.is_relative_to(first.home.root / part) for path in searched), part
    needles = [canary.encode(), canary.encode("utf-16-le"), canary.upper().encode(), canary.lower().encode()]
    for path in searched:
        content = path.read_bytes()
        assert not any(needle in content for needle in needles), path.name
    assert canary.lower() not in first.told.lower()
    assert canary.lower() not in json.dumps(first.answer).lower()


def test_the_whole_home_is_its_owners_alone(first: FirstRun) -> None:
    assert open_entries(first.home.root) == {}


# --- what stops a candidate


def standing(home: Home) -> set[str]:
    """The releases and the builds there are."""
    return {str(entry) for folder in (home.releases, home.published) for entry in folder.iterdir()}


def test_a_second_run_without_news_makes_no_second_candidate(
    first: FirstRun, examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = again(first, examiner, monkeypatch)
    assert outcome.made is not None
    assert (outcome.made.release.number, outcome.made.release.state) == (1, "published")
    assert not outcome.made.is_new


def test_a_blocking_check_that_fails_leaves_the_last_publication_standing(
    first: FirstRun, examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asset_check(asset=AssetKey("kpi_values"), name="never_satisfied", blocking=True)
    def never_satisfied() -> AssetCheckResult:
        return AssetCheckResult(passed=False)

    before = standing(first.home)
    outcome = again(first, examiner, monkeypatch, extra_checks=[never_satisfied])
    assert not outcome.success
    assert outcome.exit_code == 1
    assert outcome.failed_checks == ("kpi_values: never_satisfied",)
    assert outcome.made is None
    assert standing(first.home) == before


def test_an_altered_ledger_makes_no_figure(
    first: FirstRun, examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last test on this home: its ledger is spoiled."""
    newest = max((first.home.ledger / "_delta_log").glob("*.json"))
    newest.unlink()
    before = standing(first.home)
    outcome = again(first, examiner, monkeypatch)
    assert outcome.exit_code == 1
    assert outcome.made is None
    assert standing(first.home) == before
