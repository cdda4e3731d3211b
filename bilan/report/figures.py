"""The figures of a release, found by what they are about, and written as a reader of a language reads them.

A cell that shows no figure is never a number here: it is a status in words, whose `value` is None.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from bilan.cube import NOT_YET_REPORTED, SHOWN, SUPPRESSED, VALUE
from bilan.release.wording.written import ENGLISH, FRENCH, plain, written
from bilan.report import vocabulary as words
from bilan.report.reading import Source
from bilan.report.typography import NO_BREAK, Language, day, typeset
from bilan.report.vocabulary import Words

LAST_PARTS = ("autre", "inconnu")  # after the others, however large
MOST_MASKED = 0.25  # of the cells of a series: beyond that, a coarser one says more
MOST_QUARTERS = 24
SAYING = (VALUE, SUPPRESSED)  # that something happened, or may have

_FROM_TO = Words("du {} au {}", "from {} to {}")
_BETWEEN = Words("de {} à {}", "from {} to {}")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Period:
    """A period of the programme, by the name that the release gives it."""

    kind: str
    start: date
    end: date | None
    label: str
    dates: str  # « du 1er septembre 2008 au 31 août 2011 »


@dataclass(frozen=True)
class Point:
    """A cell: its label, and a figure (`value`, and `text` in words) or a status (`text` alone)."""

    label: str
    status: str
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: str = ""  # « n = 298 », where the figure has a denominator
    interval: str = ""  # « de 8,4 à 10,6 »
    change: str = ""  # « +4 depuis la diffusion n° 1 »
    provisional: str = ""  # « provisoire : 7 mois sur 12 »

    @property
    def is_shown(self) -> bool:
        """Whether there is a figure to read."""
        return self.status in SHOWN


@dataclass(frozen=True)
class Series:
    """A measure over the periods of one kind, in order."""

    kind: str
    points: tuple[Point, ...]


class Figures:
    """What the release shows of a programme, over one headline period, in one language."""

    def __init__(self, source: Source, language: Language, period_kind: str, key: Sequence[str] = ()) -> None:
        self.source, self.language = source, language
        self._numbers = FRENCH if language is Language.FR else ENGLISH
        self.catalogue: dict[str, Row] = {row["code"]: row for row in source.catalogue.iter_rows(named=True)}
        whole = source.rows.filter(pl.col("territory").is_null(), pl.col("partner").is_null())
        self._rows = whole.sort("period_start", "breakdown_value").to_dicts()
        self._cells: dict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
        for row in self._rows:
            self._cells[row["code"], row["period_kind"], row["breakdown"]].append(row)
        self._beginning = min(row["period_start"] for row in self._rows if row["period_kind"] == "total")
        self.headline = self._headline(period_kind, key)

    def _headline(self, kind: str, key: Sequence[str]) -> Period:
        """The last period of that kind in which more than half of the key measures say something; or all."""
        saying: Counter[date] = Counter()
        for row in (row for code in key for row in self._of(code, kind)):
            saying[row["period_start"]] += row["status"] in SAYING
        started = [start for start, count in saying.items() if 2 * count > len(key)]
        kind = kind if started else "total"
        rows = {row["period_start"]: row for row in self._rows if row["period_kind"] == kind}
        return self._period(rows[max(started, default=self._beginning)])

    def _period(self, row: Row) -> Period:
        label = self._of_row(row, "period")
        start, known = row["period_start"], self.source.known_at
        end = min(row["period_end"] or known, known)
        text = _FROM_TO.said(self.language).format(day(start, self.language), day(end, self.language))
        return Period(row["period_kind"], start, row["period_end"], label, typeset(text, self.language))

    def says(self, code: str, name: str) -> str:
        """A text of the catalogue in the document's language: `name`, `unit`, `definition`..."""
        row = self.catalogue.get(code, {})
        return typeset(str(row.get(f"{name}_{self.language}", row.get(name)) or ""), self.language)

    def unit(self, code: str) -> str:
        """Its unit, where its name does not say it already."""
        unit = self.says(code, "unit")
        if self.catalogue[code]["format"] == "amount":
            return ""  # the figure bears it
        return "" if unit.casefold() in self.says(code, "name").casefold() else unit

    def named(self, words_: Words) -> str:
        """Those words, typeset."""
        return typeset(words_.said(self.language), self.language)

    def has(self, code: str) -> bool:
        """Whether the release tells that measure over the headline period."""
        return self.one(code) is not None

    def one(self, code: str, period: Period | None = None) -> Point | None:
        """The measure over a period, the headline one unless another is given; None where there is none."""
        period = period or self.headline
        for row in self._of(code, period.kind):
            if row["period_start"] == period.start:
                return self.point(row, period.label)
        return None

    def years(self) -> tuple[Period, ...]:
        """The programme's years that begin inside the headline period, by what was known."""
        kind = "programme_year"
        found = {row["period_start"]: row for row in self._rows if row["period_kind"] == kind}
        return tuple(self._period(found[start]) for start in sorted(found) if self._inside(found[start]))

    def over_time(self, code: str) -> Series | None:
        """The measure by quarter, or by programme year where quarters are hidden or too many."""
        for kind in ("quarter", "programme_year"):
            series = self._series(code, kind)
            if not series.points:
                continue
            masked = sum(not point.is_shown and point.status == SUPPRESSED for point in series.points)
            few = masked <= MOST_MASKED * len(series.points)
            if kind == "programme_year" or (few and len(series.points) <= MOST_QUARTERS):
                return series
        return None

    def by_year(self, code: str) -> tuple[Point, ...]:
        """The measure by programme year, then over the headline period; only what is told."""
        every = (*self.years(), self.headline)
        return tuple(point for period in every if (point := self.one(code, period)) is not None)

    def parts(self, code: str, breakdown: str) -> tuple[Point, ...]:
        """The parts of a measure over the headline period: the largest first, then those without figure."""
        rows = [
            row
            for row in self._of(code, self.headline.kind, breakdown)
            if row["period_start"] == self.headline.start
        ]
        points = [self.point(row, self._of_row(row, "breakdown_value")) for row in rows]
        names = {id(point): row["breakdown_value"] for point, row in zip(points, rows, strict=True)}
        return tuple(
            sorted(
                points,
                key=lambda p: (not p.is_shown, names[id(p)] in LAST_PARTS, -(p.value or 0), p.label),
            )
        )

    def breakdown(self, code: str, name: str) -> str:
        """What a breakdown is called."""
        rows = self._of(code, self.headline.kind, name)
        return self._of_row(rows[0], "breakdown") if rows else name

    def running(self, code: str) -> tuple[Point, ...]:
        """Running totals at the end of each quarter, since the programme began, of what adds up."""
        if self.catalogue.get(code, {}).get("adds_up") != "yes":
            return ()
        rows = [row for row in self._of(code, "quarter") if self._inside(row)]
        return tuple(self._total(row) for row in rows)

    def _total(self, row: Row) -> Point:
        label, total = self._of_row(row, "period"), row["running"]
        if total is None:
            status = row["status"] if row["status"] == NOT_YET_REPORTED else SUPPRESSED
            return Point(label, status, self.named(words.STATUSES[status]))
        return Point(label, "value", plain(total, self._numbers), total)

    def point(self, row: Row, label: str) -> Point:
        """A row of the release as a labelled point."""
        status = row["status"]
        if status not in SHOWN or row["value"] is None:
            return Point(label, status, self.named(words.STATUSES[status]))
        return Point(
            label=label,
            status=status,
            text=self._of_row(row, "figure"),
            value=float(row["value"]),
            low=row["low"],
            high=row["high"],
            n=self._of_row(row, "n").replace(" ", NO_BREAK),
            interval=self._interval(row),
            change=self._change(row),
            provisional=self._provisional(row),
        )

    def _interval(self, row: Row) -> str:
        if row["low"] is None or row["high"] is None:
            return ""
        bounds = (written(row[name], row["format"], self._numbers) for name in ("low", "high"))
        return _BETWEEN.said(self.language).format(*bounds).replace(" ", NO_BREAK)

    def _provisional(self, row: Row) -> str:
        text = self._of_row(row, "provisional")
        return typeset(words.PROVISIONAL.said(self.language).format(text), self.language) if text else ""

    def _change(self, row: Row) -> str:
        text = self._of_row(row, "change")
        unsure = f" ({words.UNSURE.said(self.language)})" if text and row["change_unsure"] else ""
        return text + unsure

    def by_territory(self, code: str) -> tuple[Point, ...]:
        """The measure over the headline period in each territory, by the territories' names."""
        found = self.source.rows.filter(
            pl.col("territory").is_not_null(),
            pl.col("breakdown").is_null(),
            code=code,
            period_kind=self.headline.kind,
            period_start=self.headline.start,
        )
        return tuple(
            self.point(row, row["territory"]) for row in found.sort("territory").iter_rows(named=True)
        )

    def _series(self, code: str, kind: str) -> Series:
        rows = [row for row in self._of(code, kind) if self._inside(row)]
        while rows and rows[-1]["status"] == NOT_YET_REPORTED:  # nothing is drawn after what is told
            rows.pop()
        return Series(kind, tuple(self.point(row, self._of_row(row, "period")) for row in rows))

    def _of_row(self, row: Row, name: str) -> str:
        """What the row says under that name in the document's language; nothing where it says nothing."""
        return typeset(str(row[f"{name}_{self.language}"] or ""), self.language)

    def _of(self, code: str, kind: str, breakdown: str | None = None) -> list[Row]:
        return self._cells.get((code, kind, breakdown), [])

    def _inside(self, row: Row) -> bool:
        """Whether the row's period begins in the headline one, or holds the programme's very beginning."""
        last = min(self.headline.end or self.source.known_at, self.source.known_at)
        first = max(row["period_start"], self._beginning)
        return bool(self.headline.start <= first <= last and row["period_end"] >= first)
