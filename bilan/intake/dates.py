"""Dates as partners write them: days, months or years, in figures, in French or as a spreadsheet's serial.

Whether day or month comes first is decided for the whole file (`date_order`). Never a year of two figures:
that would be a guess. A moment with its zone is of the day that it was here.
"""

from enum import StrEnum

import polars as pl

from bilan.intake.text import ANY_SPACE, plain

DAY, MONTH, YEAR = "day", "month", "year"
HERE = "America/Toronto"


class Order(StrEnum):
    """Which figure of « 3/4/2010 » is the month, as `Answers.dates` writes it."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil jul",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}

_Y = r"(?P<y>(?:19|20|21)[0-9]{2})"
_M, _D = r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_SEPARATOR = r"[-/.]"
_CLOCK = r"[0-9]{1,2}[:h][0-9]{0,2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
_HALF = r"(?:[ap]\.?m\.?)"
_ZONE = r"(?:z|utc|[+-][0-9]{2}(?::?[0-9]{2})?)"
_TIME = rf"(?:(?: a)?[ t]+{_CLOCK}|,? {_CLOCK}) ?{_HALF}? ?{_ZONE}?$"
_ZONED = (
    rf"[ t](?P<hour>[0-9]{{1,2}})[:h](?P<minute>[0-9]{{0,2}})[^ z+-]*? ?(?P<half>{_HALF})? ?"
    r"(?:z|utc|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?)$"
)
BY_FIGURES = rf"^(?P<first>[0-9]{{1,2}}){_SEPARATOR}(?P<second>[0-9]{{1,2}}){_SEPARATOR}{_Y}$"
YEAR_FIRST = rf"^{_Y}{_SEPARATOR}{_M}{_SEPARATOR}{_D}$"
WITH_HALF = rf"[0-9] ?{_HALF}"  # AM or PM, of a plain text
_MONTH_FIRST = rf"^{_M}{_SEPARATOR}{_D}{_SEPARATOR}{_Y}$"
_DAY_FIRST = rf"^{_D}{_SEPARATOR}{_M}{_SEPARATOR}{_Y}$"
_WRITTEN = (
    (DAY, YEAR_FIRST),
    (DAY, _DAY_FIRST),
    (DAY, rf"^{_D}[ ./-]*(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^{_Y}[-/]{_M}$"),
    (MONTH, rf"^{_Y}\.(?P<m>[0-9]{{2}})$"),  # « 2010.1 » may be October, of which a zero was lost
    (MONTH, rf"^{_M}{_SEPARATOR}{_Y}$"),
    (YEAR, rf"^{_Y}(?:[.,]0+)?$"),
)
_ISO = r"^((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})(?: 00:00:00)?$"  # as programs write a day
SERIAL = r"^([1-9][0-9]{4})(?:[.,][0-9]+)?$"
SERIAL_ZERO = pl.date(1899, 12, 30)


def read_dates(raw: pl.Series, order: Order) -> pl.DataFrame:
    """`day` (Date, the first possible one) and `precision` of each text, in order; null when impossible.

    Whole days in ISO, which most are, need none of the patterns.
    """
    days = raw.str.extract(_ISO).str.to_date("%Y-%m-%d", strict=False)
    read = pl.DataFrame({"day": days}).with_columns(
        precision=pl.when(pl.col("day").is_not_null()).then(pl.lit(DAY))
    )
    others = (days.is_null() & raw.is_not_null()).arg_true()
    if others.is_empty():
        return read
    patterned = _by_patterns(raw.gather(others), order)
    return read.with_columns(
        read[name].scatter(others, patterned[name]).alias(name) for name in ("day", "precision")
    )


def _by_patterns(raw: pl.Series, order: Order) -> pl.DataFrame:
    text = pl.col("text")
    texts = pl.DataFrame({"text": raw}).select(tidied(text), _shift(plain(text)).alias("shift"))
    patterns = [_in_order(pattern, order) for _, pattern in _WRITTEN]
    readings = [
        _day(text.str.extract_groups(pattern), pattern).alias(str(index))
        for index, pattern in enumerate(patterns)
    ]
    serial = SERIAL_ZERO + pl.duration(days=text.str.extract(SERIAL).cast(pl.Int64))
    read = texts.select(*readings, serial.alias("serial"))
    precisions = [*(precision for precision, _ in _WRITTEN), DAY]
    matched = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(precision))
        for name, precision in zip(read.columns, precisions, strict=True)
    ]
    days = read.select(day=pl.coalesce(pl.all()), precision=pl.coalesce(matched), shift=texts["shift"])
    return days.select(_brought_here(pl.col("day"), pl.col("shift")), "precision")


def _in_order(pattern: str, order: Order) -> str:
    return _MONTH_FIRST if pattern == _DAY_FIRST and order is Order.MONTH_FIRST else pattern


def _shift(text: pl.Expr) -> pl.Expr:
    """From the beginning of its day to the moment, by UTC; null where there is no zone."""
    groups = text.str.strip_chars().str.extract_groups(_ZONED)
    hour, minute, hours, minutes = (
        groups.struct.field(name).cast(pl.Int64, strict=False)
        for name in ("hour", "minute", "hours", "minutes")
    )
    half = groups.struct.field("half").str.slice(0, 1)
    hour = (
        pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    )
    ahead = pl.duration(hours=hours.fill_null(0), minutes=minutes.fill_null(0))
    east = pl.when(groups.struct.field("sign") == "-").then(-1).otherwise(1)
    return pl.duration(hours=hour, minutes=minute.fill_null(0)) - ahead * east


def _brought_here(day: pl.Expr, shift: pl.Expr) -> pl.Expr:
    moment = (day.cast(pl.Datetime("us")) + shift).dt.replace_time_zone("UTC")
    return pl.coalesce(moment.dt.convert_time_zone(HERE).dt.date(), day)


def last_possible_day(day: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """The last day that a date read with that precision may be."""
    return (
        pl.when(precision == MONTH)
        .then(day.dt.month_end())
        .when(precision == YEAR)
        .then(pl.date(day.dt.year(), 12, 31))
        .otherwise(day)
    )


def as_written(day: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """`2010-03-12`, `2010-03` or `2010`: no more than is known."""
    length = precision.replace_strict({DAY: 10, MONTH: 7, YEAR: 4}, default=None, return_dtype=pl.UInt32)
    return day.dt.to_string("%Y-%m-%d").str.slice(0, length)


def tidied(raw: pl.Expr) -> pl.Expr:
    """A date's text as patterns know it: without case, accents, spaces too many, or the time of day."""
    text = plain(raw).str.replace_all(rf"{ANY_SPACE}+", " ").str.strip_chars()
    text = text.str.replace_all(r" ?([-/.]) ?", "$1").str.replace(_TIME, "")
    return text.str.replace(r"^1 ?er\b", "1")


def _day(groups: pl.Expr, pattern: str) -> pl.Expr:
    """The day that a pattern's groups name, the first of what they leave open; null when there is none."""
    month, day = pl.lit("01"), pl.lit("01")
    if "<word>" in pattern:
        word = groups.struct.field("word")
        month = word.replace_strict(_MONTHS, default=None, return_dtype=pl.Int64).cast(pl.String)
    elif "<m>" in pattern:
        month = groups.struct.field("m")
    if "<d>" in pattern:
        day = groups.struct.field("d")
    parts = pl.concat_str(groups.struct.field("y"), month.str.zfill(2), day.str.zfill(2), separator="-")
    return parts.str.to_date("%Y-%m-%d", strict=False)
