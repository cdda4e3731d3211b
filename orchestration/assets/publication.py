"""Rooms 5 and 6: what may be shown, and the build that dashboards read."""

from collections.abc import Iterator

from dagster import AssetKey, AssetSpec, MaterializeResult, ResourceParam, multi_asset

from bilan.home import Home
from bilan.release import NothingToPublishError, publish
from orchestration.record import RunRecord

KPI_VALUES, KPI_CATALOGUE = AssetKey("kpi_values"), AssetKey("kpi_catalogue")
PROTECTED, PUBLISHED = AssetKey("protected_figures"), AssetKey("published_build")


@multi_asset(
    name="publish",
    specs=[
        AssetSpec(
            PROTECTED,
            deps=[KPI_VALUES, KPI_CATALOGUE],
            group_name="5_release",
            description="The figures after disclosure control: small counts hidden, and marked as such.",
        ),
        AssetSpec(
            PUBLISHED,
            deps=[PROTECTED],
            group_name="6_publication",
            description="`published/<n>/`: one public file and one per partner; `current` points at it.",
            kinds={"duckdb"},
        ),
    ],
)
def publish_build(
    home: ResourceParam[Home], record: ResourceParam[RunRecord]
) -> Iterator[MaterializeResult[None]]:
    """Protect the figures and publish them, whole or not at all; an empty warehouse publishes nothing."""
    with record.stage("Publication"):
        try:
            build = record.build = publish(home)
        except NothingToPublishError as nothing:
            yield MaterializeResult(asset_key=PROTECTED, metadata={"nothing": str(nothing)})
            yield MaterializeResult(asset_key=PUBLISHED)
            return
    yield MaterializeResult(
        asset_key=PROTECTED, metadata={"cells": build.cells, "suppressed": build.suppressed}
    )
    yield MaterializeResult(
        asset_key=PUBLISHED,
        metadata={"build": build.number, "new": build.is_new, "partners": len(build.partners)},
    )
