"""Bars that lie, each with its figure: the parts of a measure, or measures side by side."""

from collections.abc import Sequence

from bilan.cube import NOT_YET_REPORTED, SUPPRESSED
from bilan.report.charts.svg import BOLD, SMALL, Sheet, width_of, wrapped
from bilan.report.figures import Point
from bilan.report.palette import BLUE, GREY, SECONDARY

_ROW, _BAR, _GAP = 17.0, 10.0, 6.0
_LABELS = 0.42  # of the width, at most
_HATCHED = 26.0  # width of the box that stands for what is hidden: it says nothing of how much
_LINE = 9.0


def bars(points: Sequence[Point], width: float) -> Sheet:
    """One bar a point, in their order, with its figure after it; what has none says why."""
    labels = min(_LABELS * width, 4 + max(width_of(point.label) for point in points))
    lines = [wrapped(point.label, labels) for point in points]
    heights = [max(_ROW, 3 + _LINE * len(cut)) for cut in lines]
    sheet = Sheet(width, sum(heights) + 2)
    left = labels + _GAP
    figures = max((width_of(_beside(point)) for point in points if point.is_shown), default=0) + _GAP
    room = width - left - figures
    highest = max((point.value or 0 for point in points), default=0) or 1
    y = 1.0
    for point, cut, height in zip(points, lines, heights, strict=True):
        middle = y + height / 2
        _label(sheet, cut, labels, middle)
        if point.is_shown:
            _bar(sheet, point, left, middle, room * (point.value or 0) / highest)
        else:
            without_figure(sheet, point, left, middle, width - left)
        y += height
    sheet.line([(left, 0), (left, sheet.height)], stroke=GREY)
    return sheet


def _label(sheet: Sheet, cut: Sequence[str], right: float, middle: float) -> None:
    top = middle + 3 - _LINE * (len(cut) - 1) / 2
    for place, line in enumerate(cut):
        sheet.text(right, top + _LINE * place, line, anchor="end")


def _bar(sheet: Sheet, point: Point, left: float, middle: float, length: float) -> None:
    sheet.rect(left, middle - _BAR / 2, length, _BAR, BLUE)
    after = left + length + 4
    sheet.text(after, middle + 3, point.text, weight=BOLD)
    if point.n:
        sheet.text(after + width_of(point.text) + 5, middle + 3, point.n, size=SMALL, fill=SECONDARY)


def _beside(point: Point) -> str:
    return f"{point.text}  {point.n}" if point.n else point.text


def without_figure(sheet: Sheet, point: Point, left: float, middle: float, room: float) -> None:
    """The mark of a status, and the status in words on as many lines as they need."""
    if point.status == SUPPRESSED:
        sheet.hatched(left, middle - _BAR / 2, _HATCHED, _BAR)
    elif point.status == NOT_YET_REPORTED:
        sheet.dotted(left, middle - _BAR / 2, _HATCHED, _BAR)
    start = left + (_HATCHED + 4 if point.status != "missing" else 4)
    cut = wrapped(point.text, room - (start - left), SMALL)
    for place, line in enumerate(cut):
        y = middle + 2.5 + (place - (len(cut) - 1) / 2) * (_LINE - 1)
        sheet.text(start, y, line, size=SMALL, fill=SECONDARY)
