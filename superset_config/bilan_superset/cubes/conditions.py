"""Filters: the chart's own, all of them, and what the board's native filters may add."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bilan_superset.cubes.questions import Board, Chart, RefusedError, as_list, condition

EQUALITY = frozenset({"==", "IN"})
CONTAINS = "ILIKE"
SCALARS = (str, int, float, bool)
# The only kind of native filter that is known here: a choice among the values of a column.
CHOICE = "filter_select"


@dataclass(frozen=True)
class Choice:
    """A column that a native filter chooses values of; one value only, unless `several`."""

    column: str
    several: bool


def choices(board: Board, chart: Chart) -> list[Choice]:
    """What the board's native filters may add to the query of this chart."""
    return [
        choice
        for native in board.filters
        if chart.number not in as_list((native.get("scope") or {}).get("excluded"))
        for choice in choices_of(native)
    ]


def choices_of(native: Mapping[str, Any]) -> list[Choice]:
    """The columns of one native filter; none for a kind that is not known."""
    if native.get("filterType") != CHOICE:
        return []
    several = bool((native.get("controlValues") or {}).get("multiSelect"))
    targets = [target.get("column") or {} for target in as_list(native.get("targets"))]
    return [Choice(target["name"], several) for target in targets if target.get("name")]


def check_filters(
    asked: Any, own: frozenset[str], added: Iterable[Choice], searched: str | None = None
) -> None:
    """RefusedError unless `asked` holds every filter of `own`, and else only choices of `added`.

    `searched` is the one column in which a text may be looked for.
    """
    missing = set(own)
    allowed: dict[str, bool] = {}
    for choice in added:
        allowed[choice.column] = allowed.get(choice.column, False) or choice.several
    for one in as_list(asked):
        if set(one) - {"col", "op", "val", "isExtra", "grain"} or one.get("grain") is not None:
            raise RefusedError("a filter of an unknown shape")
        written = condition(one["col"], one["op"], one.get("val"))
        if written in own:
            missing.discard(written)
        elif not _is_choice(one, allowed) and not _is_search(one, searched):
            raise RefusedError(f"the filter {written}")
    if missing:
        raise RefusedError(f"without the chart's own filter {min(missing)}")


def _is_choice(one: Mapping[str, Any], allowed: Mapping[str, bool]) -> bool:
    column, values = one["col"], one.get("val")
    if not isinstance(column, str) or column not in allowed or str(one["op"]).upper() not in EQUALITY:
        return False
    listed = values if isinstance(values, list) else [values]
    several = len(listed) > 1
    return all(isinstance(value, SCALARS) for value in listed) and (allowed[column] or not several)


def _is_search(one: Mapping[str, Any], searched: str | None) -> bool:
    return (
        searched is not None
        and one["col"] == searched
        and str(one["op"]).upper() == CONTAINS
        and isinstance(one.get("val"), str)
    )
