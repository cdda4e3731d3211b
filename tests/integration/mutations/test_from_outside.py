"""The real command on an inbox of mutated files, each mutation once: what it prints, and its exit code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home
from tests.mutations import kinds  # noqa: F401 - fills the catalogue
from tests.mutations.catalogue import CATALOGUE
from tests.mutations.draft import XLSX
from tests.mutations.judge import Verdict, judged, said_of_clean
from tests.mutations.looking import look
from tests.mutations.running import Case, make_case, statements

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3600)]

SEED = 11
COUNTED = ("sheets", "rows", "cells")
# Workbooks in which blank is blank to everybody: what openpyxl counts, the report counts.
COUNTABLE = (
    "one-tab-per-year",
    "help-tab-before",
    "hidden-old-copy-before",
    "title-lines-above",
    "totals-below",
    "side-by-side",
    "notes-beside-the-table",
    "name-in-the-title",
    "one-row-twice",
    "tab-of-lists",
)


@dataclass(frozen=True)
class Outcome:
    """One mutated file, and what the command said of it."""

    case: Case
    report: dict[str, Any]
    exit_code: int


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """By mutation. A home takes one statement of each sender's log: a second would withdraw the first."""
    waiting = {name: case for name in CATALOGUE if (case := _case(name)) is not None}
    told: dict[str, Outcome] = {}
    while waiting:
        inbox: dict[str, Case] = {}
        for name, case in waiting.items():
            if not any(_whose(case) == _whose(other) for other in inbox.values()):
                inbox[name] = case
        told |= _ingested(tmp_path_factory.mktemp("home"), inbox)
        waiting = {name: case for name, case in waiting.items() if name not in inbox}
    return told


def _case(name: str) -> Case | None:
    random = Random(f"{SEED}-{name}")
    clean = [*statements(SEED)]
    random.shuffle(clean)
    return make_case(random, name, clean, CATALOGUE[name])


def _whose(case: Case) -> tuple[str, str]:
    return case.draft.clean.sender, case.draft.clean.log


def _ingested(root: Path, inbox: dict[str, Case]) -> dict[str, Outcome]:
    """Run the command on an inbox that holds those files."""
    home = Home(root).create()
    for case in inbox.values():
        file = home.inbox / _path(case)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(case.content)
    result = CliRunner().invoke(app, ["ingest", "--json"], env={"BILAN_HOME": str(root)})
    files = {Path(file["path"]).parts[-2:]: file for file in json.loads(result.stdout)["files"]}
    return {
        name: Outcome(case, files[Path(_path(case)).parts[-2:]], result.exit_code)
        for name, case in inbox.items()
    }


def _path(case: Case) -> str:
    return case.draft.clean.source(case.draft.suffix).path


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_not_right_is_told(name: str, outcomes: dict[str, Outcome]) -> None:
    """By a refusal or a file held, with exit code 3, by a warning, or by the name of a column left aside."""
    outcome = outcomes[name]
    verdict = judged(outcome.case.draft, outcome.case.content)
    stopped = outcome.report["held"] or bool(outcome.report["refusals"])
    if stopped:
        assert outcome.exit_code == 3
    named = outcome.case.draft.renamed and len(outcome.report["extra_columns"]) > 1
    if verdict.verdict is not Verdict.RIGHT:
        assert stopped or named or list(_new_warnings(outcome)), verdict.why


def _new_warnings(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Those that the clean statement does not have; each says what it is about."""
    known = said_of_clean(outcome.case.draft.clean, outcome.case.draft.suffix)
    for warning in outcome.report["warnings"]:
        assert {*warning} == {"code", "message", "sheet", "row", "column"}
        if (warning["code"], warning["message"], warning["column"]) not in known:
            yield warning


@pytest.mark.parametrize("name", CATALOGUE)
def test_everything_is_accounted_for(name: str, outcomes: dict[str, Outcome]) -> None:
    """Of sheets, rows and cells: what is read and what is ignored, each for a reason, make the whole."""
    accounted = outcomes[name].report["accounted"]
    for what in COUNTED:
        ignored = [entry for entry in accounted["ignored"] if entry["what"] == what]
        assert accounted[what] == accounted["read"][what] + sum(entry["count"] for entry in ignored)
    assert all(entry["why"] and entry["count"] > 0 for entry in accounted["ignored"])
    assert {entry["what"] for entry in accounted["ignored"]} <= {*COUNTED}


@pytest.mark.parametrize("name", COUNTABLE)
def test_what_is_accounted_for_is_what_the_file_holds(name: str, outcomes: dict[str, Outcome]) -> None:
    """As openpyxl counts it."""
    outcome = outcomes[name]
    if outcome.case.draft.suffix != XLSX:
        pytest.skip("a text file")
    cells = [cell for cell in look(outcome.case.content).cells if str(cell[2]).strip()]
    accounted = outcome.report["accounted"]
    assert accounted["cells"] == len(cells)
    assert accounted["rows"] == len({(cell[0], "".join(filter(str.isdigit, cell[1]))) for cell in cells})
    assert accounted["sheets"] == len({cell[0] for cell in cells})


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_report_quotes_a_canary(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    printed = json.dumps(outcome.report, ensure_ascii=False)
    assert not any(canary in printed for canary in outcome.case.draft.canaries)
