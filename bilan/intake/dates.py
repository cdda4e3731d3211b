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

_Y = r"(?P<y>(?:19|20|21)[0-9]{2})"
_M, _D = r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_SEPARATOR = r"[-/.]"
_CLOCK = r"[0-9]{1,2}[:h][0-9]{0,2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
_TIME = rf"(?: a)?[ t]+{_CLOCK} ?(?:am|pm)?(?:z|[+-][0-9]{{2}}:?[0-9]{{2}})?$"
_WRITTEN = (
    (DAY, rf"^{_Y}{_SEPARATOR}{_M}{_SEPARATOR}{_D}$"),
    (DAY, rf"^{_D}{_SEPARATOR}{_M}{_SEPARATOR}{_Y}$"),
    (DAY, rf"^{_D}[ ./-]*(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^(?P<word>[a-z]+)[ ./-]*{_Y}$"),
    (MONTH, rf"^{_Y}{_SEPARATOR}{_M}$"),
    (MONTH, rf"^{_M}{_SEPARATOR}{_Y}$"),
    (YEAR, rf"^{_Y}(?:[.,]0+)?$"),
)
_SERIAL = r"^([1-9][0-9]{4})(?:[.,][0-9]+)?$"
_SERIAL_ZERO = pl.date(1899, 12, 30)


def read_dates(raw: pl.Series) -> pl.DataFrame:
    """`day` (Date, the first possible one) and `precision` of each text, in order; null when impossible."""
    text = pl.col("text")
    texts = pl.DataFrame({"text": raw}).select(_tidied(text))
    readings = [
        _day(text.str.extract_groups(pattern), pattern).alias(str(index))
        for index, (_, pattern) in enumerate(_WRITTEN)
    ]
    serial = _SERIAL_ZERO + pl.duration(days=text.str.extract(_SERIAL).cast(pl.Int64))
    read = texts.select(*readings, serial.alias("serial"))
    precisions = [*(precision for precision, _ in _WRITTEN), DAY]
    told = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(precision))
        for name, precision in zip(read.columns, precisions, strict=True)
    ]
    return read.select(day=pl.coalesce(pl.all()), precision=pl.coalesce(told))


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
