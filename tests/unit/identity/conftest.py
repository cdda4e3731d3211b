from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bilan.identity.links import Link, find_links, write_links
from bilan.identity.store import postgresql_store, sqlite_store
from bilan.identity.tokens import ATTRIBUTES, Persons, Whose, resolve, write_persons
from bilan.identity.vault import Vault, open_store

People = Callable[..., pl.DataFrame]
Take = Callable[[pl.DataFrame, Whose], tuple[Persons, list[Link]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def vault(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Vault]:
    """A vault in a file, then the same in a real PostgreSQL."""
    if request.param == "sqlite":
        store = sqlite_store(tmp_path / "vault.db")
    else:
        store = postgresql_store(request.getfixturevalue("database_url"))
    opened = open_store(store, bytes(32), tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def people() -> People:
    """Rows that speak of (subject_key, subject_ref), in order."""

    def make(*persons: tuple[str | None, str | None]) -> pl.DataFrame:
        cells = [
            {"row": row, "subject_key": key, "subject_ref": ref, "surname": key, "reference": ref}
            for row, (key, ref) in enumerate(persons, 2)
        ]
        names = ["subject_key", "subject_ref", *ATTRIBUTES]
        return pl.DataFrame(cells, schema={"row": pl.Int64, **dict.fromkeys(names, pl.String)})

    return make


@pytest.fixture
def spal() -> Whose:
    return Whose("SPAL", "jeunes_rencontres", "person", date(2010, 3, 31))


@pytest.fixture
def take(vault: Vault) -> Take:
    """Resolve and keep, as a batch would."""

    def run(rows: pl.DataFrame, whose: Whose) -> tuple[Persons, list[Link]]:
        persons = resolve(vault, rows, whose)
        links = find_links(vault, persons)
        with vault.transaction() as connection:
            write_persons(vault, connection, persons)
            write_links(connection, links)
        return persons, links

    return run
