"""A real Superset on a published build made by hand, and a real browser, once for the session."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilan.cli import services as service
from bilan.home import Home

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "superset_config")]

from tests.integration.superset.published_sample import write_build  # noqa: E402  # after the path above
from tests.integration.superset.superset_pages import RunningSuperset  # noqa: E402
from tests.modes import open_entries  # noqa: E402


@pytest.fixture(scope="session")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSuperset]:
    home = Home(tmp_path_factory.mktemp("bilan")).create()
    seconds = service.bootstrap_superset(home)  # before anything is published
    write_build(home.root, 1)
    with socket.socket() as probe:
        probe.bind((service.LOOPBACK, 0))
        port = probe.getsockname()[1]
    with service.stopping() as services:
        address = service.start_superset(services, home, port)
        services.wait_ready()
        yield RunningSuperset(address, home, service.passwords(home), seconds)
        assert open_entries(home.root) == {}, "after everything that was asked of it"


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots are left: `BILAN_SHOTS`, else pytest's temporary folder."""
    given = os.environ.get("BILAN_SHOTS")
    folder = Path(given) if given else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _keep_seconds(superset: RunningSuperset, shots: Path) -> None:
    (shots / "seconds.json").write_text(json.dumps(superset.seconds))
