"""The jobs: from the inbox to a release candidate, and the access periods that end; once a day, both."""

from datetime import UTC, datetime

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    OpExecutionContext,
    ScheduleDefinition,
    define_asset_job,
    in_process_executor,
    job,
    op,
)

from bilan.home import Home

# one process: with one per step, the same run takes eight times as long
BILAN_RUN = define_asset_job(
    "bilan_run",
    selection=AssetSelection.all(),
    executor_def=in_process_executor,
    description="De la boîte de dépôt à une candidate. / From the inbox to a release candidate.",
)


@op(
    required_resource_keys={"home"},
    description="Note les périodes d'accès échues ; ferme celles dont un juriste a confirmé la règle.",
)
def end_access_periods(context: OpExecutionContext) -> None:
    """Note what is due, and close it where its rules are confirmed: the rest waits for `bilan expire`."""
    from bilan.erasure.expire import CONFIRMED, expire
    from bilan.identity.access import Access

    home: Home = context.resources.home
    done = expire(home, datetime.now(UTC).date(), Access("périodes d'accès, chaque nuit"), close=CONFIRMED)
    context.add_output_metadata(
        {"noted": len(done.noted), "closed": len(done.closed), "overdue": len(done.overdue)}
    )


@job(
    executor_def=in_process_executor,
    description="Les périodes d'accès échues. / Access periods that have ended.",
)
def bilan_expire() -> None:
    """Once a night."""
    end_access_periods()


DAILY = ScheduleDefinition(
    name="every_morning",
    job=BILAN_RUN,
    cron_schedule="30 5 * * *",
    execution_timezone="America/Toronto",  # Longueuil's
    default_status=DefaultScheduleStatus.RUNNING,
    description="Every day at 5:30, before the partners' day begins.",
)

NIGHTLY = ScheduleDefinition(
    name="every_night",
    job=bilan_expire,
    cron_schedule="30 4 * * *",
    execution_timezone="America/Toronto",
    default_status=DefaultScheduleStatus.RUNNING,
    description="Every night at 4:30, so that the morning's figures know which records are due.",
)
