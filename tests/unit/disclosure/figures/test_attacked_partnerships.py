"""What is published of partnerships drawn at random, held against an attacker who knows that alone."""

import polars as pl
import pytest

from bilan.disclosure.figures import Earlier, protect_figures
from tests.attacker.attack import attack_knowing, read
from tests.attacker.report import aims_of, found_by, summary, truth_of
from tests.unit.disclosure.figures.partnerships import COUNTED, FORMATS, catalogue_of, drawn, exact_of

pytestmark = pytest.mark.integration
ONE, TWO = (1, 2, 3), (1, 3, 4, 5)  # of the seeds of one and of two releases: 0 draws a large partnership
SECONDS = 1.0  # for programmes, per attacker


def published(exact: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Those releases as they go out, each protected beside those before it."""
    out: list[pl.DataFrame] = []
    for number, figures in enumerate(exact):
        earlier = [Earlier(then, seen) for then, seen in zip(exact[:number], out, strict=True)]
        out.append(protect_figures(figures, COUNTED, earlier).public)
    return out


def caught_in(exact: list[pl.DataFrame]) -> str:
    """Who tells what of the small counts of those releases, in words; nothing if nobody does."""
    entries = catalogue_of(FORMATS)
    truth = truth_of(exact, entries)
    known = read(published(exact), entries)
    aims = aims_of(known.numbers, truth)
    partners = sorted(exact[-1]["partner"].drop_nulls().unique())
    own = {"public": None} | {name: [figures.filter(partner=name) for figures in exact] for name in partners}
    told = {
        name: found_by(attack_knowing(known, entries, rows, aims=aims, seconds=SECONDS), truth)
        for name, rows in own.items()
    }
    return "".join(f"\n{name}\n{summary(some, 8)}" for name, some in told.items() if some["found"].any())


@pytest.mark.parametrize("seed", ONE)
def test_nobody_tells_a_small_count_of_a_release(seed: int) -> None:
    caught = caught_in([exact_of(drawn(seed))])
    assert not caught, caught


@pytest.mark.parametrize("seed", TWO)
def test_nobody_tells_a_small_count_of_two_releases(seed: int) -> None:
    partnership = drawn(seed)
    exact = [exact_of(partnership.until(partnership.months - 5)), exact_of(partnership)]
    caught = caught_in(exact)
    assert not caught, caught
