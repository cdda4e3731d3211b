"""`bilan link` on a real home: what is told in the ledger, what waits, what a person decides."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bilan.contracts import LINK_TYPE, UNLINK_TYPE
from bilan.home import Home
from bilan.identity.access import Access, read_log
from bilan.identity.reviews import ACCEPTED, PARTED, REFUSED
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.linking import (
    LinkError,
    accept_pair,
    all_reviews,
    part_pair,
    refuse_pair,
    run_linkage,
    standing_pairs,
    waiting_pairs,
)
from bilan.ledger.delta import DeltaLedger

pytestmark = pytest.mark.integration

Drop = Callable[..., Path]
WHY = Access(why="essai", who="intendante")
DAY = date(2020, 1, 15)
NAME = "Gagnon;Noémie;1990-05-12"
TYPO, VAGUE, TWIN = "Gangon;Noémie;1990-05-12", "Gagnon;Noémie;1990-01-01", "Gagnon;Xavier;1990-05-12"


@pytest.fixture
def tell(home: Home, drop: Drop) -> Callable[..., None]:
    """Take in one person from the police, then others from the youth centre."""

    def take(one: str, *others: str) -> None:
        drop("SPAL/references_2010-03-31.csv", referral(1, one))
        drop("CJM/references_2010-04-30.csv", *(referral(n, other) for n, other in enumerate(others)))
        assert [file.accepted for file in ingest(home).files] == [1, len(others)]

    return take


def referral(number: int, person: str) -> str:
    return f"R{number};2010-01-02;SPAL;CAVAC;{person};;;;;;;"


def identity(home: Home) -> pl.DataFrame:
    return DeltaLedger(home.ledger).events(log="identity")


def methods(home: Home) -> list[str]:
    links = identity(home).filter(pl.col("type") == LINK_TYPE)
    return [json.loads(data)["method"] for data in links["data"]]


def test_a_slip_is_told_once_on_the_day_of_the_run(home: Home, tell: Callable[..., None]) -> None:
    tell(NAME, TYPO)
    run = run_linkage(home, WHY, day=DAY)
    assert (run.tokens, run.linked, run.waiting) == (2, 1, 0)
    [event] = identity(home).iter_rows(named=True)
    assert (event["type"], event["reporteddate"]) == (LINK_TYPE, DAY)
    data = json.loads(event["data"])
    assert data["method"] == "probabilistic"
    assert 0.95 <= float(data["score"]) < 1
    assert event["subject"] < data["other"]
    version = DeltaLedger(home.ledger).version()
    assert run_linkage(home, WHY).linked == 0
    assert DeltaLedger(home.ledger).version() == version


def test_equal_names_are_no_business_of_the_run(home: Home, tell: Callable[..., None]) -> None:
    tell(NAME, NAME)
    assert (run_linkage(home, WHY).linked, methods(home)) == (0, ["exact"])


def test_a_doubtful_pair_waits_and_is_named_to_the_steward_alone(
    home: Home, tell: Callable[..., None]
) -> None:
    tell(NAME, TWIN)
    assert run_linkage(home, WHY).waiting == 1
    assert run_linkage(home, WHY).waiting == 0
    assert identity(home).is_empty()
    [pair] = waiting_pairs(home, Access(why="revue", who="intendante"))
    assert set(pair.senders) == {"SPAL", "CJM"}
    assert {cells["given_name"] for cells in pair.attributes} == {"Noémie", "Xavier"}
    vault = open_vault(home)
    entries = read_log(vault)
    vault.close()
    assert [(entry.who, entry.why) for entry in entries[-1:]] == [("intendante", "revue")]
    assert set(entries[-1].tokens) == set(pair.review.pair)
    assert all(entry.genuine for entry in entries)


def test_what_is_accepted_is_told_with_its_method(home: Home, tell: Callable[..., None]) -> None:
    tell(NAME, VAGUE)
    run_linkage(home, WHY)
    [pair] = waiting_pairs(home, WHY)
    accepted = accept_pair(home, pair.review.number, WHY, day=DAY)
    assert (accepted.state, accepted.decided_by, accepted.why) == (ACCEPTED, "intendante", "essai")
    [event] = identity(home).iter_rows(named=True)
    assert (event["reporteddate"], json.loads(event["data"])["method"]) == (DAY, "reviewed")
    assert waiting_pairs(home, WHY) == []
    with pytest.raises(LinkError):
        accept_pair(home, pair.review.number, WHY)


def test_what_is_refused_is_never_put_forward_again(home: Home, tell: Callable[..., None]) -> None:
    tell(NAME, TWIN)
    run_linkage(home, WHY)
    [pair] = waiting_pairs(home, WHY)
    refuse_pair(home, pair.review.number, WHY)
    run = run_linkage(home, WHY)
    assert (run.linked, run.waiting) == (0, 0)
    assert [review.state for review in all_reviews(home)] == [REFUSED]
    assert identity(home).is_empty()


@pytest.mark.parametrize("other", [TYPO, NAME])
def test_what_is_undone_stays_undone(home: Home, drop: Drop, tell: Callable[..., None], other: str) -> None:
    tell(NAME, other)
    run_linkage(home, WHY, day=DAY)
    [pair] = standing_pairs(identity(home))
    parted = part_pair(home, pair[1], pair[0], WHY, day=date(2020, 2, 1))
    assert (parted.token, parted.other, parted.still_one) == (pair[0], pair[1], False)
    last = identity(home).row(-1, named=True)
    assert (last["type"], last["reporteddate"]) == (UNLINK_TYPE, date(2020, 2, 1))
    assert standing_pairs(identity(home)) == set()
    run = run_linkage(home, WHY)
    assert (run.linked, run.waiting) == (0, 0)
    # the same persons in next month's statement
    drop("SPAL/references_2010-05-31.csv", referral(1, NAME))
    ingest(home)
    assert standing_pairs(identity(home)) == set()
    assert [review.state for review in all_reviews(home)] == [PARTED]
    with pytest.raises(LinkError):
        part_pair(home, pair[0], pair[1], WHY)


def test_undoing_tells_when_a_third_token_still_joins_the_two(
    home: Home, drop: Drop, tell: Callable[..., None]
) -> None:
    tell(NAME, NAME)
    drop("CAVAC/references_2010-05-31.csv", referral(1, NAME))
    ingest(home)
    pairs = standing_pairs(identity(home))
    assert len(pairs) == 3
    one, other = min(pairs)
    assert part_pair(home, one, other, WHY).still_one


def test_no_name_leaves_the_vault(home: Home, tell: Callable[..., None]) -> None:
    tell(NAME, TYPO, TWIN)
    run_linkage(home, WHY)
    for pair in waiting_pairs(home, WHY):
        refuse_pair(home, pair.review.number, WHY)
    needles = [word.encode() for word in ("Gagnon", "Gangon", "Noémie", "Xavier", "intendante", "essai")]
    for file in home.root.rglob("*"):
        if file.is_file() and "inbox" not in file.parts:
            content = file.read_bytes()
            assert not [needle for needle in needles if needle in content], file.name
