"""Cells of two dimensions: the darker, the more; each with its figure."""

from collections.abc import Mapping, Sequence

from bilan.cube import SUPPRESSED
from bilan.report.charts.svg import BOLD, SMALL, Sheet, width_of, wrapped
from bilan.report.figures import Point
from bilan.report.palette import INK, SECONDARY

_ROW, _HEAD = 40.0, 16.0
_DARK = 0.55  # of the scale: from there on, figures are white
_PALE, _DEEP = (233, 240, 246), (11, 79, 138)


def matrix(
    rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], Point], width: float
) -> Sheet:
    """A grid; a cell without figure has its status in words, hatched if hidden."""
    labels = 8 + max(width_of(row) for row in rows)
    wide = (width - labels) / len(columns)
    highest = max((point.value or 0 for point in cells.values()), default=0) or 1
    sheet = Sheet(width, _HEAD + _ROW * len(rows))
    for place, name in enumerate(columns):
        x = labels + wide * (place + 0.5)
        sheet.text(x, 10, name, anchor="middle", size=SMALL, fill=SECONDARY)
    for line, row in enumerate(rows):
        y = _HEAD + _ROW * line
        sheet.text(labels - 8, y + _ROW / 2 + 3, row, anchor="end")
        for place, name in enumerate(columns):
            x = labels + wide * place
            _cell(sheet, cells[row, name], (x + 1, y + 1, wide - 2, _ROW - 2), highest)
    return sheet


def _cell(sheet: Sheet, point: Point, box: tuple[float, float, float, float], highest: float) -> None:
    x, y, width, height = box
    middle = y + height / 2 + 3
    if point.is_shown:
        share = (point.value or 0) / highest
        sheet.rect(x, y, width, height, _shade(share))
        fill = "#FFFFFF" if share > _DARK else INK
        sheet.text(x + width / 2, middle, point.text, anchor="middle", size=11, weight=BOLD, fill=fill)
    else:
        if point.status == SUPPRESSED:
            sheet.hatched(x, y, width, height)
        lines = wrapped(point.text, width - 12, SMALL)
        sheet.rect(x + 5, middle - 8 - 4.5 * (len(lines) - 1), width - 10, 9 * len(lines) + 3, "#FFFFFF")
        for place, line in enumerate(lines):
            down = middle - 1 + 9 * place - 4.5 * (len(lines) - 1)
            sheet.text(x + width / 2, down, line, anchor="middle", size=SMALL, fill=SECONDARY)


def _shade(share: float) -> str:
    mixed = (round(pale + (deep - pale) * share) for pale, deep in zip(_PALE, _DEEP, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)
