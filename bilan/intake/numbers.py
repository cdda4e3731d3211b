"""Whole numbers and decimals, with French commas and thousands apart."""

import polars as pl

from bilan.contracts import Column
from bilan.intake.text import ANY_SPACE

_GROUPED = rf"^([+-]?[0-9]{{1,3}})(?:{ANY_SPACE}[0-9]{{3}})+([.,][0-9]+)?$"
_WRITTEN = r"^[+\-−]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)$"


def read_integers(raw: pl.Expr, column: Column) -> pl.Expr:
    """Int64 within the column's bounds; null when out of them, not whole or no number. `1,0` is 1."""
    whole, part, negative = _split(raw)
    value = _signed(whole, negative)
    return pl.when((part == "") & _within(value, value, column)).then(value)


def read_decimals(raw: pl.Expr, column: Column) -> pl.Expr:
    """The number's shortest writing: a point, no exponent, no zero that says nothing. Null likewise."""
    whole, part, negative = _split(raw)
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
    spaced = pl.when(raw.str.contains(_GROUPED)).then(raw.str.replace_all(ANY_SPACE, "")).otherwise(raw)
    text = pl.when(spaced.str.contains(_WRITTEN)).then(spaced)
    bare = text.str.strip_chars_start("+-−")
    parts = bare.str.replace(",", ".").str.split_exact(".", 1)
    part = parts.struct.field("field_1").fill_null("").str.strip_chars_end("0")
    whole = parts.struct.field("field_0").str.zfill(1)
    return whole, pl.when(text.is_not_null()).then(part), text.str.contains(r"^[-−]")


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
