"""« These two tokens are one person »: which links a statement brings to light, and since when.

A link is reported at the later of the two first sightings. A statement that comes late but is dated
earlier moves a first sighting back; the link is then told again with the earlier date, so that the
order in which different senders' files come in changes nothing of what was known at any date.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import Connection

from bilan.identity.store import write
from bilan.identity.tokens import Persons, check_lookup
from bilan.identity.vault import Vault

# equal names and birth dates; a row that bears both; likeness above the threshold; a person's word
EXACT, REFERENCE, PROBABILISTIC, REVIEWED = "exact", "reference", "probabilistic", "reviewed"


@dataclass(frozen=True)
class Link:
    """Two tokens of one person; `token` is the smaller. A score is for the methods that have one."""

    token: str
    other: str
    method: str
    reported_on: date
    score: str | None = None


def find_links(vault: Vault, persons: Persons) -> list[Link]:
    """The links that a statement reveals and the ledger lacks, in the order of the statement's rows."""
    candidates = {(link.token, link.other, link.method): link for link in _candidates(vault, persons)}
    known = _told(vault, [link.token for link in candidates.values()])
    return [link for pair, link in candidates.items() if not _is_told(known.get(pair), link.reported_on)]


def write_links(connection: Connection, links: list[Link]) -> None:
    """Note in the vault that the ledger has these links."""
    write(
        connection,
        "insert into links values (:token, :other, :method, :day)"
        " on conflict (token, other, method) do update set reported_on = excluded.reported_on",
        (
            {
                "token": link.token,
                "other": link.other,
                "method": link.method,
                "day": link.reported_on.isoformat(),
            }
            for link in links
        ),
    )


def _candidates(vault: Vault, persons: Persons) -> Iterator[Link]:
    day = persons.whose.day
    for named, referred in persons.pairs.select("named", "referred").iter_rows():
        yield _link(named, referred, REFERENCE, day)
    for token, other, other_since in _same_names(vault, persons):
        yield _link(token, other, EXACT, max(day, date.fromisoformat(other_since)))


def _same_names(vault: Vault, persons: Persons) -> list[tuple[str, str, str]]:
    """Other senders' tokens under the name of a token first seen, or seen earlier than known."""
    moved = persons.known.filter(pl.col("first_seen") > persons.whose.day.isoformat())
    tokens = pl.concat([moved.select("hash", "token"), persons.fresh.select("hash", "token")])
    by_hash = dict(tokens.iter_rows())
    if not by_hash:
        return []
    found = vault.rows(
        f"select l.hash, l.sender, l.token, l.first_seen, l.seal from {vault.store.listed('hashes')}"  # noqa: S608 - our own words
        " join lookups as l on l.hash = wanted.value and l.sender <> :sender"
        " order by wanted.key, l.sender",
        hashes=json.dumps(list(by_hash)),
        sender=persons.whose.sender,
    )
    for *cells, kept in found:
        check_lookup(vault.keys.journal, (*cells,), kept)
    return [(by_hash[name], token, since) for name, _, token, since, _ in found]


def _link(one: str, other: str, method: str, day: date) -> Link:
    low, high = sorted((one, other))
    return Link(low, high, method, day)


def _told(vault: Vault, tokens: list[str]) -> dict[tuple[str, str, str], str]:
    rows = vault.rows(
        f"select k.token, k.other, k.method, k.reported_on from {vault.store.listed('tokens')}"  # noqa: S608
        " join links as k on k.token = wanted.value",
        tokens=json.dumps(tokens),
    )
    return {(token, other, method): day for token, other, method, day in rows}


def _is_told(reported_on: str | None, day: date) -> bool:
    return reported_on is not None and reported_on <= day.isoformat()
