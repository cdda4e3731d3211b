"""Counts and amounts: thousands, decimals, units, approximations; long numbers that lost their figures."""

from collections.abc import Callable
from typing import Any

from bilan.contracts import Column, Kind
from tests.mutations.catalogue import Stage, add, mutation
from tests.mutations.draft import CSV, XLSX, Cell, Draft, is_number

_NUMBERS: Any = {"family": "numbers", "stage": Stage.LINES}
NBSP, NARROW = "\u00a0", "\u202f"


def _large(draft: Draft) -> list[Column]:
    """The columns of counts and amounts that may be of thousands: nobody reads « 1,000 » as a rank."""
    columns = draft.kinds(Kind.INTEGER, Kind.DECIMAL)
    return [column for column in columns if column.maximum is None and column.minimum == 0]


def _grouped(value: float, separator: str, point: str) -> str:
    whole, _, part = f"{value:,.10g}".partition(".")
    return whole.replace(",", separator) + (point + part if part else "")


def _thousands(separator: str, point: str, fraction: float = 0) -> Callable[[Draft], bool]:
    """Counts and amounts of a thousand and more, grouped so. `fraction` is added to amounts first."""

    def apply(draft: Draft) -> bool:
        columns = [column for column in _large(draft) if not fraction or column.kind is Kind.DECIMAL]
        cells = draft.free(columns, is_number)
        for line, name in cells:
            value = line.cells[name]
            if value < 1000:
                value = draft.random.choice([1000, 2500, 3000, 1250000, 12500])
            value += fraction
            draft.mean(line, name, value)
            draft.put(line, name, _grouped(value, separator, point))
        return bool(cells)

    return apply


for _name, _separator, _point, _fraction, _same in (
    ("thousands-with-a-comma", ",", ".", 0, False),
    ("thousands-with-a-dot", ".", ",", 0, False),
    ("thousands-with-a-space", " ", ",", 0, True),
    ("thousands-with-a-hard-space", NBSP, ",", 0, True),
    ("thousands-with-a-narrow-space", NARROW, ",", 0, True),
    ("thousands-with-an-apostrophe", "'", ".", 0, False),
    ("thousands-and-cents-in-french", " ", ",", 0.75, True),
    ("thousands-and-cents-in-english", ",", ".", 0.75, False),
    ("thousands-and-cents-in-german", ".", ",", 0.75, False),
):
    add(_name, "numbers", Stage.LINES, _thousands(_separator, _point, _fraction), same=_same)


def _one_in_thousands(draft: Draft) -> bool:
    """One amount with a comma for thousands among plain ones: 10,000 beside 80500."""
    cells = draft.free(_large(draft), is_number)
    if not cells:
        return False
    line, name = cells[0]
    value = draft.random.choice([1000, 10000, 2000, 125000])
    draft.mean(line, name, value)
    draft.put(line, name, _grouped(value, draft.random.choice(",."), ""))
    return True


add("one-count-with-a-comma-for-thousands", "numbers", Stage.LINES, _one_in_thousands)

_UNITS: dict[str, Callable[[float], str]] = {
    "amounts-in-dollars": lambda value: f"{value:.10g} $",
    "amounts-in-dollars-before": lambda value: f"${value:,.2f}",
    "amounts-in-canadian-dollars": lambda value: f"{value:.10g}$ CAD",
    "numbers-with-a-unit": lambda value: f"{value:.10g} jeunes",
    "numbers-with-a-percent-sign": lambda value: f"{value:.10g} %",
    "numbers-in-full-width-figures": lambda value: f"{value:.10g}".translate(
        {48 + n: 0xFF10 + n for n in range(10)}
    ),
    "numbers-with-a-plus": lambda value: f"+{value:.10g}",
    "numbers-with-a-trailing-dot": lambda value: f"{value:.0f}." if value == int(value) else f"{value:.10g}",
    "numbers-in-quotes": lambda value: f'"{value:.10g}"',
    "numbers-after-an-apostrophe": lambda value: f"'{value:.10g}",
    "numbers-with-decimals-of-nothing": lambda value: f"{value:.2f}",
    "numbers-with-leading-zeros": lambda value: f"00{value:.10g}",
    "numbers-in-letters": lambda value: (
        {1: "un", 2: "deux", 3: "trois"}.get(int(value), f"{value:.10g}") if value < 4 else f"{value:.10g}"
    ),
}
_VAGUE: tuple[Callable[[float], str], ...] = (
    lambda value: f"~{value:.10g}",
    lambda value: f"{value:.10g}+",
    lambda value: f"{value:.10g}-{value + 5:.10g}",
    lambda value: f"env. {value:.10g}",
    lambda value: f"{value:.10g} ou {value + 1:.10g}",
    lambda value: f"une {['dizaine', 'douzaine', 'centaine'][int(value) % 3]}",
    lambda value: f"> {value:.10g}",
    lambda value: f"{value:.10g} (à confirmer)",
    lambda value: f"{value:.10g}/{value + 10:.10g}",
    lambda value: f"({value + 1:.10g})",
    lambda value: f"{value + 1:.10g}-",
    lambda value: f"{value:.10g}k",
    lambda value: f"1O{value:.10g}",
)


