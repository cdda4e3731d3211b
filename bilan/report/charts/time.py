"""A measure over periods: columns with their figure, and the running total as a line."""

import re
from collections.abc import Sequence

from bilan.cube import NOT_YET_REPORTED, SUPPRESSED
from bilan.report.charts.svg import BOLD, SMALL, Sheet, nice_top, width_of, wrapped
from bilan.report.figures import Point
from bilan.report.palette import BLUE, GREY, RULE, SECONDARY

HEIGHT = 124.0
_TOP, _FOOT, _KEY = 14.0, 26.0, 14.0
_MASKED = 0.3  # of the height: what a hatched column's height says is nothing
_WIDEST = 34.0
_QUARTERS = 4


def columns(points: Sequence[Point], width: float) -> Sheet:
    """One column a period, its figure on top; what has none is hatched, dotted or dashed, with its key."""
    statuses = list(dict.fromkeys((p.status, p.text) for p in points if not p.is_shown))
    sheet = Sheet(width, HEIGHT + _KEY * len(statuses))
    base = HEIGHT - _FOOT
    slot = width / len(points)
    thick = min(_WIDEST, slot * 0.72)
    highest = max((p.value or 0 for p in points), default=0) or 1
    size = SMALL if max(width_of(p.text, SMALL) for p in points if p.is_shown) < slot else SMALL - 1
    for place, point in enumerate(points):
        middle = slot * (place + 0.5)
        left = middle - thick / 2
        if point.is_shown:
            tall = (base - _TOP) * (point.value or 0) / highest
            sheet.rect(left, base - tall, thick, tall, BLUE)
            sheet.text(middle, base - tall - 3, point.text, anchor="middle", size=size)
        elif point.status == SUPPRESSED:
            tall = (base - _TOP) * _MASKED
            sheet.hatched(left, base - tall, thick, tall)
        elif point.status == NOT_YET_REPORTED:
            tall = (base - _TOP) * _MASKED
            sheet.dotted(left, base - tall, thick, tall)
        else:
            sheet.text(middle, base - 3, "–", anchor="middle", fill=GREY)
    sheet.line([(0, base), (width, base)], stroke=GREY)
    _periods(sheet, points, slot, base)
    _key(sheet, statuses, HEIGHT)
    return sheet


def running(points: Sequence[Point], width: float) -> Sheet:
    """A line through the running totals that are known, each dot its total, the last one written."""
    sheet = Sheet(width, HEIGHT)
    base = HEIGHT - _FOOT
    slot = width / len(points)
    highest = max((p.value or 0 for p in points), default=0) or 1
    top, step = nice_top(highest)
    level = step
    while level <= top:
        y = base - (base - _TOP) * level / top
        sheet.line([(0, y), (width, y)], stroke=RULE)
        sheet.text(0, y - 2, f"{level:,.0f}".replace(",", "\u00a0"), size=SMALL - 0.5, fill=SECONDARY)
        level += step
    known = [
        (slot * (place + 0.5), base - (base - _TOP) * point.value / top, point)
        for place, point in enumerate(points)
        if point.value is not None
    ]
    sheet.line([(x, y) for x, y, _ in known], stroke=BLUE, width=1.6)
    for x, y, _ in known:
        sheet.dot(x, y, 2)
    if known:
        x, y, last = known[-1]
        sheet.text(min(x, width - 2), y - 5, last.text, anchor="end", weight=BOLD)
    sheet.line([(0, base), (width, base)], stroke=GREY)
    _periods(sheet, points, slot, base)
    return sheet


def _periods(sheet: Sheet, points: Sequence[Point], slot: float, base: float) -> None:
    """The periods' names where they fit; else those of quarters, and the years that they belong to."""
    if all(width_of(point.label, SMALL) < slot * 1.6 for point in points) and len(points) <= _QUARTERS + 1:
        for place, point in enumerate(points):
            for line, text in enumerate(wrapped(point.label, slot, SMALL)):
                y = base + 10 + 8 * line
                sheet.text(slot * (place + 0.5), y, text, anchor="middle", size=SMALL, fill=SECONDARY)
        return
    years: dict[str, list[int]] = {}
    for place, point in enumerate(points):
        quarter, year = _quarter_and_year(point.label)
        years.setdefault(year, []).append(place)
        if slot > width_of(quarter, SMALL - 1):
            x = slot * (place + 0.5)
            sheet.text(x, base + 9, quarter, anchor="middle", size=SMALL - 1, fill=SECONDARY)
    for year, places in years.items():
        left, right = slot * places[0], slot * (places[-1] + 1)
        sheet.line([(left + 2, base + 13), (right - 2, base + 13)], stroke=RULE, width=0.8)
        sheet.text((left + right) / 2, base + 22, year, anchor="middle", size=SMALL, fill=SECONDARY)


def _quarter_and_year(label: str) -> tuple[str, str]:
    """« T1 » and « 2009 »; of « déc. 2008 à févr. 2009 », « déc. » and « 2008 », when it begins."""
    year = re.search(r"\d{4}", label)
    return re.split(r"[\s–]", label)[0], year[0] if year else label.partition(" ")[2]


def _key(sheet: Sheet, statuses: Sequence[tuple[str, str]], top: float) -> None:
    for place, (status, words) in enumerate(statuses):
        y = top + _KEY * place
        if status == SUPPRESSED:
            sheet.hatched(0, y, 18, 8)
        elif status == NOT_YET_REPORTED:
            sheet.dotted(0, y, 18, 8)
        else:
            sheet.text(9, y + 7, "–", anchor="middle", fill=GREY)
        sheet.text(23, y + 7, words, size=SMALL, fill=SECONDARY)
