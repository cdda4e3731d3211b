"""Releases to pull beside the running Superset's dashboards, and who pulls them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.integration.superset.extracts import extracts_sample as sample
from tests.integration.superset.extracts.extracts_client import make_token, page_client, pull, revoke
from tests.integration.superset.superset_pages import RunningSuperset


@pytest.fixture(scope="session", autouse=True)
def build(superset: RunningSuperset) -> Path:
    """The current build, with releases to pull."""
    folder = (superset.home.published / "current").resolve()
    sample.write_extracts(folder)
    return folder


@pytest.fixture(autouse=True)
def _fresh_counts(superset: RunningSuperset) -> None:
    database = superset.home.superset / "extracts.db"
    if database.exists():
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("DELETE FROM spent")


@pytest.fixture(scope="session")
def page(superset: RunningSuperset) -> Callable[[str], httpx.Client]:
    """A client per user, logged in."""
    made: dict[str, httpx.Client] = {}

    def of(user: str) -> httpx.Client:
        if user not in made:
            made[user] = page_client(superset, user)
        return made[user]

    return of


@pytest.fixture
def token(page: Callable[[str], httpx.Client]) -> Iterator[str]:
    """A good token of the ministry's, revoked at the end."""
    made = make_token(page("ministere"))
    yield made
    revoke(page("ministere"), made.split("_")[1])


@pytest.fixture
def get(superset: RunningSuperset, token: str) -> Callable[..., httpx.Response]:
    """Call the API with that token."""

    def call(path: str, **headers: str) -> httpx.Response:
        return pull(superset, path, token, **headers)

    return call
