"""The bootstrap may run again at any time: same users, same boards, nothing but the bundle."""

import sqlite3
from contextlib import closing

import pytest
from bundle.write import files

from bilan.cli import services as service
from tests.integration.superset.superset_pages import RunningSuperset, api_client

pytestmark = pytest.mark.integration


def count(superset: RunningSuperset, table: str) -> int:
    with closing(sqlite3.connect(superset.home.superset / "metadata.db")) as metadata:
        number: int = metadata.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number


def test_a_second_bootstrap_restores_the_bundle_and_keeps_the_passwords(superset: RunningSuperset) -> None:
    steward = api_client(superset, "intendance")
    assert steward.post("/api/v1/dashboard/", json={"dashboard_title": "De trop"}).status_code == 201
    renamed = {"dashboard_title": "Autre"}
    number = steward.get("/api/v1/dashboard/bilan-pj").json()["result"]["id"]
    assert steward.put(f"/api/v1/dashboard/{number}", json=renamed).status_code == 200

    kept = service.passwords(superset.home)
    service.bootstrap_superset(superset.home)

    assert service.passwords(superset.home) == kept
    for table, folder in (("dashboards", "dashboards/"), ("slices", "charts/"), ("tables", "datasets/")):
        assert count(superset, table) == sum(path.startswith(folder) for path in files())
    assert count(superset, "dashboards WHERE dashboard_title = 'Bilan Prévention Jeunesse'") == 1
    assert count(superset, "ab_user") == len(superset.passwords)
