"""Tables drawn by Hypothesis: with an attribute, groupings, a contributor, both kinds of zeros."""

from dataclasses import dataclass, replace
from itertools import combinations, product

from hypothesis import strategies as st

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.table import Cell, Grouping, Key, Table, members_of

ATTRIBUTE = "county"
DIMENSIONS = ("row", "col", "age")


@dataclass(frozen=True)
class Case:
    """A table to protect, and the rules to do it by."""

    table: Table
    rules: Rules


CORRECTIONS = [0, 0, 0, 0, 0, 0, 1, -1, 2, -2, 3]  # most counts stand
COUNTS = st.one_of(st.integers(0, 3), st.integers(0, 14))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Tables of two dimensions up to 4 by 4 or of three up to 3 by 2 by 2, now and then with a hole."""
    sizes = draw(
        st.one_of(
            st.tuples(st.integers(2, 4), st.integers(2, 4)),
            st.tuples(st.integers(2, 3), st.integers(2, 2), st.integers(2, 2)),
        )
    )
    dimensions = DIMENSIONS[: len(sizes)]
    members = [[f"{name}{at}" for at in range(size)] for name, size in zip(dimensions, sizes, strict=True)]
    told_apart = draw(st.booleans())
    county = {name: f"county{draw(st.integers(0, 1))}" for name in members[0]} if told_apart else {}
    keys = [(*key, county[key[0]]) if told_apart else key for key in product(*members)]
    missing = draw(st.sets(st.sampled_from(keys), max_size=1))
    inner: dict[Key, int] = {key: draw(COUNTS) for key in keys if key not in missing}
    every = (*dimensions, ATTRIBUTE) if told_apart else dimensions
    return Case(
        Table(every, inner, draw(_shown(every, dimensions)), draw(st.sampled_from([None, "row", "col"]))),
        Rules(zeros=draw(st.sampled_from(["published", "published", "hidden"]))),
    )


def _shown(dimensions: Grouping, finest: Grouping) -> st.SearchStrategy[tuple[Grouping, ...]]:
    others = [
        grouping
        for size in range(len(dimensions) + 1)
        for grouping in combinations(dimensions, size)
        if grouping != finest and not {"row", ATTRIBUTE} <= set(grouping)
    ]
    some = st.lists(st.sampled_from(others), unique=True, max_size=len(others))
    return st.one_of(st.just((finest, *others)), some.map(lambda more: (finest, *more)))


@dataclass(frozen=True)
class Series:
    """Tables to release one after the other."""

    tables: tuple[Table, ...]
    rules: Rules


@st.composite
def audited_cases(draw: st.DrawFn) -> tuple[Case, frozenset[Cell]]:
    """A table, and any cells of it."""
    case = draw(cases())
    every = sorted(members_of(case.table))
    return case, frozenset(draw(st.sets(st.sampled_from(every), min_size=1)))


@st.composite
def series(draw: st.DrawFn) -> Series:
    """A table, then once or twice the same with some counts corrected and perhaps a new column."""
    case = draw(cases())
    tables = [case.table]
    for step in range(draw(st.integers(1, 2))):
        inner = {
            key: max(0, count + draw(st.sampled_from(CORRECTIONS))) for key, count in tables[-1].inner.items()
        }
        if draw(st.booleans()):
            for key in case.table.inner:
                inner.setdefault((key[0], f"new{step}", *key[2:]), draw(COUNTS))
        tables.append(replace(case.table, inner=inner))
    return Series(tuple(tables), case.rules)
