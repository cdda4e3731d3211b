"""Nobody tells a small count of the samples from what is published of them, in one release or in two."""

import os
from pathlib import Path

import polars as pl
import pytest

from bilan.home import Home
from tests.attacker.attack import attack
from tests.attacker.blanking import blanked
from tests.attacker.homes import PUBLIC, Published
from tests.attacker.report import found_by, summary, truth_of

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

RELEASES = {"first": slice(0, 1), "both": slice(0, 2)}
SECONDS, SECONDS_OF_A_PARTNER = 30.0, 2.0  # for programmes, once bounds have told all they can
Attacked = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def published(everything: Home) -> Published:
    """What is published of the samples; `BILAN_ATTACKED` names a finished home to attack instead."""
    return Published(Path(os.environ.get("BILAN_ATTACKED", everything.root)))


@pytest.fixture(scope="module", params=RELEASES)
def attacked(request: pytest.FixtureRequest, published: Published) -> Attacked:
    """Per attacker, the small counts that it was after in those releases."""
    known = published.known(RELEASES[request.param])
    seconds = {PUBLIC: SECONDS}
    return {
        name: known.attacked(name, seconds.get(name, SECONDS_OF_A_PARTNER))
        for name in (PUBLIC, *published.partners)
    }


def test_the_public_tells_no_small_count(attacked: Attacked) -> None:
    told = attacked[PUBLIC]
    is_found = bool(told["found"].any())
    assert not is_found, f"\n{summary(told)}"
    doubtful = int(told["doubtful"].sum())
    assert not doubtful, "left without an answer when the time was up"


def test_no_partner_tells_a_small_count_of_others(attacked: Attacked) -> None:
    partners = {name: told for name, told in attacked.items() if name != PUBLIC}
    caught = "".join(
        f"\n{name}\n{summary(told, 5)}" for name, told in partners.items() if told["found"].any()
    )
    assert not caught, caught


def test_small_counts_blanked_alone_are_told(published: Published) -> None:
    """What most tools do, and what the attacker is there to see through."""
    exact = published.exact[-1:]
    told = found_by(attack([blanked(exact[0])], published.catalogue), truth_of(exact, published.catalogue))
    hidden = told.filter(what="hidden")
    assert hidden["exact"].sum() > 0.3 * hidden.height
