"""A name left anywhere it should not be is found, whatever holds it; elsewhere nothing is cried over."""

import gzip
import sqlite3
from collections.abc import Callable
from itertools import cycle, product
from pathlib import Path

import duckdb
import polars as pl
import pytest

from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity.access import Access
from tests.thorough import either

pytestmark = pytest.mark.integration
ASKED = Request(Access("demande"), sender="SPAL", reference="REF-77")


def in_duckdb(folder: Path) -> None:
    with duckdb.connect(folder / "left.duckdb") as connection:
        connection.execute("create table t as select 'MORIN' as a, 'Zoe' as b from range(5000)")


def in_sqlite(folder: Path) -> None:
    connection = sqlite3.connect(folder / "left.db")
    connection.execute("create table t (a text)")
    connection.execute('insert into t values (\'{"ref": "REF-77"}\')')
    connection.commit()
    connection.close()


def in_parquet(folder: Path) -> None:
    names = pl.DataFrame({"a": ["Morin"] * 9, "b": ["1996-05-06"] * 9})
    names.write_parquet(folder / "left.parquet", compression="zstd")


def in_gzip(folder: Path) -> None:
    (folder / "left.log.gz").write_bytes(gzip.compress("traceback: Morin, Zoé".encode()))


def in_text(folder: Path) -> None:
    (folder / "left.log").write_text(f"{'x' * 3_000_000} jeune zoé, morin ... ", "utf-8")


PLANTS = [in_duckdb, in_sqlite, in_parquet, in_gzip, in_text]
PLACES = ["warehouse", "releases", "published", "outbox", "dagster", "superset"]
TRIED = either([*zip(PLACES, cycle(PLANTS), strict=False)], [*product(PLACES, PLANTS)])


@pytest.mark.parametrize(("place", "plant"), TRIED)
def test_what_was_left_is_found(home: Home, place: str, plant: Callable[[Path], None]) -> None:
    folder = home.root / place / "deep"
    folder.mkdir(parents=True)
    plant(folder)
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    states = {told["place"]: told["state"] for told in receipt.content["places"]}
    assert states.pop(place) == "remains"
    assert "remains" not in states.values()
    assert not receipt.complete
    assert "deep/left" in receipt.text


def test_what_only_looks_like_her_is_not(home: Home) -> None:
    log = home.dagster / "run.log"
    apart = " " * 300
    log.write_text(apart.join(["Morin, Luc", "Zoé Roy", "REF-771", "1996-05-06", "morinzoe", "Zoé"]), "utf-8")
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    assert receipt.complete


def test_what_cannot_be_opened_is_told(home: Home) -> None:
    (home.warehouse / "broken.duckdb").write_bytes(b"\0" * 8 + b"DUCK" + b"\0" * 400)
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    states = {told["place"]: told["state"] for told in receipt.content["places"]}
    assert states["warehouse"] == "unreachable"
    assert not receipt.complete
