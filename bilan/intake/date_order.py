"""Whether day or month comes first in a file's dates: judged on all of them together, or asked.

A sender writes all its dates one way, so that one date which can only be read so speaks for the others. Half
a column is never taken with one meaning and half with another; the month is never first without being asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.dates import (
    BY_FIGURES,
    SERIAL,
    SERIAL_ZERO,
    WITH_HALF,
    YEAR_FIRST,
    Order,
    read_dates,
    tidied,
)
from bilan.intake.inputs import ROWS_OF_A_SHEET, Answers, Doubt
from bilan.intake.text import plain
from bilan.intake.titles import says_month_first
from bilan.intake.troubles import unmarked

DATE_ORDER, HALF_CONVERTED = "date_order", "half_converted"
_MONTHS = 12
_WORDED = r"^[0-9]{1,2}[ ./-]*[a-z]+[ ./-]*[0-9]{4}$"
_MAY_BE_FIGURES = r"\d\D+\d\d?\D+\d{4}"  # as BY_FIGURES, before anything is tidied
_CELL = {"place": pl.Int64, "raw": pl.String}
_LEAST = 2  # cells of each sort that make a pattern
_MOST_PUT_RIGHT = 4  # one date in so many: of days as people write them, more than half come after the 12th

_HOW = (
    "Pour répondre : « bilan held accept N --dates day-first » (jour d'abord) ou « bilan held accept N "
    "--dates month-first » (mois d'abord). Si on ne le sait pas, refuser le fichier et le demander à "
    "l'expéditeur."
)
_QUESTION = "Dans ces dates, jour d'abord ou mois d'abord ?"
_SEEN = {
    "both": "Des dates en chiffres ne sont possibles que le jour d'abord, et d'autres que le mois d'abord.",
    "month": "Des dates en chiffres ne sont possibles que si le mois vient d'abord, comme en anglais.",
    "title": "Un titre, le nom de l'onglet ou une ligne à part dit que le mois vient d'abord (« MM/JJ »).",
    "clock": "Des dates en chiffres portent une heure à l'anglaise (AM, PM), et rien ne dit si le jour ou le "
    "mois vient d'abord.",
    "life": "Lues le jour d'abord, des dates viennent après la date de l'état, ou des naissances après les "
    "faits ; lues le mois d'abord, non.",
}
_CONVERTED = (
    "Dans une colonne, les dates que le tableur connaît ont presque toutes un jour de 1 à 12, et celles qui "
    "sont restées du texte commencent toutes par plus de 12 : un tableur réglé en anglais a sans doute "
    "échangé le jour et le mois des premières. Renvoyer le fichier, les dates au format Texte ou AAAA-MM-JJ."
)
_IF_SURE = "Si l'expéditeur confirme que ces dates sont justes : « bilan held accept N --dates day-first »."


# what the steward reads of a file that waits
QUESTIONS = {DATE_ORDER: f"{_QUESTION} {_HOW}", HALF_CONVERTED: f"{_CONVERTED} {_IF_SURE}"}


def judge_dates(
    rows: pl.DataFrame,
    contract: Contract,
    statement_date: date,
    answers: Answers,
    around: Sequence[Sequence[str]] = (),
) -> Order | Doubt:
    """The order in which dates in figures are read, or the question to put to the steward.

    `rows`: `row`, as `Contents.rows`, and the cells (String, null when blank) of the date columns, by their
    name in the contract; `around`: as `Contents.around`. What the steward answered holds for the whole file.
    """
    if answers.dates is not None:
        return Order(answers.dates)
    columns = _columns(rows)
    in_figures = any(cells.str.contains(_MAY_BE_FIGURES).any() for cells in columns.values())
    written = _written(columns) if in_figures else []
    day, month = (_any(written, _proves(*places)) for places in (("first", "second"), ("second", "first")))
    title = any(cells["first"].count() for cells in written) and says_month_first(around)
    clock = not day and _any(written, pl.col("half") & (pl.col("first") != pl.col("second")))
    if title or month or clock:
        return _asked("title" if title else "clock" if clock and not month else "both" if day else "month")
    if day:
        converted = any(_half_converted(cells) for cells in (*written, *_written_by_place(rows)))
        return Doubt(HALF_CONVERTED, _CONVERTED) if converted else Order.DAY_FIRST
    if sum(cells["first"].count() for cells in written) < _LEAST:
        return Order.DAY_FIRST  # one date speaks for no other: a row's own matter
    # of the day first, then of the month
    lives = (_impossible(columns, contract, statement_date, order) for order in Order)
    return _asked("life") if [*lives] == [True, False] else Order.DAY_FIRST


def _asked(seen: str) -> Doubt:
    return Doubt(DATE_ORDER, f"{_SEEN[seen]} {_QUESTION}")


def _columns(rows: pl.DataFrame) -> dict[str, pl.Series]:
    return {cells.name: cells for cells in rows.drop("row").iter_columns()}


def _written_by_place(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The same as `_written` for each sheet of several: one that was put right says nothing of the others."""
    place = rows["row"] // ROWS_OF_A_SHEET
    numbers = place.unique()
    for number in numbers if len(numbers) > 1 else ():
        yield from _written(_columns(rows.filter(place == number)))


