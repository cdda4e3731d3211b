"""Laws of taking statements, attacked with generated stories of several senders and logs."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.contracts import LINK_TYPE
from bilan.identity.keys import Ring
from bilan.identity.store import sqlite_store
from bilan.identity.vault import Vault, open_store
from bilan.ingest.report import FileReport
from bilan.ingest.taking import Taker
from bilan.intake import Source, load_reference, read_statement
from bilan.ledger.memory import MemoryLedger

REFERENCE = load_reference(None)
RING = Ring.random()  # the same keyed hashes in every vault, so that natural keys can be compared
YOUTH_HEAD = "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;referee;ressource"
REFERRAL_HEAD = (
    "no_reference;date_reference;de;vers;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;decision"
)
pytestmark = pytest.mark.integration
LOGS = [
    ("SPAL", "jeunes_rencontres"),
    ("SPAL", "references"),
    ("CJM", "references"),
    ("CAVAC", "references"),
]
DAYS = [date(2010, month, 28) for month in range(3, 9)]

names = st.sampled_from(["Roy;Éric;1990-01-01", "ROY;eric;1990-01-01", "Côté;Ana;1991-02-02", ";;"])
persons = st.tuples(names, st.sampled_from(["", "R1", "R2"])).filter(lambda p: p != (";;", ""))
rows = st.tuples(st.integers(1, 3), persons, st.booleans())


@dataclass(frozen=True)
class Told:
    """One statement."""

    sender: str
    log: str
    day: date
    content: bytes


def statement_of(
    sender: str, log: str, day: date, cells: Sequence[tuple[int, tuple[str, str], bool]]
) -> Told:
    if log == "jeunes_rencontres":
        head = YOUTH_HEAD
        lines = [f"N{n};2010-01-0{n};{p};{r};{'oui' if f else 'non'};CAVAC" for n, (p, r), f in cells]
    else:
        head = REFERRAL_HEAD
        lines = [f"N{n};2010-01-0{n};SPAL;CAVAC;{p};{r};{'acceptée' if f else ''}" for n, (p, r), f in cells]
    return Told(sender, log, day, "\n".join([head, *lines]).encode())


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """One to three statements of each of two or three logs, each log's in the order of their dates."""
    found = []
    for sender, log in draw(st.lists(st.sampled_from(LOGS), min_size=2, max_size=3, unique=True)):
        for day in sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))):
            found.append(statement_of(sender, log, day, draw(st.lists(rows, min_size=1, max_size=4))))
    return found


@contextmanager
def fresh() -> Iterator[tuple[Taker, MemoryLedger, Vault]]:
    with tempfile.TemporaryDirectory() as folder:
        store, ledger = sqlite_store(Path(folder) / "vault.db"), MemoryLedger()
        store.connection.exec_driver_sql("pragma synchronous = off")
        vault = open_store(store, bytes(32), Path(folder), ring=RING)
        taker = Taker(vault, ledger)
        taker.batches.resume()
        try:
            yield taker, ledger, vault
        finally:
            vault.close()


def take(taker: Taker, statement: Told, *, extra: bytes = b"") -> FileReport:
    """Take, with the steward's consent to what would be held; `extra` bytes make it another file."""
    source = Source("x.csv", statement.sender, statement.log, statement.day, ".csv")
    content = statement.content + extra
    return taker.take(read_statement(content, source, REFERENCE), content, shown="x", confirmed=True)


def state(ledger: MemoryLedger, vault: Vault) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """What stands, by key, and who said what last; persons by what the vault finds them with."""
    who = whose(vault)
    found: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for event in ledger.events().filter(pl.col("type") != LINK_TYPE).iter_rows(named=True):
        key = (event["source"], event["type"], event["natural_key"])
        cells = (event["time"], event["time_precision"], event["data"], event["reporteddate"])
        found[key] = (event["action"], who.get(event["subject"]), *cells)
    return found


def persons_known(ledger: MemoryLedger, vault: Vault) -> dict[date, set[frozenset[tuple[str, str]]]]:
    """Which tokens are one person, as of each date."""
    who, links = whose(vault), ledger.events().filter(pl.col("type") == LINK_TYPE)
    others = links["data"].str.json_path_match("$.other")
    found = {}
    for day in DAYS:
        groups = {token: frozenset([one]) for token, one in who.items()}
        for one, other, since in zip(links["subject"], others, links["reporteddate"], strict=True):
            if since <= day:
                joined = groups[one] | groups[other]
                groups |= {token: joined for token, name in who.items() if name in joined}
        found[day] = {group for group in groups.values() if len(group) > 1}
    return found


def whose(vault: Vault) -> dict[str, tuple[str, str]]:
    return {t: (h, s) for h, s, t in vault.rows("select hash, sender, token from lookups")}


def shuffled(story: list[Told], seed: int) -> list[Told]:
    """Another order, that keeps each sender's log in the order of its dates."""
    queues = {
        key: [t for t in story if (t.sender, t.log) == key] for key in {(t.sender, t.log) for t in story}
    }
    order = [key for key, queue in sorted(queues.items()) for _ in queue]
    random.Random(seed).shuffle(order)
    return [queues[key].pop(0) for key in order]


@given(stories(), st.integers(0, 9))
@settings(deadline=None, max_examples=12)
def test_senders_and_logs_commute(story: list[Told], seed: int) -> None:
    outcomes = []
    for order in (story, shuffled(story, seed)):
        with fresh() as (taker, ledger, vault):
            for statement in order:
                take(taker, statement)
            outcomes.append((state(ledger, vault), persons_known(ledger, vault)))
    assert outcomes[0] == outcomes[1]


@given(stories())
@settings(deadline=None, max_examples=12)
def test_taking_everything_again_is_no_news(story: list[Told]) -> None:
    with fresh() as (taker, ledger, _):
        reports = [take(taker, statement) for statement in story]
        version = ledger.version()
        for statement, before in zip(story, reports, strict=True):
            again = take(taker, statement)
            assert (again.asserted, again.corrected, again.retracted, again.held) == (0, 0, 0, False)
            assert again.rows == before.rows
        assert ledger.version() == version


@given(stories())
@settings(deadline=None, max_examples=12)
def test_a_run_that_replays_the_ledger_believes_what_the_live_run_believed(story: list[Told]) -> None:
    """Each log's newest statement, sent again in other bytes to a taker that starts from events alone."""
    with fresh() as (taker, ledger, vault):
        for statement in story:
            take(taker, statement)
        replayed, version = Taker(vault, ledger), ledger.version()
        for statement in {(t.sender, t.log): t for t in story}.values():
            again = take(replayed, statement, extra=b"\n\n")
            assert (again.asserted, again.corrected, again.retracted, again.held) == (0, 0, 0, False)
        assert ledger.version() == version


@given(stories())
@settings(deadline=None, max_examples=8)
def test_events_stay_numbered_and_chained(story: list[Told]) -> None:
    with fresh() as (taker, ledger, _):
        for statement in story:
            take(taker, statement)
        events = ledger.events()
        assert events["sequence"].to_list() == list(range(1, events.height + 1))
        assert events["id"].is_unique().all()
        superseded = events["supersedes"].drop_nulls()
        assert superseded.is_in(events["id"].implode()).all()
        assert superseded.is_unique().all()
