"""The checks that Dagster shows on assets, beside dbt's tests.

A blocking one that fails stops all that comes after it: nothing reaches the ledger, or no candidate
is made and the last publication stands. What they record is counts, names of rules and row
numbers; a file is told by sender, log and date.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    ResourceParam,
    asset_check,
    multi_asset_check,
)

from bilan.building.candidate import check_figures
from bilan.home import Home
from bilan.ingest.inbox import NotTakenError
from bilan.ingest.sources import Landing, Overrides, find_landings
from bilan.ingest.verification import verify_home
from bilan.intake import Reference, Statement, UnreadError, load_reference, read_statement
from bilan.release import NothingToPublishError
from bilan.release.candidate.checks import check_contents
from bilan.release.candidate.exact import read_exact
from bilan.release.candidate.folder import read_contents, read_document
from bilan.warehouse import reading, warehouse_file
from expectations.examiner import Examiner
from orchestration.assets.ledger import EVENTS, INBOX
from orchestration.assets.publication import CANDIDATE, KPI_VALUES
from orchestration.examination import Examination, told
from orchestration.record import RunRecord

TOLERATED_SHARE_REFUSED = 0.1
HONOURED, FEW_REFUSED = "accepted_rows_honour_their_contract", "few_rows_are_refused"


@multi_asset_check(
    name="landed_files",
    specs=[
        AssetCheckSpec(
            HONOURED,
            asset=INBOX,
            blocking=True,
            description="The rows that intake accepts are what the log's contract says, looked at a second"
            " time before they reach a ledger that can't forget.",
        ),
        AssetCheckSpec(
            FEW_REFUSED,
            asset=INBOX,
            description=f"No file of which more than {TOLERATED_SHARE_REFUSED:.0%} is refused. A warning:"
            " the good rows count all the same, and the sender gets back what was refused.",
        ),
    ],
)
def landed_files(
    home: ResourceParam[Home], record: ResourceParam[RunRecord], examiner: ResourceParam[Examiner]
) -> Iterator[AssetCheckResult]:
    """Read what landed, once, and judge it: by our own rules, then by how much of it is refused."""
    with record.stage("Examen des fichiers déposés"):
        examinations, worrying = _examine_inbox(home, examiner)
        verdicts = [examination.told() for examination in examinations]
    yield AssetCheckResult(
        asset_key=INBOX,
        check_name=HONOURED,
        passed=all(verdict["success"] for verdict in verdicts),
        severity=AssetCheckSeverity.ERROR,
        metadata={"suites": verdicts},
    )
    yield AssetCheckResult(
        asset_key=INBOX,
        check_name=FEW_REFUSED,
        passed=not worrying,
        severity=AssetCheckSeverity.WARN,
        metadata={"worrying": worrying},
    )


@asset_check(
    asset=EVENTS,
    blocking=True,
    description="The ledger is what was written into it, recomputed and held against the vault's journal:"
    " `bilan verify`. From an altered ledger no figure is made.",
)
def ledger_is_sound(home: ResourceParam[Home], record: ResourceParam[RunRecord]) -> AssetCheckResult:
    """Recompute the whole ledger."""
    with record.stage("Vérification du registre"):
        verdict = record.verified = verify_home(home)
    return AssetCheckResult(
        passed=verdict.sound,
        severity=AssetCheckSeverity.ERROR,
        metadata={
            "batches": verdict.batches,
            "events": verdict.events,
            "findings": [finding.code for finding in verdict.findings],
        },
    )


@asset_check(
    asset=KPI_VALUES,
    blocking=True,
    description="The exact figures hold together: statuses, rates within 0 and 1, whole counts, totals that"
    " cover their parts. Otherwise no candidate is made, and the last publication stands.",
)
def figures_hold_together(
    home: ResourceParam[Home], record: ResourceParam[RunRecord], examiner: ResourceParam[Examiner]
) -> AssetCheckResult:
    """Great Expectations over the exact KPI values."""
    with record.stage("Examen des indicateurs"):
        try:
            with reading(home):
                exact = read_exact(warehouse_file(home))
        except NothingToPublishError:
            return AssetCheckResult(passed=True, metadata={"rows": 0})
        check = record.figures = check_figures(home, exact, examiner)
    return AssetCheckResult(
        passed=check.passed, severity=AssetCheckSeverity.ERROR, metadata=dict(check.details)
    )


@asset_check(
    asset=CANDIDATE,
    description="Read back, the files of the candidate hold no count from 1 to 4, nothing of a hidden cell,"
    " and nothing of a partner but in its own.",
)
def candidate_is_protected(home: ResourceParam[Home], record: ResourceParam[RunRecord]) -> AssetCheckResult:
    """Count, in the very files that people are asked to approve, the cells that should not be there."""
    if record.made is None:
        return AssetCheckResult(passed=True, metadata={"checks": []})
    number = record.made.release.number
    checks = check_contents(read_contents(home, number), read_document(home, number, "protection.json"))
    return AssetCheckResult(
        passed=all(check.passed for check in checks),
        severity=AssetCheckSeverity.ERROR,
        metadata={"checks": [check.to_dict() for check in checks]},
    )


def _examine_inbox(home: Home, examiner: Examiner) -> tuple[list[Examination], list[dict[str, Any]]]:
    """The examinations of the logs that landed, and the files of which too much is refused.

    Log by log: while the files of one are read here, those of the one before are examined there.
    """
    reference = load_reference(home.root / "reference")
    landings, _ = find_landings(home, [], Overrides(), reference)
    by_log = defaultdict(list)
    for landing in landings:
        by_log[landing.source.log].append(landing)
    examinations, worrying = [], []
    for log, of_log in by_log.items():
        read = [(one, _read(one, reference)) for one in of_log]
        statements = [statement for _, statement in read if statement]
        examinations.append(Examination.begin(log, statements, reference, examiner))
        worrying += [_counts(one, found) for one, found in read if not found or _is_worrying(found)]
    return examinations, worrying


def _read(landing: Landing, reference: Reference) -> Statement | None:
    """What a file holds; None of one that can't be opened, or that brings its reader down."""
    try:
        return read_statement(landing.read(), landing.source, reference)
    except (NotTakenError, UnreadError):
        return None


def _is_worrying(statement: Statement) -> bool:
    """Its sender is better called than written to."""
    refused = statement.rows - statement.accepted.height
    return statement.file_refused or refused > statement.rows * TOLERATED_SHARE_REFUSED


def _counts(landing: Landing, statement: Statement | None) -> dict[str, Any]:
    rows, accepted = (statement.rows, statement.accepted.height) if statement else (None, None)
    return {"file": told(landing.source), "rows": rows, "accepted": accepted}


CHECKS: tuple[AssetChecksDefinition, ...] = (
    landed_files,
    ledger_is_sound,
    figures_hold_together,
    candidate_is_protected,
)