def _written(columns: Mapping[str, pl.Series]) -> list[pl.DataFrame]:
    """The distinct dates of each column that has any: `first`, `second` (Int64), the figures before the year,

    and `half` (Boolean), whether AM or PM stands after them; `known` (Int64), the day of one that a program
    wrote: in ISO or as a serial; `worded` (Boolean), whether it is a day in words; `rows`, how many cells
    hold it.
    """
    none = pl.DataFrame(schema=_CELL)
    held = [
        pl.DataFrame({"place": place, "raw": cells}, schema=_CELL)
        for place, cells in enumerate(columns.values())
    ]
    distinct = pl.concat([none, *held]).drop_nulls().group_by("place", "raw").len("rows")
    text = unmarked(pl.col("raw"))
    texts = distinct.select("place", "rows", text=tidied(text), half=plain(text).str.contains(WITH_HALF))
    figures = pl.col("text").str.extract_groups(BY_FIGURES)
    serial = SERIAL_ZERO + pl.duration(days=pl.col("text").str.extract(SERIAL).cast(pl.Int64))
    dates = texts.drop_nulls("text").select(
        "place",
        "rows",
        figures.struct.field("first").cast(pl.Int64),
        figures.struct.field("second").cast(pl.Int64),
        worded=pl.col("text").str.contains(_WORDED),
        half=pl.col("half") & figures.struct.field("first").is_not_null(),
        known=pl.coalesce(
            pl.col("text").str.extract_groups(YEAR_FIRST).struct.field("d").cast(pl.Int64),
            serial.dt.day().cast(pl.Int64),
        ),
    )
    return dates.partition_by("place")


def _proves(beyond: str, within: str) -> pl.Expr:
    """Whether a date is possible only if `beyond` is its day."""
    return (pl.col(beyond) > _MONTHS) & (pl.col(within) <= _MONTHS)


def _any(written: Iterable[pl.DataFrame], holds: pl.Expr) -> bool:
    return any(bool(cells.select(holds.any()).item()) for cells in written)


def _half_converted(written: pl.DataFrame) -> bool:
    """Whether a spreadsheet seems to have made dates of what it could read month first, and left the rest.

    A column where some dates are in words was typed by people. Of the dates it made, few were put right.
    """
    if written["worded"].any():
        return False
    known, texts = (written.drop_nulls(name) for name in ("known", "first"))
    if min(known["rows"].sum(), texts["rows"].sum()) < _LEAST:
        return False
    late = known.filter(pl.col("known") > _MONTHS)["rows"].sum()
    return bool((texts["first"] > _MONTHS).all()) and _MOST_PUT_RIGHT * late <= known["rows"].sum()


def _impossible(
    columns: Mapping[str, pl.Series], contract: Contract, statement_date: date, order: Order
) -> bool:
    """Whether, read so, a principal date is after the statement's, or a birth after the fact."""
    days = {name: _days(cells, order) for name, cells in columns.items()}
    fact = days.get(contract.principal_date)
    if fact is None:
        return False
    births = [cells for name, cells in days.items() if contract.column(name).kind is Kind.BIRTH_DATE]
    return bool((fact > statement_date).any()) or any(bool((birth > fact).any()) for birth in births)


def _days(cells: pl.Series, order: Order) -> pl.Series:
    """The days of cells, read over the distinct ones."""
    raw = pl.col("raw")
    distinct = pl.DataFrame({"raw": cells.unique().drop_nulls()}, schema={"raw": pl.String})
    read = distinct.with_columns(read_dates(distinct.select(unmarked(raw)).to_series(), order)["day"])
    return pl.DataFrame({"raw": cells}).join(read, on="raw", how="left", maintain_order="left")["day"]
