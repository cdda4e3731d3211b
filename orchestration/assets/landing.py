"""Room 1: the files that partners left in the inbox."""

from collections import Counter

from dagster import MaterializeResult, ResourceParam, asset

from bilan.home import Home
from bilan.ingest.sources import Overrides, find_landings
from bilan.intake import load_reference
from orchestration.record import RunRecord

INTAKE = "1_intake"


@asset(
    group_name=INTAKE,
    description="Partners' spreadsheets, as they landed: `inbox/<SENDER>/<log>_<date>.xlsx|csv`.",
    kinds={"file"},
)
def inbox(home: ResourceParam[Home], record: ResourceParam[RunRecord]) -> MaterializeResult[None]:
    """Count what landed. File names are not recorded: a partner may have written anything in them."""
    with record.stage("Inventaire de la boîte de dépôt"):
        reference = load_reference(home.root / "reference")
        landings, unknown = find_landings(home, [], Overrides(), reference)
    by_log = Counter(f"{landing.source.sender}/{landing.source.log}" for landing in landings)
    return MaterializeResult(
        metadata={"files": len(landings), "unknown_files": len(unknown), "files_by_log": dict(by_log)}
    )
