"""Rooms 1 to 3 in one step: rows are read, named persons become tokens, events are appended.

One step, because a batch is all or nothing over the vault and the ledger.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, ResourceParam, multi_asset

from bilan.home import Home
from bilan.ingest import Report, ingest
from orchestration.assets.landing import INTAKE
from orchestration.record import RunRecord

INBOX = AssetKey("inbox")
REFUSALS, TOKENS, EVENTS = AssetKey("refusals"), AssetKey("tokens"), AssetKey("ledger")


@multi_asset(
    name="ingest",
    specs=[
        AssetSpec(
            REFUSALS,
            deps=[INBOX],
            group_name=INTAKE,
            description="What was refused and why, row by row, returned to each sender: `outbox/`.",
            kinds={"csv"},
        ),
        AssetSpec(
            TOKENS,
            deps=[INBOX],
            group_name="2_identity",
            description="One random token per person and sender; names stay encrypted in the vault.",
            kinds={"sqlite"},
        ),
        AssetSpec(
            EVENTS,
            deps=[TOKENS],
            group_name="3_ledger",
            description="Immutable events without a name: asserted, corrected or retracted, then chained.",
            kinds={"deltalake"},
        ),
    ],
)
def ingest_inbox(
    home: ResourceParam[Home], record: ResourceParam[RunRecord]
) -> Iterator[MaterializeResult[None]]:
    """Take in every file of the inbox, in the order of the statements' dates."""
    with record.stage("Inscription au registre"):
        report = record.report = ingest(home)
    yield MaterializeResult(asset_key=REFUSALS, metadata=_refused(report))
    yield MaterializeResult(asset_key=TOKENS)
    yield MaterializeResult(asset_key=EVENTS, metadata=appended(report))


def _refused(report: Report) -> dict[str, Any]:
    """Counts by code; no file names, no values."""
    codes = Counter(refusal.code for file in report.files for refusal in file.refusals)
    warnings = Counter(warning.code for file in report.files for warning in file.warnings)
    return {
        "files": len(report.files),
        "held": sum(file.held for file in report.files),
        "accepted": sum(file.accepted for file in report.files),
        "refused": sum(file.refused for file in report.files),
        "refusals_by_code": dict(codes),
        "warnings_by_code": dict(warnings),
    }


def appended(report: Report) -> dict[str, Any]:
    """Counts of events, and since when nothing has come of a sender's log."""
    return {
        "asserted": sum(file.asserted for file in report.files),
        "corrected": sum(file.corrected for file in report.files),
        "retracted": sum(file.retracted for file in report.files),
        "unchanged": sum(file.unchanged for file in report.files),
        "ledger_version": report.ledger_version,
        "rien_recu_depuis": {
            f"{one.sender}/{one.log}": one.since.isoformat() for one in report.silences.logs
        },
    }
