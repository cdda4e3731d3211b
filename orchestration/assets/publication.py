"""Room 5: what may be shown, frozen into a candidate. Two people decide what becomes of it, never a run."""

from collections.abc import Iterator

from dagster import AssetKey, AssetSpec, MaterializeResult, ResourceParam, multi_asset

from bilan.building.candidate import freeze
from bilan.home import Home
from bilan.release import NothingToPublishError
from expectations.examiner import Examiner
from orchestration.record import RunRecord

KPI_VALUES, KPI_CATALOGUE = AssetKey("kpi_values"), AssetKey("kpi_catalogue")
PROTECTED, CANDIDATE = AssetKey("protected_figures"), AssetKey("release_candidate")


@multi_asset(
    name="freeze",
    specs=[
        AssetSpec(
            PROTECTED,
            deps=[KPI_VALUES, KPI_CATALOGUE],
            group_name="5_release",
            description="The figures after disclosure control: what could lead to a person is hidden.",
        ),
        AssetSpec(
            CANDIDATE,
            deps=[PROTECTED],
            group_name="5_release",
            description="`releases/<R>/candidate`: frozen, checked, waiting for two people to approve it.",
            kinds={"parquet"},
        ),
    ],
)
def freeze_candidate(
    home: ResourceParam[Home], record: ResourceParam[RunRecord], examiner: ResourceParam[Examiner]
) -> Iterator[MaterializeResult[None]]:
    """Protect the figures and freeze them; an empty warehouse makes no candidate."""
    with record.stage("Candidate"):
        try:
            made = record.made = freeze(
                home, "bilan run", examiner, verified=record.verified, figures=record.figures
            )
        except NothingToPublishError as nothing:
            yield MaterializeResult(asset_key=PROTECTED, metadata={"nothing": str(nothing)})
            yield MaterializeResult(asset_key=CANDIDATE)
            return
    yield MaterializeResult(
        asset_key=PROTECTED, metadata={"cells": made.cells, "suppressed": made.suppressed}
    )
    yield MaterializeResult(
        asset_key=CANDIDATE,
        metadata={
            "release": made.release.number,
            "state": str(made.release.state),
            "new": made.is_new,
            "failed": list(made.failed),
        },
    )
