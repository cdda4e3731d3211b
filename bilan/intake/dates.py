"""Dates as partners write them: days, months or years, in figures, in French or as a spreadsheet's serial.

Never month before day, and never a year of two figures: both would be guesses.
"""

import polars as pl

from bilan.intake.text import ANY_SPACE, plain

DAY, MONTH, YEAR = "day", "month", "year"

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

_Y = r"(?P<y>(?:19|20|21)\d\d)"
_M, _D = r"(?P<m>\d\d?)", r"(?P<d>\d\d?)"
_SEPARATOR = r"[-/.]"
_TIME = r"(?: a)?[ t]+(?:\d\d?[:h]\d{0,2}(?::\d\d(?:[.,]\d+)?)?) ?(?:am|pm)?(?:z|[+-]\d\d:?\d\d)?$"
_WRITTEN = (
    (DAY, rf"^{_Y}{_SEPARATOR}{_M}{_SEPARATOR}{_D}$"),
    (DAY, rf"^{_D}{_SEPARATOR}{_M}{_SEPARATOR}{_Y}$"),
    (DAY, rf"^{_D}[ ./-]*(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^{_Y}{_SEPARATOR}{_M}$"),
    (MONTH, rf"^{_M}{_SEPARATOR}{_Y}$"),
    (YEAR, rf"^{_Y}(?:[.,]0+)?$"),
)
_SERIAL = r"^([1-9]\d{4})(?:[.,]\d+)?$"
_SERIAL_ZERO = pl.date(1899, 12, 30)


def read_dates(raw: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first possible day (Date) and the precision (day, month, year); null when impossible."""
    text = _tidied(raw)
    days, precisions = [], []
    for precision, pattern in _WRITTEN:
        day = _day(text.str.extract_groups(pattern), pattern)
        days.append(day)
        precisions.append(pl.when(day.is_not_null()).then(pl.lit(precision)))
    serial = _SERIAL_ZERO + pl.duration(days=text.str.extract(_SERIAL).cast(pl.Int64))
    return (
        pl.coalesce(*days, serial),
        pl.coalesce(*precisions, pl.when(serial.is_not_null()).then(pl.lit(DAY))),
    )


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


def _tidied(raw: pl.Expr) -> pl.Expr:
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
