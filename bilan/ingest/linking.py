"""`bilan link`: the likely persons, told in the ledger or put to somebody, and what that person decides."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import LINK_TYPE, UNLINK_TYPE
from bilan.errors import PlainError
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.crypto import keyed_hash
from bilan.identity.kinship import groups
from bilan.identity.links import PROBABILISTIC, REVIEWED, Link, write_links
from bilan.identity.reviews import (
    ACCEPTED,
    PARTED,
    REFUSED,
    WAITING,
    Review,
    decided,
    keep,
    next_number,
    put_forward,
    reviews,
)
from bilan.identity.subjects import Attributes, read_many
from bilan.identity.vault import Vault
from bilan.ingest.own_events import IDENTITY_LOG, OWN_SOURCE, own_drafts
from bilan.ingest.service import opened
from bilan.ingest.taking import Taker
from bilan.ledger.chain import canonical
from bilan.ledger.delta import DeltaLedger
from bilan.linkage.comparisons import PRODUCTION
from bilan.linkage.joining import Joining, Pair, join
from bilan.linkage.score import score_pairs

PERSONS = "person"  # the namespace of names with a birth date; participants have names alone
SCORING = "rapprochement probabiliste (bilan link run)"


class LinkError(PlainError):
    """The steward's word on a pair can't be followed."""


@dataclass(frozen=True)
class LinkRun:
    """What a run did, in counts."""

    tokens: int  # with a name, compared
    linked: int
    waiting: int  # put forward by this run


@dataclass(frozen=True)
class SideBySide:
    """A waiting pair with what each sender wrote. Nominative: for the steward's screen alone."""

    review: Review
    senders: Pair
    attributes: tuple[Attributes, Attributes]


@dataclass(frozen=True)
class Parted:
    """A pair that was parted, and whether other links still make one person of it."""

    token: str
    other: str
    still_one: bool


def run_linkage(home: Home, access: Access, *, day: date | None = None) -> LinkRun:
    """Compare every named person of the vault with every other; link new sure pairs, list new likely ones.

    `day`: of the decision, today unless said; a link is known from then on, never before.
    """
    with opened(home) as (vault, taker):
        tellings = _tellings(vault, access)
        pairs = score_pairs(tellings)
        known = reviews(vault)
        joining = join(
            pairs.iter_rows(),
            same=standing_pairs(identity_events(home)),
            apart=[review.pair for review in known if review.state in (REFUSED, PARTED)],
            known={review.pair for review in known} | _told(vault),
        )
        _append_run(vault, taker, joining, day or _today())
        return LinkRun(tellings.height, len(joining.linked), len(joining.waiting))


def waiting_pairs(home: Home, access: Access) -> list[SideBySide]:
    """The pairs that wait, named: each is read under the access log."""
    with opened(home) as (vault, _):
        waiting = _waiting(home, vault)
        tokens = sorted({token for review in waiting for token in review.pair})
        if not tokens:
            return []
        senders = _senders(vault)
        found = read_many(vault, tokens, access)
        return [
            SideBySide(
                review,
                (senders[review.token], senders[review.other]),
                (found[review.token], found[review.other]),
            )
            for review in waiting
        ]


def all_reviews(home: Home) -> list[Review]:
    """Every pair that was put forward or parted, without a name."""
    with opened(home) as (vault, _):
        return reviews(vault)


def accept_pair(home: Home, number: int, access: Access, *, day: date | None = None) -> Review:
    """Two tokens are one person: somebody says so."""
    with opened(home) as (vault, taker):
        review = decided(_find(vault, number), ACCEPTED, access)
        if not _may_accept(home, vault, review):
            raise LinkError(
                "Cette paire réunirait, par d'autres liens, deux jetons que quelqu'un a dits distincts. "
                "Défaire d'abord le lien en trop avec « bilan link undo »."
            )
        link = Link(*review.pair, REVIEWED, day or _today(), review.score)

        def write(connection: Connection, _: str) -> None:
            write_links(connection, [link])
            keep(vault, connection, review)

        taker.batches.append(taker.link_drafts([link]), (), write)
        return review


def refuse_pair(home: Home, number: int, access: Access) -> Review:
    """Two tokens are two persons; the pair is never put forward again."""
    with opened(home) as (vault, _):
        review = decided(_find(vault, number), REFUSED, access)
        with vault.transaction() as connection:
            keep(vault, connection, review)
        return review


