"""From what a chapter names to a figure: points chosen, drawn, titled, told in words for who cannot see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bilan.cube import TRUE_ZERO
from bilan.report import vocabulary as words
from bilan.report.charts.bars import bars
from bilan.report.charts.matrix import matrix
from bilan.report.charts.points import curve, dumbbells, intervals
from bilan.report.charts.svg import FULL, HALF, Sheet
from bilan.report.charts.time import columns, running
from bilan.report.document import Block, Figure, Paragraph, Span
from bilan.report.document import Figures as Drawn
from bilan.report.figures import Figures, Point
from bilan.report.programmes.parts import (
    BeforeAfter,
    ByTerritory,
    ByYear,
    Compare,
    Curve,
    Drawing,
    Matrix,
    OverTime,
    Parts,
    Running,
)
from bilan.report.typography import typeset
from bilan.report.vocabulary import Words

MOST_QUARTERS_IN_HALF = 16
_TIMES = " × "
_MONTH = Words("mois", "months")
_MONTHS = Words("mois depuis le dépistage", "months since detection")
_TERRITORY = Words("territoire", "territory")
_NOBODY = Words("personne", "nobody")
_BEFORE, _AFTER = Words("avant", "before"), Words("après", "after")


class Plan:
    """A drawing before it knows its width: its title, codes and points, and how to draw it."""

    def __init__(
        self,
        title: str,
        codes: Sequence[str],
        points: Sequence[Point],
        draw: Callable[[float], Sheet],
        *,
        needs_width: bool = False,
    ) -> None:
        self.title, self.codes, self.points, self.draw = title, codes, points, draw
        self.needs_width = needs_width

    @property
    def shows(self) -> bool:
        """Whether there is at least one figure to draw."""
        return any(point.is_shown for point in self.points)


def drawn(figures: Figures, row: Iterable[Drawing]) -> list[Block]:
    """The row's drawings side by side where both fit, else one under the other.

    What the release does not tell is left out; where all of a drawing is without figure, its statuses
    are written instead.
    """
    plans = [plan for drawing in row if (plan := _plan(figures, drawing)) is not None]
    seen = [plan for plan in plans if plan.shows]
    blocks: list[Block] = [_unseen(figures, plan) for plan in plans if not plan.shows]
    if len(seen) > 1 and not any(plan.needs_width for plan in seen):
        return [Drawn(tuple(_figure(figures, plan, HALF) for plan in seen)), *blocks]
    return [*(Drawn((_figure(figures, plan, FULL),)) for plan in seen), *blocks]


def _figure(figures: Figures, plan: Plan, width: float) -> Figure:
    sheet = plan.draw(width)
    return Figure(
        title=plan.title,
        svg=sheet.render(),
        width=sheet.width,
        height=sheet.height,
        alt=_alt(figures, plan),
        source=source(figures, plan.codes),
    )


def source(figures: Figures, codes: Iterable[str]) -> str:
    """« Source : journaux..., tel que connu au... » of those measures."""
    logs = dict.fromkeys(log for code in codes for log in figures.catalogue[code]["logs"].split(", "))
    text = words.source_of(", ".join(logs), figures.source.known_at, figures.language)
    return typeset(text, figures.language)


def _alt(figures: Figures, plan: Plan) -> str:
    """All that the drawing shows, in words."""
    sentence = (
        f"{point.label} : {point.text}" + (f" ({point.interval})" if point.interval else "")
        for point in plan.points
    )
    separator = " ; " if figures.language == "fr" else "; "
    text = f"{plan.title}. {separator.join(sentence)}."
    return typeset(text if figures.language == "fr" else text.replace(" : ", ": "), figures.language)


def _unseen(figures: Figures, plan: Plan) -> Paragraph:
    """What is written where nothing can be drawn."""
    statuses = " ; ".join(dict.fromkeys(point.text for point in plan.points))
    mark = " : " if figures.language == "fr" else ": "
    return Paragraph((Span(plan.title + typeset(mark, figures.language)), Span(statuses, "strong")), "note")


def _plan(figures: Figures, drawing: Drawing) -> Plan | None:
    """How to draw it; None where the release does not tell any of it."""
    plan: Plan | None
    match drawing:
        case OverTime(code):
            plan = _over_time(figures, code)
        case Running(code):
            plan = _running(figures, code)
        case Parts(code, breakdown):
            name = figures.breakdown(code, breakdown)
            plan = _bars(_by(figures, code, name), [code], figures.parts(code, breakdown))
        case ByTerritory(code):
            name = figures.named(_TERRITORY)
            plan = _bars(_by(figures, code, name), [code], figures.by_territory(code))
        case ByYear(code):
            plan = _by_year(figures, code)
        case Compare(title, codes):
            plan = _compare(figures, title, codes)
        case Curve(title, steps):
            plan = _curve(figures, title, steps)
        case BeforeAfter():
            plan = _before_after(figures, drawing)
        case Matrix(code, breakdown):
            plan = _matrix(figures, code, breakdown)
    return plan


def _by_year(figures: Figures, code: str) -> Plan | None:
    points = figures.by_year(code)
    title = f"{figures.says(code, 'name')}, {_kind(figures, 'programme_year')}" if points else ""
    return Plan(title, [code], points, lambda w: intervals(points, w)) if points else None


def _over_time(figures: Figures, code: str) -> Plan | None:
    series = figures.over_time(code)
    if series is None:
        return None
    title = f"{figures.says(code, 'name')}, {_kind(figures, series.kind)}"
    many = len(series.points) > MOST_QUARTERS_IN_HALF
    return Plan(title, [code], series.points, lambda w: columns(series.points, w), needs_width=many)


def _running(figures: Figures, code: str) -> Plan | None:
    points = figures.running(code)
    title = f"{figures.says(code, 'name')}, {figures.named(words.RUNNING)}"
    return Plan(title, [code], points, lambda w: running(points, w)) if points else None


def _bars(title: str, codes: Sequence[str], points: Sequence[Point]) -> Plan | None:
    return Plan(title, codes, points, lambda w: bars(points, w)) if points else None


def _compare(figures: Figures, title: Words, codes: Sequence[str]) -> Plan | None:
    found = {code: point for code in codes if (point := figures.one(code)) is not None}
    points = [_renamed(point, figures.says(code, "name")) for code, point in found.items()]
    return _bars(figures.named(title), list(found), points)


def _curve(figures: Figures, title: Words, steps: Sequence[tuple[int, str]]) -> Plan | None:
    found = {code: (months, point) for months, code in steps if (point := figures.one(code)) is not None}
    month = _MONTH.said(figures.language)
    points = [(float(months), _renamed(point, f"{months} {month}")) for months, point in found.values()]
    axis = figures.named(_MONTHS)
    shown = [point for _, point in points]
    return Plan(figures.named(title), list(found), shown, lambda w: curve(points, w, axis)) if found else None


def _before_after(figures: Figures, drawing: BeforeAfter) -> Plan | None:
    pairs = [
        (period.label, before, after)
        for period in (*figures.years(), figures.headline)
        if (before := figures.one(drawing.before, period)) is not None
        and (after := figures.one(drawing.after, period)) is not None
    ]
    if not pairs:
        return None
    names = figures.named(_BEFORE), figures.named(_AFTER)
    points = [
        _renamed(point, f"{label}, {name}")
        for label, *both in pairs
        for name, point in zip(names, both, strict=True)
    ]
    codes = [drawing.before, drawing.after]
    return Plan(figures.named(drawing.title), codes, points, lambda w: dumbbells(pairs, w, *names))


def _matrix(figures: Figures, code: str, breakdown: str) -> Plan | None:
    points = figures.parts(code, breakdown)
    if not points:
        return None
    by_pair = {(p.label.partition(_TIMES)[0], p.label.partition(_TIMES)[2]): p for p in points}
    rows = sorted({row for row, _ in by_pair})
    names = sorted({name for _, name in by_pair}, reverse=True)
    # A box of which nobody is told is no row of the release: it is named, not left blank.
    cells = {
        (row, name): by_pair.get((row, name))
        or Point(f"{row}{_TIMES}{name}", TRUE_ZERO, figures.named(_NOBODY), 0.0)
        for row in rows
        for name in names
    }
    title = figures.says(code, "name")
    return Plan(title, [code], tuple(cells.values()), lambda w: matrix(rows, names, cells, w))


def _by(figures: Figures, code: str, what: str) -> str:
    return f"{figures.says(code, 'name')}, {figures.named(words.BY)} {what}"


def _kind(figures: Figures, kind: str) -> str:
    return figures.named(words.BY_PERIOD[kind])


def _renamed(point: Point, label: str) -> Point:
    return replace(point, label=label)
