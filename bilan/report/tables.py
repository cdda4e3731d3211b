"""The tables: measures by programme year or by territory, every status written out."""

from collections.abc import Sequence

from bilan.release.publication.shown.figures import EVERYWHERE
from bilan.report.document import Cell, Row, Table
from bilan.report.drawing import source
from bilan.report.figures import Figures, Point
from bilan.report.vocabulary import Words

MOST_YEARS = 5
_INDICATOR = Words("Indicateur", "Indicator")
_BY_YEAR = Words("Les chiffres, par année du programme", "The figures, by programme year")
_BY_TERRITORY = Words("Les chiffres, par territoire", "The figures, by territory")
_NOT_TOLD = Words("non diffusé", "not released")


def by_year(figures: Figures, codes: Sequence[str]) -> Table | None:
    """A row a measure that the release tells, a column a year of the headline period, and the whole."""
    shown = [code for code in codes if figures.has(code)]
    if not shown:
        return None
    periods = (*figures.years()[-MOST_YEARS:], figures.headline)
    rows = [_row(figures, code, [figures.one(code, period) for period in periods]) for code in shown]
    return Table(
        title=figures.named(_BY_YEAR),
        columns=(figures.named(_INDICATOR), *(period.label for period in periods)),
        rows=tuple(rows),
        source=source(figures, shown),
    )


def by_territory(figures: Figures, codes: Sequence[str]) -> Table | None:
    """A row a measure that the release tells by territory, a column a territory, and all of them."""
    points = {code: found for code in codes if (found := figures.by_territory(code))}
    if not points:
        return None
    names = sorted({point.label for found in points.values() for point in found})
    rows = []
    for code, found in points.items():
        by_label = {point.label: point for point in found}
        rows.append(_row(figures, code, [*(by_label.get(name) for name in names), figures.one(code)]))
    return Table(
        title=figures.named(_BY_TERRITORY),
        columns=(figures.named(_INDICATOR), *names, figures.named(Words(*EVERYWHERE))),
        rows=tuple(rows),
        source=source(figures, list(points)),
    )


def _row(figures: Figures, code: str, points: Sequence[Point | None]) -> Row:
    cells = tuple(
        _cell(point) if point else Cell(figures.named(_NOT_TOLD), is_status=True) for point in points
    )
    return Row(figures.says(code, "name"), figures.unit(code), cells)


def _cell(point: Point) -> Cell:
    if not point.is_shown:
        return Cell(point.text, is_status=True)
    return Cell(point.text, tuple(note for note in (point.provisional, point.n, point.interval) if note))
