"""Everything that Dagster knows of Bilan, assembled when it is asked for and not at import.

`orchestration.webserver` serves it: Dagster itself asks nobody who they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dagster import AssetChecksDefinition, Definitions, definitions

from bilan.home import Home
from expectations.examiner import Examiner
from orchestration.record import RunRecord


def build_definitions(
    home: Home | None = None,
    *,
    record: RunRecord | None = None,
    examiner: Examiner | None = None,
    manifest: Mapping[str, Any] | None = None,
    extra_checks: Sequence[AssetChecksDefinition] = (),
) -> Definitions:
    """The definitions for one home, `$BILAN_HOME` by default; each part can be given instead of made.

    `record` and `examiner` are told and asked during runs of this process. `manifest` is dbt's; by
    default that of the models as they are, parsed anew if a file of theirs changed.
    """
    from orchestration.assets import landing, ledger, publication, warehouse
    from orchestration.checks import CHECKS
    from orchestration.jobs import BILAN_RUN, DAILY, NIGHTLY, bilan_expire
    from orchestration.manifest import fresh_manifest
    from orchestration.record import resources
    from orchestration.sensors import inbox_sensor

    place = (home or Home.from_environment()).create()
    dbt_manifest = manifest or fresh_manifest()
    return Definitions(
        assets=[
            landing.inbox,
            ledger.ingest_inbox,
            warehouse.loading(dbt_manifest),
            warehouse.models(dbt_manifest),
            publication.freeze_candidate,
        ],
        asset_checks=[*CHECKS, *extra_checks],
        jobs=[BILAN_RUN, bilan_expire],
        schedules=[DAILY, NIGHTLY],
        sensors=[inbox_sensor(place)],
        resources=resources(place, record, examiner),
    )


@definitions
def defs() -> Definitions:
    """What Dagster's web server and daemon load."""
    return build_definitions()
