"""The vault in a real PostgreSQL: the same events, nothing of its address told, nothing lost when killed."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url

from bilan.home import Home
from bilan.identity.rotation import rotate_key
from bilan.identity.store import URL_VARIABLE
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from tests.integration.ingest.test_kill import content
from tests.integration.vault.conftest import Command, Persons

pytestmark = pytest.mark.integration
Fill = Callable[[Path], None]
SECRET = "mot-de-passe-du-coffre"


@pytest.fixture
def url(database_url: str) -> str:
    """The database, reached by a role of its own that has a password."""
    role = f"role_{secrets.token_hex(4)}"
    parsed = make_url(database_url)
    engine = create_engine(parsed, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create role {role} login password '{SECRET}'")
        connection.exec_driver_sql(f"alter database {parsed.database} owner to {role}")
        connection.exec_driver_sql(f"grant all on schema public to {role}")
    engine.dispose()
    own = parsed.set(drivername="postgresql", username=role, password=SECRET)
    return own.render_as_string(hide_password=False)


@pytest.fixture
def there(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """This process's vault is that database."""
    monkeypatch.setenv(URL_VARIABLE, url)
    return url


@pytest.fixture
def expected(tmp_path: Path, fill: Fill) -> dict[str, Any]:
    """What the story leaves behind with the vault in a file."""
    home = Home(tmp_path / "sqlite").create()
    fill(home.inbox)
    ingest(home)
    return content(home)


@pytest.fixture
def filled(tmp_path: Path, fill: Fill) -> Home:
    home = Home(tmp_path / "postgresql").create()
    fill(home.inbox)
    return home


def silent_about(url: str, done: subprocess.CompletedProcess[str]) -> bool:
    parsed = make_url(url)
    told = done.stdout + done.stderr
    return not any(part and str(part) in told for part in (url, SECRET, parsed.username, parsed.database))


def test_the_same_events_as_in_a_file(
    expected: dict[str, Any], filled: Home, url: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command(filled, "ingest", "--json", **{URL_VARIABLE: url})
    assert done.returncode == 3, done.stderr
    assert silent_about(url, done)
    assert not (filled.vault / "vault.db").exists()
    monkeypatch.setenv(URL_VARIABLE, url)
    assert content(filled) == expected


def test_a_resend_changes_nothing_and_all_is_sound(
    filled: Home, fill: Fill, tmp_path: Path, url: str, command: Command
) -> None:
    settings = {URL_VARIABLE: url}
    command(filled, "ingest", **settings)
    fill(tmp_path / "again")
    again = command(filled, "ingest", str(tmp_path / "again"), "--json", **settings)
    files = json.loads(again.stdout)["files"]
    assert sum(file["asserted"] + file["corrected"] + file["retracted"] for file in files) == 0
    for name in ("verify", "held list", "vault access-log", "vault show --sender SPAL --ref REF-77 --why x"):
        done = command(filled, *name.split(), "--json", **settings)
        assert done.returncode == 0, done.stderr
        assert silent_about(url, done)


BEHIND = (
    "update ties set first_seen = '2001-01-01'",
    "delete from landed where sha256 = (select min(sha256) from landed)",
    "insert into tombstones values ('0', 'SPAL', 'arrestations', '2001-01-01')",
)


def test_what_is_written_behind_bilan_is_told_until_it_is_accepted(
    filled: Home, there: str, command: Command
) -> None:
    def is_told() -> bool:
        return "vault_altered" in {finding.code for finding in verify_home(filled).findings}

    ingest(filled)
    engine = create_engine(make_url(there).set(drivername="postgresql+psycopg"))
    for sql in BEHIND:
        assert not is_told()
        with engine.begin() as connection:
            assert connection.exec_driver_sql(sql).rowcount > 0
        assert is_told(), sql
        ingest(filled)  # what is opened and closed in between launders nothing
        assert is_told(), sql
        accepted = command(filled, "vault", "accept", "--why", "essai", **{URL_VARIABLE: there})
        assert accepted.returncode == 0, accepted.stderr
    engine.dispose()
    assert not is_told()


def test_a_new_master_key(filled: Home, there: str, persons: Persons) -> None:
    ingest(filled)
    before = persons(filled)
    assert rotate_key(filled) == len(before) == 9
    assert persons(filled) == before
    assert verify_home(filled).findings == []


@pytest.mark.parametrize("seed", range(3))
def test_killed_midway_it_is_carried_on(
    expected: dict[str, Any], filled: Home, url: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = [sys.executable, "-c", "from bilan.cli.main import main; main()", "ingest"]
    environment = {**os.environ, "BILAN_HOME": str(filled.root), URL_VARIABLE: url}
    batches = filled.ledger / "_delta_log"
    with subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and len(list(batches.glob("*.json"))) <= seed + 1:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"
    monkeypatch.setenv(URL_VARIABLE, url)
    assert verify_home(filled).findings == []
    ingest(filled)
    assert content(filled) == expected
    assert verify_home(filled).findings == []


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://coffre:mot-de-passe-du-coffre@127.0.0.1:1/coffre",
        "postgresql://coffre:mot-de-passe-du-coffre@127.0.0.1:port/coffre",
        "mysql://coffre:mot-de-passe-du-coffre@127.0.0.1/coffre",
        "mot-de-passe-du-coffre",
    ],
)
def test_a_database_that_is_down_is_said_plainly(filled: Home, command: Command, address: str) -> None:
    before = sorted(filled.inbox.rglob("*"))
    for name in ("ingest", "verify"):
        done = command(filled, name, **{URL_VARIABLE: address})
        assert (done.returncode, done.stdout) == (1, "")
        assert URL_VARIABLE in done.stderr
        assert "Échec" in done.stderr
        assert "Error" not in done.stderr
        assert "mot-de-passe" not in done.stderr
    assert sorted(filled.inbox.rglob("*")) == before
    assert not list(filled.vault.iterdir())
    assert not list(filled.keys.iterdir())


def test_two_vaults_have_nothing_in_common(filled: Home, there: str, postgresql: str) -> None:
    """A home pointed at an empty database is told that its vault is not there."""
    ingest(filled)
    other: Any = make_url(postgresql).set(drivername="postgresql+psycopg")
    name = f"empty_{secrets.token_hex(4)}"
    engine = create_engine(other, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create database {name}")
    engine.dispose()
    empty = other.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    os.environ[URL_VARIABLE] = empty  # `there` puts the old value back
    verdict = verify_home(filled)
    assert [finding.code for finding in verdict.findings] == ["journal_missing"]