def part_pair(home: Home, one: str, another: str, access: Access, *, day: date | None = None) -> Parted:
    """Undo a link, exact or not: from that day on the two are known to be two persons."""
    token, other = sorted((one, another))
    with opened(home) as (vault, taker):
        events = identity_events(home)
        standing = standing_pairs(events)
        if (token, other) not in standing:
            raise LinkError("Aucun lien direct entre ces deux jetons : il n'y a rien à défaire.")
        # a link told of a later day than today's would otherwise stand
        last = events.filter(pl.col("subject") == token)["reporteddate"].max()
        parted_on = max(day or _today(), last) if isinstance(last, date) else day or _today()
        before = next((review for review in reviews(vault) if review.pair == (token, other)), None)
        review = before or Review(next_number(vault), token, other, None, WAITING, "")

        def write(connection: Connection, _: str) -> None:
            keep(vault, connection, decided(review, PARTED, access))

        taker.batches.append(_unlink_drafts(vault, token, other, parted_on), (), write)
        person = groups(standing - {(token, other)})
        return Parted(token, other, token in person and person[token] == person.get(other))


def standing_pairs(identity: pl.DataFrame) -> set[Pair]:
    """The pairs whose last word, among the events of log `identity`, is that they are one person."""
    links = identity.filter(pl.col("type").is_in([LINK_TYPE, UNLINK_TYPE])).sort("reporteddate", "sequence")
    last: dict[Pair, str] = {}
    for token, kind, data in links.select("subject", "type", "data").iter_rows():
        last[token, json.loads(data)["other"]] = kind
    return {pair for pair, kind in last.items() if kind == LINK_TYPE}


def review_to_dict(review: Review) -> dict[str, Any]:
    """A pair as `--json` prints it, without a name."""
    return {
        "number": review.number,
        "token": review.token,
        "other": review.other,
        "score": review.score,
        "state": review.state,
        "at": review.at,
        "decided_by": review.decided_by,
        "why": review.why,
    }


def _append_run(vault: Vault, taker: Taker, joining: Joining, day: date) -> None:
    links = [Link(token, other, PROBABILISTIC, day, score) for token, other, score in joining.linked]

    def write(connection: Connection, _: str) -> None:
        write_links(connection, links)
        put_forward(vault, connection, joining.waiting)

    if links:
        taker.batches.append(taker.link_drafts(links), (), write)
    elif joining.waiting:
        with vault.transaction() as connection:
            write(connection, "")


def _tellings(vault: Vault, access: Access) -> pl.DataFrame:
    """token and PRODUCTION of whoever is named in the vault; a reference alone compares to nothing."""
    rows = vault.rows("select token from subjects where namespace = :space order by token", space=PERSONS)
    tokens = [token for (token,) in rows]
    named = read_many(vault, tokens, access) if tokens else {}
    cells = [
        (token, *(attributes[name] for name in PRODUCTION))
        for token, attributes in named.items()
        if any(attributes[name] for name in PRODUCTION)
    ]
    return pl.DataFrame(cells, schema=dict.fromkeys(("token", *PRODUCTION), pl.String), orient="row")


def _waiting(home: Home, vault: Vault) -> list[Review]:
    """The pairs that wait and that no other link has made one person since."""
    person = groups(standing_pairs(identity_events(home)))
    return [
        review
        for review in reviews(vault)
        if review.state == WAITING
        and not (review.token in person and person[review.token] == person.get(review.other))
    ]


def _may_accept(home: Home, vault: Vault, review: Review) -> bool:
    person = groups({*standing_pairs(identity_events(home)), review.pair})
    apart = [known.pair for known in reviews(vault) if known.state in (REFUSED, PARTED)]
    return not any(one in person and person[one] == person.get(other) for one, other in apart)


def _find(vault: Vault, number: int) -> Review:
    for review in reviews(vault):
        if review.number == number and review.state == WAITING:
            return review
    raise LinkError("Aucune paire n'attend sous ce numéro ; « bilan link list » les donne.")


def _told(vault: Vault) -> set[Pair]:
    return {(token, other) for token, other in vault.rows("select token, other from links")}


def _senders(vault: Vault) -> dict[str, str]:
    return {token: sender for token, sender in vault.rows("select token, sender from subjects")}  # noqa: C416


def identity_events(home: Home) -> pl.DataFrame:
    """The events of log `identity`: which tokens are one person, and which are not."""
    return DeltaLedger(home.ledger).events(source=OWN_SOURCE, log=IDENTITY_LOG)


def _unlink_drafts(vault: Vault, token: str, other: str, day: date) -> pl.DataFrame:
    draft = {
        "type": UNLINK_TYPE,
        "subject": token,
        "time": day,
        "reporteddate": day,
        "natural_key": keyed_hash(vault.keys.natural, f"unlink|{token}|{other}"),
        "data": canonical({"other": other}),
    }
    return own_drafts([draft])


def _today() -> date:
    return datetime.now(UTC).date()
