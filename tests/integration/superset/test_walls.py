"""The walls behind the first one: a locked file, private secrets. The attacks are in `attacks/`."""

import json
import re
from typing import Any

import duckdb
import pytest

from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration

REACHING_OUT = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SET threads = 1",
    "ATTACH '/tmp/x.duckdb'",
    "COPY kpi_values TO '/tmp/x.csv'",
    "CREATE TABLE t AS SELECT 1",
)


def test_a_file_as_superset_opens_it_is_locked(superset: RunningSuperset) -> None:
    """The second wall, without the guard in front: DuckDB itself refuses files and settings."""
    from bilan_superset.connections import LOCKED  # noqa: PLC0415  # found once conftest has set the path

    path = superset.home.published / "current/public.duckdb"
    config: dict[str, Any] = dict(LOCKED)
    with duckdb.connect(str(path), read_only=True, config=config) as connection:
        for sql in REACHING_OUT:
            with pytest.raises(duckdb.Error):
                connection.execute(sql)


def test_what_the_bootstrap_leaves_is_private(superset: RunningSuperset) -> None:
    for path in superset.home.superset.glob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path.name
    made = json.loads((superset.home.superset / "passwords.json").read_text())
    assert len(set(made.values())) == len(made)
    assert all(re.fullmatch(r"[\w-]{16}", password) for password in made.values())
