"""One cell of the KPI cube: the figure that somebody asks about, found from the words that she used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilan.cube import KEY
from bilan.errors import PlainError
from bilan.warehouse.query import plain

DIMENSIONS = ("territory", "partner", "breakdown", "breakdown_value")
FIGURE = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate", "status")
Measured = dict[str, str | int | float | None]
_FOLDED = "lower(strip_accents({}))"


class UnknownCellError(PlainError):
    """No figure goes by those words. The message says what is known, in French."""


@dataclass(frozen=True)
class Cell:
    """The dimensions of one figure; None in a dimension other than the first five sums over it."""

    code: str
    programme: str
    period_kind: str
    period_start: date
    period_label: str
    model: str  # the KPI's model, whose table holds the figure
    territory: str | None = None
    partner: str | None = None
    breakdown: str | None = None
    breakdown_value: str | None = None

    def condition(self) -> tuple[str, list[object]]:
        """SQL that is true of this figure's row alone, with its values."""
        text = " AND ".join(f"{name} IS NOT DISTINCT FROM ?" for name in KEY)
        return text, [getattr(self, name) for name in KEY]

    def to_dict(self) -> dict[str, str | None]:
        """The dimensions as plain values, dates as ISO text."""
        return {
            "code": self.code,
            "programme": self.programme,
            "period_kind": self.period_kind,
            "period_start": self.period_start.isoformat(),
            **{name: getattr(self, name) for name in DIMENSIONS},
        }


def find_cell(
    file: Path, code: str, *, programme: str | None, period: str, dimensions: Mapping[str, str | None]
) -> Cell:
    """The cell of a warehouse's file that those words name, without regard to case or accents.

    `period` is « total », a label (« Phase 1 », « mars 2010 », « T1 2017 », « 2010-2011 ») or a month as
    2010-03. Raises UnknownCellError for a code, programme, period or value that the file does not know.
    """
    with duckdb.connect(file, read_only=True) as warehouse:
        known_code, model = _code(warehouse, code)
        figures = _Figures(warehouse, known_code, model)
        known_programme = figures.programme(programme)
        kind, start, label = period_of(warehouse, known_programme, period)
        values = {name: figures.value(name, dimensions.get(name)) for name in DIMENSIONS}
    return Cell(known_code, known_programme, kind, start, label, model, **values)


def read_figure(file: Path, cell: Cell) -> Measured:
    """What a warehouse's file says of the cell (FIGURE): value, interval, persons, status and the rest."""
    condition, values = cell.condition()
    with duckdb.connect(file, read_only=True) as warehouse:
        row = warehouse.execute(
            # names are ours
            f'SELECT {", ".join(FIGURE)} FROM main."{cell.model}" WHERE {condition}',  # noqa: S608
            values,
        ).fetchone()
    return figure_from(row)


def figure_from(row: Sequence[object] | None) -> Measured:
    """A row of FIGURE's columns as plain values; all None where there is no row."""
    return (
        {name: plain(value) for name, value in zip(FIGURE, row, strict=True)}
        if row
        else dict.fromkeys(FIGURE)
    )


def _code(warehouse: duckdb.DuckDBPyConnection, code: str) -> tuple[str, str]:
    row = warehouse.execute(
        "SELECT code, model FROM main.kpi_catalogue WHERE lower(code) = lower(?)", [code]
    ).fetchone()
    if row is None:
        rows = warehouse.execute("SELECT code FROM main.kpi_catalogue ORDER BY code").fetchall()
        raise UnknownCellError(f"Indicateur inconnu : {code}. Connus : {', '.join(row[0] for row in rows)}.")
    return row[0], row[1]


@dataclass(frozen=True)
class _Figures:
    """The figures of one code, in its model's table."""

    warehouse: duckdb.DuckDBPyConnection
    code: str
    model: str

    def programme(self, asked: str | None) -> str:
        known = self._known("programme")
        if asked is None and len(known) == 1:
            return known[0]
        for name in known:
            if asked is not None and name.lower() == asked.lower():
                return name
        raise UnknownCellError(f"{self.code} : préciser le programme, un de {', '.join(known)}.")

    def value(self, name: str, asked: str | None) -> str | None:
        if asked is None:
            return None
        row = self.warehouse.execute(
            f'SELECT DISTINCT {name} FROM main."{self.model}" '  # noqa: S608
            f"WHERE code = ? AND {_FOLDED.format(name)} = {_FOLDED.format('?')}",
            [self.code, asked],
        ).fetchone()
        if row is None:
            known = ", ".join(self._known(name)) or "aucune"
            raise UnknownCellError(f"{self.code} n'a pas {asked} ici ; valeurs connues : {known}.")
        return str(row[0])

    def _known(self, name: str) -> list[str]:
        rows = self.warehouse.execute(
            # the name is one of the dimensions
            f'SELECT DISTINCT {name} FROM main."{self.model}" '  # noqa: S608
            f"WHERE code = ? AND {name} IS NOT NULL ORDER BY 1",
            [self.code],
        ).fetchall()
        return [str(row[0]) for row in rows]


def period_of(warehouse: duckdb.DuckDBPyConnection, programme: str, period: str) -> tuple[str, date, str]:
    """The kind, first day and label of a period named in words; UnknownCellError where there is none."""
    label, english, asked = (_FOLDED.format(name) for name in ("label_fr", "label_en", "?"))
    row = warehouse.execute(
        # the words put in here are the expressions above
        "SELECT period_kind, period_start, label_fr FROM main.dim_period WHERE programme = ? AND ("  # noqa: S608
        f"{label} = {asked} OR {english} = {asked} OR (period_kind = 'total' AND lower(?) = 'total') "
        "OR (period_kind = 'month' AND strftime(period_start, '%Y-%m') = ?))",
        [programme, *[period] * 4],
    ).fetchone()
    if row is None:
        rows = warehouse.execute(
            "SELECT any_value(label_fr) FROM main.dim_period WHERE programme = ? "
            "GROUP BY period_kind ORDER BY period_kind",
            [programme],
        ).fetchall()
        raise UnknownCellError(
            f"Période inconnue : {period}. Exemples : total, {', '.join(row[0] for row in rows)}, 2010-03."
        )
    return row[0], row[1], row[2]