def _unit(written: Callable[[float], str]) -> Callable[[Draft], bool]:
    def apply(draft: Draft) -> bool:
        columns = draft.kinds(Kind.INTEGER, Kind.DECIMAL)
        cells = draft.free(columns, lambda value: is_number(value) and written(value) != f"{value:.10g}")
        for line, name in cells[: draft.random.choice([1, len(cells)]) if cells else 0]:
            draft.put(line, name, written(line.cells[name]))
        return bool(cells)

    return apply


for _unit_name, _written in _UNITS.items():
    add(
        _unit_name,
        "numbers",
        Stage.LINES,
        _unit(_written),
        same=_unit_name == "numbers-with-decimals-of-nothing",
    )


@mutation("vague-numbers", **_NUMBERS)
def _vague_numbers(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.INTEGER, Kind.DECIMAL), is_number)
    for line, name in cells[:1]:
        draft.put(line, name, draft.random.choice(_VAGUE)(line.cells[name]))
        draft.lose(line)
    return bool(cells)


@mutation("decimals-with-a-dot", **_NUMBERS, suffixes=(CSV,), same=True)
def _decimal_dot(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.DECIMAL), lambda value: isinstance(value, float))
    for line, name in cells:
        draft.put(line, name, f"{line.cells[name]:.1f}")
    return bool(cells)


@mutation("decimals-with-three-figures", **_NUMBERS)
def _three_decimals(draft: Draft) -> bool:
    """« 3,000 » for 3 with three decimals, or three thousand: nobody could know."""
    cells = draft.free(_large(draft), is_number)
    for line, name in cells[:1]:
        draft.put(line, name, draft.random.choice(["3,000", "3.000", "12,500", "1.250"]))
        draft.lose(line)
    return bool(cells)


@mutation("scientific-numbers-of-files", **_NUMBERS, suffixes=(CSV,))
def _scientific(draft: Draft) -> bool:
    """Long numbers of files, saved from a column too narrow."""
    cells = draft.free(draft.kinds(Kind.NUMBER, Kind.REFERENCE), lambda value: value is not None)
    for line, name in cells[: draft.random.choice([1, 3])]:
        exponent = draft.random.choice(["2,01003E+11", "2.01003E+11", "2,01E+11", "1.5e+15", "2,01003E11"])
        draft.put(line, name, exponent)
        draft.lose(line)
    return bool(cells)


@mutation("scientific-counts", **_NUMBERS, suffixes=(CSV,))
def _scientific_counts(draft: Draft) -> bool:
    cells = draft.free(_large(draft), is_number)
    for line, name in cells[:1]:
        draft.put(line, name, draft.random.choice(["1,2E+04", "1.2E+04"]))
        draft.mean(line, name, 12000)
    return bool(cells)


@mutation("numbers-longer-than-a-spreadsheet-keeps", **_NUMBERS, suffixes=(XLSX,))
def _too_long(draft: Draft) -> bool:
    """Twenty figures typed as a number: the last ones became zeros."""
    cells = draft.free(draft.kinds(Kind.NUMBER, Kind.REFERENCE), lambda value: value is not None)
    for line, name in cells[:2]:
        draft.put(line, name, Cell(20100300000100000000 + 100000 * line.place, form="0"))
        draft.lose(line)
    return bool(cells)


@mutation("numbers-as-floats", **_NUMBERS, suffixes=(CSV,))
def _as_floats(draft: Draft) -> bool:
    """« 100207.0 » for 100207, as a program that met a blank in the column writes it."""
    cells = draft.free(draft.kinds(Kind.NUMBER, Kind.INTEGER), lambda value: value is not None)
    cells = [(line, name) for line, name in cells if str(line.cells[name]).isdigit()]
    for line, name in cells:
        draft.put(line, name, f"{line.cells[name]}.0")
    return bool(cells)


@mutation("out-of-bounds", **_NUMBERS)
def _out_of_bounds(draft: Draft) -> bool:
    bounded = [column for column in draft.kinds(Kind.INTEGER, Kind.DECIMAL) if column.minimum is not None]
    cells = draft.free(bounded, is_number)
    for line, name in cells[:1]:
        draft.put(line, name, -1)
        draft.lose(line)
    return bool(cells)
