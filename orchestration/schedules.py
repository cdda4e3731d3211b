"""Once a day, whether or not anything landed: what is behind catches up."""

from dagster import DefaultScheduleStatus, ScheduleDefinition

from orchestration.jobs import BILAN_RUN, bilan_expire

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
