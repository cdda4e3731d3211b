"""What the catalogue says that figures count holds in every cell of the samples, and nothing else does."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import Any

import duckdb
import polars as pl
import pytest

from bilan.building.figures import refresh
from bilan.disclosure.figures.counted import Counted, parse
from bilan.home import Home
from tests.integration.samples.taking import figures

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

CELL = ("programme", "territory", "partner", "period_kind", "period_start")
PARTS = {"numerator": "numerator", "denominator": "denominator", "persons": "n_persons"}
AT_MOST = "at most "
LEAST_HELD, LEAST_EQUAL = 30, 20  # cells that hold somebody, and where both are as many: fewer are a chance
LEAST_VALUES = 4  # different counts
# Never more in the samples, and not by definition: the first of two numbers (code, part), and why.
BY_CHANCE = {
    "every case was concluded by a plea": (("M04", "denominator"), ("M04", "numerator")),
    "nobody's cases were all withdrawn": (("M04", "persons"), ("M04.presented", "persons")),
    "whoever turned did so within two years": (("P08", "numerator"), ("P08.at_24_months", "numerator")),
    "nobody turned after 18 months": (("P08.at_24_months", "numerator"), ("P08.at_18_months", "numerator")),
    "few referrals were refused": (("P09.refused", "numerator"), ("P09.accepted_share", "persons")),
    "few moves for those who moved": (("P10", "numerator"), ("P10", "persons")),
    "nobody came back twice": (("P10.returns", "numerator"), ("P10.returns", "persons")),
    "every stay has its days": (("P12.housed", "numerator"), ("P12.place_days", "persons")),
    "nobody found no place twice": (("P12.no_place", "numerator"), ("P12.refused", "persons")),
    "nobody left twice": (("P13.delegate_days", "denominator"), ("P13.delegate_days", "persons")),
    "nobody succeeded twice": (("P13.delegates", "numerator"), ("P13.delegates", "persons")),
    "nobody replaced twice": (("P13.replaced", "numerator"), ("P13.replaced", "persons")),
}
Cell = tuple[Any, ...]
Cells = dict[Cell, float]


@dataclass(frozen=True)
class Told:
    """A number of a figure: of which entry, what it counts, and how many in each cell that tells it."""

    code: str
    cut: str | None
    part: str
    counted: Counted
    cells: Cells

    def __str__(self) -> str:
        return f"{self.code} {self.part}: {self.counted}"


@dataclass(frozen=True)
class Cube:
    """The samples' exact figures, as the catalogue tells them."""

    entries: dict[str, dict[str, str]]
    values: pl.DataFrame
    told: tuple[Told, ...]

    def wholes(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.cut is None)

    def relate(self, one: Told, other: Told) -> bool:
        """Whether the figures of partners are attributed alike, so that theirs relate too."""
        return self.entries[one.code]["attributed_to"] == self.entries[other.code]["attributed_to"]

    def bounds(self) -> Iterator[tuple[Told, Counted]]:
        for one in self.wholes():
            for bound in filter(None, self.entries[one.code]["bounds"].split("; ")):
                part, text = bound.split(f": {AT_MOST}")
                more = parse(text, one.code)
                assert more is not None
                if part == one.part:
                    yield one, more


@pytest.fixture(scope="module")
def cube(everything: Home) -> Cube:
    file = refresh(everything)
    with duckdb.connect(file, read_only=True) as warehouse:
        rows = warehouse.execute("FROM main.kpi_catalogue").pl().to_dicts()
    entries = {row["code"]: row for row in rows}
    values = figures(file).filter(pl.col("status") != "not_yet_reported")
    sliced = values.partition_by("code", "breakdown", "breakdown_value", as_dict=True)
    told = tuple(
        Told(str(code), cut and str(cut), part, counted, cells_of(frame, column))
        for (code, cut, value), frame in sliced.items()
        for part, column in PARTS.items()
        if (counted := counted_of(entries[str(code)], part, cut, value)) is not None
    )
    return Cube(entries, values, told)


def counted_of(entry: dict[str, str], part: str, cut: Any, value: Any) -> Counted | None:
    text = entry[f"counts_{part}"]
    counted = parse(text, entry["code"]) if text else None
    return counted.under(cut, value) if counted is not None and cut is not None else counted


def cells_of(frame: pl.DataFrame, column: str) -> Cells:
    told = zip(frame.select(CELL).iter_rows(), frame[column], strict=True)
    return {cell: number for cell, number in told if number is not None}


def common(one: Told, other: Told, *, partners: bool = False) -> list[Cell]:
    """The cells that tell both: of everybody, and those of each partner where asked for."""
    place = CELL.index("partner")
    return [cell for cell in one.cells if cell in other.cells and (partners or cell[place] is None)]


def by_facts(told: tuple[Told, ...]) -> Iterator[tuple[Told, ...]]:
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        groups[one.counted.facts].append(one)
    return map(tuple, groups.values())


def test_an_entry_counts_just_what_its_figures_tell(cube: Cube) -> None:
    wrong = [
        (code, part)
        for code, entry in cube.entries.items()
        for part, column in PARTS.items()
        if bool(entry[f"counts_{part}"]) != has_numbers(cube.values.filter(code=code), column)
    ]
    assert wrong == []


def has_numbers(figures: pl.DataFrame, column: str) -> bool:
    return figures[column].null_count() < figures.height


