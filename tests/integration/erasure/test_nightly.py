"""Dagster's job of the night notes what is due on the home that it is given."""

from pathlib import Path

import polars as pl
import pytest

from bilan.contracts import ACCESS_DUE_TYPE, ERASED_TYPE
from bilan.home import Home
from bilan.ingest import ingest
from bilan.ledger.delta import DeltaLedger
from orchestration.jobs import NIGHTLY, bilan_expire
from orchestration.storage import dagster_environment
from tests.integration.erasure.story import CHARGED, drop

pytestmark = pytest.mark.integration


def test_the_night_notes_and_closes_nothing_that_no_lawyer_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home").create()
    rows = ["C1;A1;Morin;Zoé;1996-05-06;2010-03-09;autre;2011-01-31;retrait"]
    drop(home, "SPAL/accusations_2012-04-30.csv", CHARGED, rows)
    ingest(home)
    for name, value in dagster_environment(home).items():
        monkeypatch.setenv(name, value)
    assert bilan_expire.execute_in_process(resources={"home": home}).success
    kinds = DeltaLedger(home.ledger).events().filter(pl.col("log") == "identity")["type"]
    assert kinds.to_list().count(ACCESS_DUE_TYPE) == 1
    assert ERASED_TYPE not in kinds
    assert NIGHTLY.job_name == "bilan_expire"
