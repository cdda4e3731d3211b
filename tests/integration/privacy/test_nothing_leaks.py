"""Every command, every service, once; then every byte that they left is searched for one planted person.

She stands in rows accepted, refused, breached, repeated, contradicted, held, erased and in runs that crash.
Outside the vault nothing of her may be found; inside it, nothing in clear.
"""

import gzip
import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from bilan.cli import services as service
from bilan.home import Home
from tests.integration.privacy.planting import GIVEN_NAME, REFERENCE, SURNAME, WORDS, plant
from tests.integration.privacy.searching import Search

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]  # thirty commands, each a process

SEARCH = Search(WORDS)
COMMANDS = (
    ("run",),
    ("approver", "add", "Ana Roy", "--account", "aroy", "--out", "{home}/a.key", "--no-passphrase"),
    ("approver", "add", "Luc Côté", "--account", "lcote", "--out", "{home}/l.key", "--no-passphrase"),
    ("approver", "list"),
    ("release", "show", "1"),
    ("release", "approve", "1", "--key", "{home}/a.key"),
    ("release", "approve", "1", "--key", "{home}/l.key"),
    ("release", "list", "--json"),
    ("held", "list"),
    ("kpi", "--json"),
    ("table", "coverage"),
    ("table", "paths"),
    ("table", "overlaps"),
    ("table", "breaches"),
    ("trace", "M02"),
    ("explain", "M02", "--from", "2019-08-31", "--to", "2019-09-30"),
    ("link", "run"),
    ("vault", "access-log"),
    ("vault", "rotate-key"),
    ("backup", "{home}/backups"),
    ("erase", "--sender", "SPAL", "--ref", REFERENCE, "--why", "demande écrite"),
    ("expire", "--dry-run"),
    ("ingest", "--json"),
    ("verify", "--json"),
    ("docs", "--out", "{home}/models.html"),
)
# what fails carries her in its message and in its frames
CRASHES = {
    "taking": "bilan.ingest.taking.write_persons",
    "deciding": "bilan.ingest.taking.decide",
    "examining": "orchestration.examination.landed_batch",
}
CRASH = """
import sys, importlib
place = {place!r}
module, _, name = place.rpartition(".")
def fail(*cells, **named):
    raise ValueError({words!r}, cells, named)
try:
    owner = importlib.import_module(module)
except ImportError:
    outer, _, cls = module.rpartition(".")
    owner = getattr(importlib.import_module(outer), cls)
assert hasattr(owner, name), place
setattr(owner, name, fail)
sys.argv = ["bilan", "run"]
from bilan.cli.main import main
main()
"""


class Lived:
    """A home on which everything was done, and all that was said meanwhile."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.said: dict[str, bytes] = {}

    def run(self, name: str, *command: str) -> int:
        environment = {**os.environ, "BILAN_HOME": str(self.home.root)}
        environment.pop("DAGSTER_HOME", None)
        done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, check=False)
        self.said[name] = done.stdout + done.stderr
        return done.returncode


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    lived = Lived(Home(tmp_path_factory.mktemp("lived") / "home").create())
    main = "from bilan.cli.main import main; main()"
    plant(lived.home.inbox)
    for name, place in CRASHES.items():
        crashing = CRASH.format(place=place, words=WORDS)
        assert lived.run(f"crash {name}", "-c", crashing) == 1, lived.said
    for command in COMMANDS:
        words = [word.format(home=lived.home.root.parent) for word in command]
        code = lived.run(" ".join(command), "-c", main, *words)
        assert code in {0, 3}, (command, lived.said[" ".join(command)].decode())
    _use_superset(lived)
    return lived


def _use_superset(lived: Lived) -> None:
    """Boards served and asked for, as each reader."""
    service.bootstrap_superset(lived.home)
    with socket.socket() as probe:
        probe.bind((service.LOOPBACK, 0))
        port = probe.getsockname()[1]
    with service.stopping() as services:
        address = service.start_superset(services, lived.home, port)
        services.wait_ready()
        lived.said["superset"] = b"".join(_ask(address, lived.home))


def _ask(address: str, home: Home) -> Iterator[bytes]:
    import httpx  # noqa: PLC0415

    for user, password in service.passwords(home).items():
        login = {"username": user, "password": password, "provider": "db"}
        answer = httpx.post(f"{address}/api/v1/security/login", json=login, timeout=120)
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        with httpx.Client(base_url=address, headers=headers, timeout=120) as client:
            charts = client.get("/api/v1/chart/").json().get("result", [])
            yield client.get("/api/v1/dashboard/").content
            for chart in charts[:20]:
                yield client.get(f"/api/v1/chart/{chart['id']}/data/").content


def test_everything_was_tried(lived: Lived) -> None:
    for part in (
        "outbox",
        "ledger",
        "warehouse",
        "releases",
        "published",
        "dagster",
        "superset",
        "vault",
        "keys",
    ):
        assert any(file.is_file() for file in (lived.home.root / part).rglob("*")), part
    assert b"consent_breach" in lived.said["run"] + b"".join(
        file.read_bytes() for file in lived.home.outbox.rglob("*.csv")
    )
    left = {file.parent.name for file in lived.home.inbox.rglob("*") if file.is_file()}
    assert left == {"INCONNU"}


def test_nothing_was_said(lived: Lived) -> None:
    assert {name: found for name, said in lived.said.items() if (found := SEARCH.in_bytes(said))} == {}


def test_nothing_was_left(lived: Lived) -> None:
    """The vault's own folder too: what it holds of her is sealed."""
    assert SEARCH.under(lived.home.root.parent, lived.home.inbox) == {}


def test_the_search_finds_her_in_whatever_holds_her(tmp_path: Path) -> None:
    """Each check has a test in which it fails."""
    clear = f"… {GIVEN_NAME} …".encode()
    (tmp_path / "plain").write_bytes(clear)
    (tmp_path / "utf16").write_bytes(SURNAME.upper().encode("utf-16-le"))
    (tmp_path / "zipped.gz").write_bytes(gzip.compress(clear))
    with zipfile.ZipFile(tmp_path / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.gz", gzip.compress(clear))
    with sqlite3.connect(tmp_path / "base.sqlite") as base:
        base.execute("create table t (body blob)")
        base.execute("insert into t values (?)", (zlib.compress(clear),))
    with duckdb.connect(tmp_path / "base.duckdb") as connection:
        connection.execute("create table t as select date '1987-06-13' as born from range(3000)")
    pl.DataFrame({"name": [SURNAME] * 3000}).write_parquet(tmp_path / "rows.parquet", compression="zstd")
    (tmp_path / "clean").write_text("rien")
    found = SEARCH.under(tmp_path)
    assert set(found) == {file.name for file in tmp_path.iterdir()} - {"clean"}