def test_an_estimate_is_the_value_of_what_says_so_alone(cube: Cube) -> None:
    share = pl.col("numerator") / pl.coalesce("denominator", pl.lit(1.0))
    other = cube.values.filter(
        pl.col("value").is_not_null(), (share - pl.col("value")).abs().fill_null(1) > 1e-9
    )
    told = {code for code, entry in cube.entries.items() if entry["estimate"]}
    assert set(other["code"]) == told


def test_parts_are_never_more_than_their_wholes_and_the_same_is_as_many(cube: Cube) -> None:
    wrong, tried = [], 0
    for group in by_facts(cube.told):
        for one, other in permutations(group, 2):
            if one.counted.is_at_most(other.counted):
                cells = common(one, other, partners=cube.relate(one, other))
                same = one.counted.is_same(other.counted)
                tried += len(cells)
                if any(
                    one.cells[c] > other.cells[c] or (same and one.cells[c] != other.cells[c]) for c in cells
                ):
                    wrong.append((str(one), str(other)))
    assert wrong == []
    assert tried > 100_000


def test_bounds_hold(cube: Cube) -> None:
    tried = 0
    for one, more in cube.bounds():
        for other in cube.wholes():
            if other.counted.is_same(more):
                cells = common(one, other)
                assert all(one.cells[c] <= other.cells[c] for c in cells), (str(one), str(other))
                tried += len(cells)
    assert tried > 1_000


def test_the_events_of_the_values_of_a_breakdown_make_those_of_the_whole(cube: Cube) -> None:
    cuts: dict[tuple[str, str, str], Cells] = defaultdict(lambda: defaultdict(float))
    for one in cube.told:
        if one.cut is not None and one.counted.unit == "events":
            for cell, number in one.cells.items():
                cuts[one.code, one.cut, one.part][cell] += number
    wholes = {(one.code, one.part): one for one in cube.wholes()}
    wrong = [
        (code, cut, part, cell)
        for (code, cut, part), summed in cuts.items()
        for cell, number in wholes[code, part].cells.items()
        if summed.get(cell, 0.0) != number
    ]
    assert wrong == []
    assert len(cuts) > 10


def test_sums_by_definition_hold(cube: Cube) -> None:
    found = 0
    for group in by_facts(cube.wholes()):
        for whole, one, other in product(group, *[group] * 2):
            if one is not other and whole.counted.is_sum_of([one.counted, other.counted]):
                found += 1
                for cell in common(one, other):
                    if cell in whole.cells:
                        assert whole.cells[cell] == one.cells[cell] + other.cells[cell], str(whole)
    assert found >= 4


def test_nothing_else_is_never_more_than_another(cube: Cube) -> None:
    numbers = {(one.code, one.part): str(one.counted) for one in cube.wholes()}
    chances = [(numbers[one], numbers[other]) for one, other in BY_CHANCE.values()]
    below = derived(cube, chances)
    found = [
        (str(one), str(other))
        for one, other in permutations(cube.wholes(), 2)
        if share_a_log(cube, one, other)
        and str(other.counted) not in below[str(one.counted)]
        and binds(one, other)
    ]
    assert found == []
    definitions = derived(cube)
    assert [chance for chance in chances if chance[1] in definitions[chance[0]]] == []


def test_nothing_else_adds_up(cube: Cube) -> None:
    wholes = [one for one in cube.wholes() if various(one)]
    unknown = [
        (str(whole), str(one), str(other))
        for one, other in combinations(wholes, 2)
        for whole in wholes
        if whole not in (one, other)
        and whole.counted.unit == one.counted.unit == other.counted.unit
        and share_a_log(cube, whole, one)
        and adds_up(whole, one, other)
        and not whole.counted.is_sum_of([one.counted, other.counted])
    ]
    assert unknown == []


def share_a_log(cube: Cube, one: Told, other: Told) -> bool:
    logs = (set(cube.entries[told.code]["logs"].split(", ")) for told in (one, other))
    return bool(set.intersection(*logs))


def derived(cube: Cube, chances: Sequence[tuple[str, str]] = ()) -> dict[str, set[str]]:
    """What each number is never more than: by its words, a bound or a chance, and through another number."""
    counted = {str(one.counted): one.counted for one in cube.wholes()}
    below = {
        name: {other for other in counted if one.is_at_most(counted[other])} for name, one in counted.items()
    }
    for bound, more in cube.bounds():
        below[str(bound.counted)] |= {name for name in counted if more.is_at_most(counted[name])}
    for name, other in chances:
        below[name].add(other)
    for through, name, other in product(below, repeat=3):
        if through in below[name] and other in below[through]:
            below[name].add(other)
    return below


def binds(one: Told, other: Told) -> bool:
    """Whether one is never more than the other, and often enough as many for that to tell something."""
    cells = [cell for cell in common(one, other) if one.cells[cell] > 0]
    equal = sum(one.cells[cell] == other.cells[cell] for cell in cells)
    enough = len(cells) >= LEAST_HELD and equal >= LEAST_EQUAL
    return enough and all(one.cells[cell] <= other.cells[cell] for cell in cells)


def various(one: Told) -> bool:
    held = [number for cell, number in one.cells.items() if number > 0 and cell[2] is None]
    return len(held) >= LEAST_HELD and len(set(held)) >= LEAST_VALUES


def adds_up(whole: Told, one: Told, other: Told) -> bool:
    held = 0
    for cell in whole.cells:
        if cell in one.cells and cell in other.cells:
            if whole.cells[cell] != one.cells[cell] + other.cells[cell]:
                return False
            held += one.cells[cell] > 0 and other.cells[cell] > 0
    return held >= LEAST_EQUAL
