"""A real Dagster as `bilan serve` starts it, once for the session, and the person whom it was opened to."""

import socket
from collections.abc import Iterator

import pytest

from bilan.cli import services as service
from bilan.home import Home
from tests.integration.front.steward import Orchestration
from tests.modes import open_entries


@pytest.fixture(scope="session")
def orchestration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orchestration]:
    home = Home(tmp_path_factory.mktemp("bilan")).create()
    with socket.socket() as probe:
        probe.bind((service.LOOPBACK, 0))
        port = probe.getsockname()[1]
    with service.stopping() as services:
        address = service.start_dagster(services, home, port)
        services.wait_ready()
        pids = [one.process.pid for one in services.running]
        opened = Orchestration(address, home, service.entrance(home), pids)
        opened.let_in()
        yield opened
        assert open_entries(home.root) == {}, "after everything that was asked of it"
