"""Room 5: what may be shown, frozen into a candidate. Two people decide what becomes of it, never a run."""

from collections.abc import Iterator, Sequence

from dagster import AssetKey, AssetSpec, MaterializeResult, ResourceParam, multi_asset

from bilan.account import current_account
from bilan.home import Home
from bilan.ingest.gathering import gather
from bilan.ingest.verification import verify_home
from bilan.intake import load_reference
from bilan.release import NothingToPublishError, make_candidate
from bilan.release.checks import Check
from bilan.release.exact import Exact
from expectations.examiner import Examiner
from expectations.figures import examine_figures
from orchestration.record import RunRecord

KPI_VALUES, KPI_CATALOGUE = AssetKey("kpi_values"), AssetKey("kpi_catalogue")
PROTECTED, CANDIDATE = AssetKey("protected_figures"), AssetKey("release_candidate")
FIGURES_HOLD = "figures_hold_together"


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

    def examined(exact: Exact) -> Sequence[Check]:
        return [record.figures or _examine(home, exact, examiner)]

    with record.stage("Candidate"):
        try:
            made = record.made = make_candidate(
                home,
                who=current_account(),
                why="bilan run",
                examine=examined,
                reception=gather(home, record.verified or verify_home(home)),
                explain=record.explain,
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


def _examine(home: Home, exact: Exact, examiner: Examiner) -> Check:
    """The verdict of a check that this run did not ask for, as when the asset is made by itself."""
    reference = load_reference(home.root / "reference")
    verdict = examine_figures(exact.values, exact.catalogue, reference, examiner)
    return Check(FIGURES_HOLD, verdict.success, verdict.as_metadata())
