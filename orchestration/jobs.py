"""The jobs: from the inbox to a release candidate, and the access periods that end."""

from datetime import UTC, datetime

from dagster import AssetSelection, OpExecutionContext, define_asset_job, in_process_executor, job, op

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
