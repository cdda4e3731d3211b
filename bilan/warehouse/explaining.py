"""Why a figure moved between two states of knowledge: the events responsible, adding up exactly.

The figure is computed by its own model's SQL while the facts of the earlier state are changed, one
event after the other in the order in which they were told, into those of the later one. What each
event changes is its contribution, so that contributions add up to the difference by construction.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bilan.contracts import UNLINK_TYPE
from bilan.errors import PlainError
from bilan.warehouse.cell import FIGURE, Cell, Measured, figure_from
from bilan.warehouse.changes import Change, attributed_changes, window_events
from bilan.warehouse.tracing import Event, told_events

Recompute = Callable[[duckdb.DuckDBPyConnection], None]
CONTEXT, INDIRECT = "context", "indirect"


class UnexplainedError(PlainError):
    """The steps did not lead to the later figure: a fault of ours, never of the data."""


@dataclass(frozen=True)
class Known:
    """A state of knowledge: statements up to a day, of what the ledger held up to a sequence."""

    at: date | None  # None: all of them
    through: int | None = None  # None: the whole ledger

    def condition(self) -> str:
        """SQL that is true of the events known."""
        day = f"reporteddate <= DATE '{self.at.isoformat()}'" if self.at else "true"
        return f"({day} AND sequence <= {self.through})" if self.through is not None else f"({day})"


@dataclass(frozen=True)
class Side:
    """A warehouse's file whose models were built in a state of knowledge."""

    file: Path
    known: Known


@dataclass(frozen=True)
class Model:
    """A KPI's model: its compiled SQL, the relations of `main` that it reads, those that Python makes."""

    sql: str
    relations: Sequence[str]
    recomputed: Mapping[str, Recompute] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What one event, the passing of time (`context`) or a consequence (`indirect`) did to the figure."""

    cause: str  # late, new, corrected, retracted, linked, unlinked, context, indirect
    event: Event | None
    contribution: float
    after: Measured


@dataclass(frozen=True)
class Explanation:
    """The figure before and after, and the steps between; a figure that is missing counts as 0."""

    before: Measured
    after: Measured
    steps: tuple[Step, ...]
    neutral: int  # events that touched the figure's facts and moved nothing

    @property
    def difference(self) -> float:
        """After less before; the contributions add up to it."""
        return _number(self.after) - _number(self.before)


def explain(before: Side, after: Side, model: Model, cell: Cell) -> Explanation:
    """Walk the cell's figure from one state to the other. UnexplainedError when the walk ends elsewhere."""
    with (
        TemporaryDirectory(dir=after.file.parent) as folder,
        # the models' SQL names the catalog, which DuckDB calls by the file's stem
        duckdb.connect(Path(folder) / after.file.name) as scratch,
    ):
        for name, side in (("earlier", before), ("later", after)):
            path = str(side.file).replace("'", "''")
            scratch.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        return _Walk(scratch, before, after, model, cell).explanation()


