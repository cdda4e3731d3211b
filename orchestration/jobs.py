"""The one job: from the inbox to the publication."""

from dagster import AssetSelection, define_asset_job, in_process_executor

# one process: with one per step, the same run takes eight times as long
BILAN_RUN = define_asset_job(
    "bilan_run",
    selection=AssetSelection.all(),
    executor_def=in_process_executor,
    description="De la boîte de dépôt à la publication. / From the inbox to the publication.",
)
