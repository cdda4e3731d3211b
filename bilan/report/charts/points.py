"""Points with their interval, a curve with its band, and what was before beside what came after."""

from collections.abc import Sequence

from bilan.report.charts.bars import without_figure
from bilan.report.charts.svg import BOLD, SMALL, Sheet, nice_top, width_of
from bilan.report.figures import Point
from bilan.report.palette import BLUE, GREY, INK, RULE, SECONDARY, TINT

_ROW, _GAP = 22.0, 6.0
_CURVE = 152.0


def intervals(points: Sequence[Point], width: float) -> Sheet:
    """One row a point: a dot at the figure and, where there is one, its interval as a line."""
    labels = 4 + max(width_of(point.label) for point in points)
    left, right = labels + _GAP, width - 62.0
    highest = max((p.high or p.value or 0 for p in points), default=0) or 1
    sheet = Sheet(width, _ROW * len(points) + 2)
    sheet.line([(left, 0), (left, sheet.height)], stroke=GREY)
    for place, point in enumerate(points):
        middle = _ROW * (place + 0.5)
        sheet.text(labels, middle + 3, point.label, anchor="end")
        if not point.is_shown:
            without_figure(sheet, point, left, middle, width - left)
            continue
        scale = (right - left) / highest
        if point.low is not None and point.high is not None:
            low, high = left + max(0, point.low) * scale, left + point.high * scale
            sheet.line([(low, middle), (high, middle)], stroke=TINT, width=4)
        sheet.dot(left + (point.value or 0) * scale, middle, 4)
        sheet.text(right + 8, middle + 0.5, point.text, weight=BOLD)
        sheet.text(right + 8, middle + 9, point.n, size=SMALL - 0.5, fill=SECONDARY)
    return sheet


def curve(points: Sequence[tuple[float, Point]], width: float, axis: str) -> Sheet:
    """A share over time: `points` at so many months, the band their interval; `axis` names the months."""
    sheet = Sheet(width, _CURVE)
    left, right, top, base = 30.0, width - 34.0, 16.0, _CURVE - 28
    last = max(month for month, _ in points)
    highest, step = nice_top(max(p.high or p.value or 0 for _, p in points))

    def at(month: float, share: float) -> tuple[float, float]:
        return left + (right - left) * month / last, base - (base - top) * share / highest

    for mark in range(round(highest / step) + 1):
        _, y = at(0, mark * step)
        sheet.line([(left, y), (right, y)], stroke=GREY if mark == 0 else RULE)
        sheet.text(left - 4, y + 3, f"{100 * mark * step:.0f}", anchor="end", size=SMALL, fill=SECONDARY)
    sheet.text(0, 7, "%", size=SMALL, fill=SECONDARY)
    shown = [(month, p) for month, p in points if p.value is not None]
    banded = [(month, p) for month, p in shown if p.low is not None and p.high is not None]
    upper = [at(0, 0), *(at(month, p.high or 0) for month, p in banded)]
    lower = [at(month, p.low or 0) for month, p in reversed(banded)]
    if banded:
        sheet.area([*upper, *lower], TINT)
    sheet.line([at(0, 0), *(at(month, p.value or 0) for month, p in shown)], stroke=BLUE, width=1.8)
    for month, point in points:
        x, _ = at(month, 0)
        sheet.text(x, base + 11, f"{month:g}", anchor="middle", size=SMALL, fill=SECONDARY)
        if point.value is None:
            sheet.text(x, base - 4, "–", anchor="middle", fill=GREY)
            continue
        x, y = at(month, point.value)
        sheet.dot(x, y, 3.2)
        sheet.text(x, y - 7, point.text, anchor="middle", weight=BOLD)
    sheet.text((left + right) / 2, base + 23, axis, anchor="middle", size=SMALL, fill=SECONDARY)
    return sheet


def dumbbells(rows: Sequence[tuple[str, Point, Point]], width: float, before: str, after: str) -> Sheet:
    """One row a label: a hollow dot before, a full one after, and the way between them."""
    labels = 4 + max(width_of(label) for label, _, _ in rows)
    left, right = labels + _GAP + 8, width - 30.0
    values = [p.value for _, one, two in rows for p in (one, two) if p.value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low = max(0.0, low - (high - low or 1) * 0.25)
    sheet = Sheet(width, _ROW * len(rows) + 18)
    sheet.dot(left + 3, 6, 3, fill="#FFFFFF", stroke=BLUE)
    sheet.text(left + 10, 9, before, size=SMALL, fill=SECONDARY)
    sheet.dot(left + 23 + width_of(before, SMALL), 6, 3)
    sheet.text(left + 30 + width_of(before, SMALL), 9, after, size=SMALL, fill=SECONDARY)
    for place, (label, one, two) in enumerate(rows):
        middle = 18 + _ROW * (place + 0.5)
        sheet.text(labels, middle + 3, label, anchor="end")
        if one.value is None or two.value is None:
            without_figure(sheet, one if one.value is None else two, left, middle, width - left)
            continue
        x1, x2 = (left + (right - left) * (v - low) / (high - low or 1) for v in (one.value, two.value))
        sheet.line([(left, middle), (right, middle)], stroke=RULE)
        sheet.line([(x1, middle), (x2, middle)], stroke=TINT, width=4)
        sheet.dot(x1, middle, 4, fill="#FFFFFF", stroke=BLUE)
        sheet.dot(x2, middle, 4)
        sheet.text(x1 - 7, middle + 3, one.text, anchor="end", fill=INK)
        sheet.text(x2 + 7, middle + 3, two.text, weight=BOLD)
    return sheet