class _Walk:
    """The facts of the earlier state, on their way to the later one."""

    def __init__(
        self, scratch: duckdb.DuckDBPyConnection, before: Side, after: Side, model: Model, cell: Cell
    ) -> None:
        self.scratch, self.model, self.cell = scratch, model, cell
        self.since = before.known
        self.window = window_events(scratch, before.known.condition(), after.known.condition())
        scratch.execute("CREATE SCHEMA reference")
        for source in _tables(scratch, "later", "reference"):
            scratch.execute(f'CREATE TABLE reference."{source}" AS FROM later.reference."{source}"')
        for relation in model.relations:
            self._take(relation, "earlier")

    def explanation(self) -> Explanation:
        first = now = self._figure()
        steps: list[Step] = []
        neutral = 0
        facts = [
            name
            for name in self.model.relations
            if self._has_facts(name) and name not in self.model.recomputed
        ]
        changes = attributed_changes(self.scratch, facts, self.window)
        for relation in self.model.relations:
            if relation not in facts and relation not in self.model.recomputed:
                self._take(relation, "later")
        for change in (change for change in changes if change.by_itself):
            self._apply(change)
        now, neutral = self._note(steps, CONTEXT, None, now, neutral)
        for event, of_event in _in_order(changes, list(self.window)):
            for change in of_event:
                self._apply(change)
            cause = self._cause(event) if event else INDIRECT
            now, neutral = self._note(steps, cause, event, now, neutral)
        self._check(now)
        return Explanation(first, now, tuple(steps), neutral)

    def _note(
        self, steps: list[Step], cause: str, event: str | None, before: Measured, neutral: int
    ) -> tuple[Measured, int]:
        """Measure again; a step that moved the figure is kept, another is counted.

        Who is who is taken whole from the later side, so the link rate moves at once and makes no step.
        """
        after = self._figure()
        moved = _number(after) - _number(before)
        if moved == 0 and {**after, "link_rate": before["link_rate"]} == before:
            return after, neutral + (event is not None)
        told = told_events(self.scratch, [event], "later.ledger")[0] if event else None
        steps.append(Step(cause, told, moved, after))
        return after, neutral

    def _figure(self) -> Measured:
        for recompute in self.model.recomputed.values():
            recompute(self.scratch)
        condition, values = self.cell.condition()
        row = self.scratch.execute(
            f"SELECT {', '.join(FIGURE)} FROM ({self.model.sql}) AS measured WHERE {condition}",  # noqa: S608
            values,
        ).fetchone()
        return figure_from(row)

    def _take(self, relation: str, side: str) -> None:
        """Have the relation as one side has it; of the cells, the one asked for."""
        where, values = "true", []
        if relation == "dim_cell":
            where = (
                "programme = ? AND territory IS NOT DISTINCT FROM ? AND period_kind = ? AND period_start = ?"
            )
            values = [self.cell.programme, self.cell.territory, self.cell.period_kind, self.cell.period_start]
        self.scratch.execute(
            f'CREATE OR REPLACE TABLE main."{relation}" AS '  # noqa: S608
            f'SELECT * FROM {side}.main."{relation}" WHERE {where}',
            values,
        )

    def _has_facts(self, relation: str) -> bool:
        row = self.scratch.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE database_name = 'later' AND schema_name = 'main' "
            "AND table_name = ? AND column_name = 'fact_id'",
            [relation],
        ).fetchone()
        return bool(row and row[0])

    def _apply(self, change: Change) -> None:
        table = f'main."{change.relation}"'
        self.scratch.execute(f"DELETE FROM {table} WHERE fact_id = ?", [change.fact])  # noqa: S608
        self.scratch.execute(
            f'INSERT INTO {table} SELECT * FROM later.main."{change.relation}" WHERE fact_id = ?',  # noqa: S608
            [change.fact],
        )

    def _cause(self, event: str) -> str:
        told = self.window[event]
        if told.is_link:
            return "unlinked" if told.type == UNLINK_TYPE else "linked"
        if told.was_told and told.action != "assert":
            return {"correct": "corrected", "retract": "retracted"}[told.action]
        return "late" if self.since.at is None or told.last_day <= self.since.at else "new"

    def _check(self, reached: Measured) -> None:
        for relation in self.model.relations:
            if relation not in self.model.recomputed:
                self._take(relation, "later")
        if self._figure() != reached:
            raise UnexplainedError(f"{self.cell.code} : le détail n'explique pas le chiffre d'arrivée.")


def _in_order(changes: list[Change], order: list[str]) -> list[tuple[str | None, list[Change]]]:
    """The changes by event, in the order in which the events were told; those of no event come last."""
    by_event: dict[str | None, list[Change]] = defaultdict(list)
    for change in changes:
        if not change.by_itself:
            by_event[change.event].append(change)
    last = len(order)
    place = {event: number for number, event in enumerate(order)}
    return sorted(by_event.items(), key=lambda item: place[item[0]] if item[0] else last)


def _tables(scratch: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[str]:
    rows = scratch.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = ?",
        [database, schema],
    )
    return [row[0] for row in rows.fetchall()]


def _number(figure: Measured) -> float:
    value = figure["value"]
    return float(value) if isinstance(value, int | float) else 0.0
