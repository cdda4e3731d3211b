"""Whole numbers and decimals, as French and English people write them, thousands apart or not.

One separator before exactly three figures (« 1,000 ») has two meanings. The other cells of the column say
which, if some of them can only be read one way and none contradicts them; otherwise it is not read.
"""

import polars as pl

from bilan.contracts import Column
from bilan.intake.text import ANY_SPACE

_SIGN = r"[+\-−–]?"
_WRITTEN = r"^[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$"
_SHOWN_FIGURES = 15  # significant, of a number
_COMPUTED = r"^[+-]?0*[0-9]{0,12}\.[0-9]{12,}$"  # no one types so many decimals
_SPACE = rf"(?:{ANY_SPACE}|['’])"
_SPACED = rf"^{_SIGN}[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?:[.,][0-9]+)?$"
_UNCLEAR = rf"^{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}$"
_PERCENT = rf"{ANY_SPACE}*%$"
_OF_A_HUNDRED = 100
_THOUSAND = 1000


def canonical(text: pl.Expr, stored: pl.Expr, column: Column) -> pl.Expr:
    """A number's figures, with a point and nothing else; null where it is unclear, or no number.

    `stored`: of the numbers that a workbook stored, whose point is for decimals. A percentage is a number
    out of a hundred, in the columns that go so far and no further.
    """
    figures = text.str.replace(_PERCENT, "") if column.maximum == _OF_A_HUNDRED else text
    figures = figures.str.replace(r"^[−–]", "-")
    plain = figures.str.replace(",", ".", literal=True)
    point, comma = (_without_thousands(figures, mark) for mark in ".,")
    read = (
        pl.when(stored)
        .then(figures)
        .when(figures.str.contains(_SPACED))
        .then(plain.str.replace_all(_SPACE, ""))
        .when(figures.str.contains(_grouped(".")))
        .then(point)
        .when(figures.str.contains(_grouped(",")))
        .then(comma)
        .when(~figures.str.contains(_UNCLEAR))
        .then(plain)
    )
    if column.maximum is not None and column.maximum < _THOUSAND:
        return pl.coalesce(read, plain)  # thousands are out of its bounds
    typed = pl.when(~stored).then(figures)
    return pl.coalesce(read, _decided(typed, ".", point, plain), _decided(typed, ",", comma, plain))


def ambiguous(text: pl.Expr) -> pl.Expr:
    """Whether a text has one separator, and exactly three figures after it."""
    return text.str.contains(_UNCLEAR)


def _grouped(mark: str) -> str:
    """How a number is written whose thousands are certainly apart by that mark."""
    other = r"\." if mark == "," else ","
    group = rf"(?:{'[.]' if mark == '.' else ','}[0-9]{{3}})"
    return rf"^{_SIGN}[0-9]{{1,3}}(?:{group}+{other}[0-9]+|{group}{{2,}})$"


def _decimal(mark: str) -> str:
    """How a number is written whose decimals certainly follow that mark."""
    point = "[.]" if mark == "." else ","
    other = r"\." if mark == "," else ","
    few = rf"[0-9]{{0,3}}{point}(?:[0-9]{{1,2}}|[0-9]{{4,}})"
    long = rf"(?:0[0-9]*|[0-9]{{4,}})?{point}[0-9]+"
    apart = rf"[0-9]{{1,3}}(?:(?:{_SPACE}|{other})[0-9]{{3}})+{point}[0-9]+"
    return rf"^{_SIGN}(?:{few}|{long}|{apart})(?:{ANY_SPACE}*%)?$"


def _without_thousands(figures: pl.Expr, mark: str) -> pl.Expr:
    return figures.str.replace_all(mark, "", literal=True).str.replace(",", ".", literal=True)


def _decided(typed: pl.Expr, mark: str, thousands: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """The unclear numbers written with that mark, as the column's other cells have them read."""
    written = typed.str.contains(mark, literal=True)
    groups, points = typed.str.contains(_grouped(mark)).any(), typed.str.contains(_decimal(mark)).any()
    return pl.when(written & groups & ~points).then(thousands).when(written & points & ~groups).then(decimals)


def read_integers(text: pl.Expr, column: Column) -> pl.Expr:
    """Int64 of canonical texts, within the column's bounds; null when out of them, not whole or no number."""
    whole, part, negative = _split(text)
    value = _signed(whole, negative)
    return pl.when((part == "") & _within(value, value, column)).then(value)


def read_decimals(text: pl.Expr, column: Column) -> pl.Expr:
    """The number's shortest writing: a point, no exponent, no zero that says nothing. Null likewise."""
    whole, part, negative = _split(text)
    value = _signed(whole, negative)
    beyond = pl.when(part == "").then(0).otherwise(1)
    floor = pl.when(negative).then(value - beyond).otherwise(value)
    ceiling = pl.when(negative).then(value).otherwise(value + beyond)
    sign = pl.when(negative & ((value != 0) | (part != ""))).then(pl.lit("-")).otherwise(pl.lit(""))
    fraction = pl.when(part == "").then(pl.lit("")).otherwise("." + part)
    written = pl.concat_str(sign, value.abs().cast(pl.String), fraction)
    return pl.when(_within(floor, ceiling, column)).then(written)


def _split(raw: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """The whole part, the decimals without trailing zeros, whether a minus stands; null if no number."""
    text = (
        pl.when(raw.str.contains(_COMPUTED)).then(_as_shown(raw)).when(raw.str.contains(_WRITTEN)).then(raw)
    )
    parts = text.str.strip_chars_start("+-").str.split_exact(".", 1)
    part = parts.struct.field("field_1").fill_null("").str.strip_chars_end("0")
    whole = parts.struct.field("field_0").str.zfill(1)
    return whole, pl.when(text.is_not_null()).then(part), text.str.starts_with("-")


def _as_shown(raw: pl.Expr) -> pl.Expr:
    """What spreadsheets show of 56.49999999999999, which is how they keep 56.5 once it was computed."""
    return raw.cast(pl.Float64, strict=False).round_sig_figs(_SHOWN_FIGURES).cast(pl.String)


def _signed(whole: pl.Expr, negative: pl.Expr) -> pl.Expr:
    value = whole.cast(pl.Int64, strict=False)
    return pl.when(negative).then(-value).otherwise(value)


def _within(floor: pl.Expr, ceiling: pl.Expr, column: Column) -> pl.Expr:
    inside = floor.is_not_null()
    if column.minimum is not None:
        inside = inside & (floor >= column.minimum)
    if column.maximum is not None:
        inside = inside & (ceiling <= column.maximum)
    return inside
