"""Indicators that add up from one to another, held against a reader who sets them side by side."""

import random
from collections.abc import Iterator
from itertools import product

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from bilan.disclosure.figures import protect_figures
from bilan.disclosure.rules import SMALLEST_SHOWN, WIDTH
from tests.unit.disclosure.figures.figures import SCHEMA, START, catalogue, day

AXES, TARGETS = ("primaire", "secondaire", "tertiaire"), ("client", "proxénète", "victime")
MONTHS = 6
DETECTED, MOVES = "persons of youths", "events of moves where step="
REFUSED = "events of refusals"
CATALOGUE = catalogue(
    {
        "code": "P07",
        "counts_numerator": DETECTED,
        "counts_persons": DETECTED,
        "breakdowns": "axe, cible",
        "publishes_breakdown": "axe: total, month; cible: total",
    },
    {
        "code": "P15.detected",
        "counts_numerator": DETECTED,
        "counts_persons": DETECTED,
        "breakdowns": "axe_cible",
        "publishes_breakdown": "axe_cible: total",
    },
    {"code": "P10", "counts_numerator": f"{MOVES}transferred|restarted"},
    {"code": "P10.returns", "counts_numerator": f"{MOVES}restarted"},
    {"code": "P10.transfers", "counts_numerator": f"{MOVES}transferred"},
    {
        "code": "P12.refused",
        "counts_numerator": REFUSED,
        "breakdowns": "raison_refus",
        "publishes_breakdown": "raison_refus: total, month",
    },
    {"code": "P12.no_place", "counts_numerator": f"{REFUSED} where raison_refus=manque de place"},
)
Box = tuple[str, str]
Months = dict[Box, list[int]]


def youths(seed: int, mean: float) -> Months:
    """How many youths were detected in each box, month by month; boxes differ as they do in life."""
    draw = random.Random(seed)
    return {
        (axis, target): [round(draw.expovariate(1 / mean) * (1 + AXES.index(axis))) for _ in range(MONTHS)]
        for axis, target in product(AXES, TARGETS)
    }


def row(code: str, first: int, last: int, count: int, *part: str) -> dict[str, object]:
    return {
        "code": code,
        "programme": "Pj",
        "period_kind": "month" if first == last else "total",
        "period_start": day(first),
        "period_end": day(last, last=True),
        "breakdown": part[0] if part else None,
        "breakdown_value": part[1] if part else None,
        "value": float(count),
        "numerator": float(count),
        "n_persons": count,
        "status": "value" if count else "true_zero",
        "known_at": START,
    }


def rows(months: Months) -> Iterator[dict[str, object]]:
    for first, last in [(0, MONTHS - 1), *((month, month) for month in range(MONTHS))]:
        told = {box: sum(counts[first : last + 1]) for box, counts in months.items()}
        for code in ("P07", "P15.detected"):
            yield row(code, first, last, sum(told.values()))
        for (axis, target), count in told.items():
            yield row("P15.detected", first, last, count, "axe_cible", f"{axis} × {target}")
        for place, (breakdown, values) in enumerate((("axe", AXES), ("cible", TARGETS))):
            for value in values:
                count = sum(count for box, count in told.items() if box[place] == value)
                yield row("P07", first, last, count, breakdown, value)


def interval(public: pl.DataFrame, box: Box) -> tuple[int, int]:
    """What a reader of the whole time's figures can tell of a box: boxes, margins and their sum together."""
    boxes = list(product(AXES, TARGETS))
    lines, low, high = [], [], []
    for figure in public.filter(period_kind="total").iter_rows(named=True):
        value = figure["breakdown_value"]
        line = [value is None or value in one or value == " × ".join(one) for one in boxes]
        is_hidden = figure["status"] == "suppressed"
        lines.append(line)
        low.append(1.0 if is_hidden else figure["value"])
        high.append(np.inf if is_hidden else figure["value"])
    aim = np.array([float(one == box) for one in boxes])
    ends = []
    for sign in (1, -1):
        done = milp(
            sign * aim,
            constraints=LinearConstraint(np.array(lines, dtype=float), low, high),
            bounds=Bounds(0, 1000),
            integrality=np.ones(len(boxes)),
        )
        ends.append(round(float(aim @ done.x)))
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(12))
def test_no_reader_tells_a_small_box_from_the_margins_that_another_indicator_gives(seed: int) -> None:
    months = youths(seed, mean=2)
    done = protect_figures(pl.DataFrame(list(rows(months)), schema=SCHEMA), CATALOGUE)
    assert done.safe
    for box, counts in months.items():
        if 0 < sum(counts) < SMALLEST_SHOWN:
            low, high = interval(done.public, box)
            assert high - low >= WIDTH, (box, sum(counts), low, high)


def test_a_level_that_the_catalogue_does_not_publish_has_no_row() -> None:
    done = protect_figures(pl.DataFrame(list(rows(youths(3, mean=40))), schema=SCHEMA), CATALOGUE)
    boxes = done.public.filter(breakdown="axe_cible")
    assert set(boxes["period_kind"]) == {"total"}


def shown(figures: list[dict[str, object]]) -> set[str]:
    """The codes of the figures that are shown whole."""
    done = protect_figures(pl.DataFrame(figures, schema=SCHEMA), CATALOGUE)
    assert done.safe
    whole = done.public.filter(pl.col("status") != "suppressed", pl.col("breakdown").is_null())
    return set(whole["code"])


def test_a_small_count_is_not_what_is_left_of_a_figure_that_others_make() -> None:
    last = MONTHS - 1
    told = [row("P10", 0, last, 23), row("P10.transfers", 0, last, 20), row("P10.returns", 0, last, 3)]
    assert not {"P10", "P10.transfers"} <= shown(told)


def test_a_figure_that_is_a_part_of_another_is_hidden_with_it() -> None:
    last = MONTHS - 1
    told = [
        row("P12.refused", 0, last, 12),
        row("P12.refused", 0, last, 9, "raison_refus", "manque de place"),
        row("P12.refused", 0, last, 3, "raison_refus", "hors territoire"),
        row("P12.no_place", 0, last, 9),
    ]
    assert not {"P12.refused", "P12.no_place"} <= shown(told)
