"""The figures of a programme under protection: their cells, what adds up, who attacks, what is at stake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from bilan.disclosure.audit import PUBLIC, Attacker, Bools
from bilan.disclosure.figures.context import Context
from bilan.disclosure.figures.partners import partners_of
from bilan.disclosure.figures.relations import relations_of
from bilan.disclosure.figures.sheet import TOLD, Row, Sheet, View, figure_key
from bilan.disclosure.figures.stakes import counts_at_stake, moves_at_stake
from bilan.disclosure.figures.state import Figure, State
from bilan.disclosure.figures.stretches import stretches_of
from bilan.disclosure.figures.system import System, system_of
from bilan.disclosure.rules import SMALLEST_SHOWN, WHOLE_TIME

# What a figure is worth to its readers: a bilan is read from the top, and quarter by quarter.
WORTH_OF_KINDS = {"total": 64.0, "phase": 48.0, "programme_year": 16.0, "fiscal_year": 4.0, "quarter": 8.0}
WORTH_OF_THE_WHOLE = 8.0  # no territory, no breakdown
WORTH_OF_A_TERRITORY = 2.0
WORTH_OF_A_HEADLINE = 3.0  # a bare code, not a companion of it
WORTH_OF_A_COUNT = 1.5  # not a rate, a mean, a median


@dataclass(frozen=True)
class Programme:
    """One programme under protection."""

    state: State
    moves: State | None  # the same figures, of which what moved since a release must stay uncertain
    already_public: int  # small counts that a release has shown

    def hidden(self) -> list[int]:
        """The figures that end up hidden, by their place among those given."""
        figures = zip(self.state.figures, self.state.is_open, strict=True)
        return [figure.origin for figure, is_open in figures if not is_open]

    def lacking(self) -> list[int]:
        """How many cells each attacker, the public first, knows too well."""
        both = [self.state.lacking(), *([self.moves.lacking()] if self.moves else [])]
        return [int(sum(found[at].sum() for found in both)) for at in range(len(self.state.attackers))]


def prepared(figures: pl.DataFrame, context: Context) -> Programme:
    """What is shown to begin with, what releases still out have fixed, and what must stay uncertain.

    `figures` are the rows to be published of one programme.
    """
    rows = [row for row in figures.iter_rows(named=True) if row["status"] in TOLD]
    sheet = Sheet(context.catalogue)
    resting = sheet.today(rows)
    today = len(sheet.counts)
    for release in context.earlier:
        sheet.before(release.seen(context.programme, context.catalogue).iter_rows(named=True))
    listed = [_figure(row, cells, sheet) for row, cells in zip(rows, resting, strict=True)]
    system, attackers = _attacked(sheet, context, sheet.views, len(sheet.counts))
    unsettled = _unsettled(rows, resting, system, context.at_bounds)
    needs, already_public = counts_at_stake(system, attackers, sheet, unsettled)
    moves = None
    if sheet.then:
        now, readers = _attacked(sheet, context, sheet.views[:1], today)
        moves = State(now, listed, readers, moves_at_stake(now, readers, sheet, listed))
    return Programme(State(system, listed, attackers, needs), moves, already_public)


def _attacked(
    sheet: Sheet, context: Context, views: Sequence[View], size: int
) -> tuple[System, list[Attacker]]:
    """The first cells of a sheet, so many, with all that holds between them, and who attacks."""
    seen = sheet.reader.values_seen(context.exact)
    stretches = stretches_of(views, sheet.told_to, sheet.counts[:size])
    sums, rests = relations_of([*views, stretches.view], sheet.told_to, seen, sheet.reader.bounds)
    system = system_of([*sheet.counts[:size], *stretches.counts], [*sums, *stretches.sums], rests)
    nothing = np.zeros(system.size, dtype=np.int64)
    public = Attacker(PUBLIC, nothing, nothing.astype(bool))
    return system, [public, *partners_of(system, views, stretches, sheet.reader, context)]


def _figure(row: Row, cells: Mapping[str, int], sheet: Sheet) -> Figure:
    return Figure(
        origin=row["origin"],
        cells=tuple(sorted(set(cells.values()))),
        worth=_worth(row),
        is_total=row["territory"] is None and row["breakdown"] is None and row["period_kind"] in WHOLE_TIME,
        hidden_before=figure_key(row) in sheet.hidden,
    )


def _worth(row: Row) -> float:
    """What hiding a figure takes from its readers."""
    worth = WORTH_OF_KINDS.get(str(row["period_kind"]), 1.0)
    if row["breakdown"] is None:
        worth *= WORTH_OF_THE_WHOLE if row["territory"] is None else WORTH_OF_A_TERRITORY
    worth *= WORTH_OF_A_HEADLINE if "." not in str(row["code"]) else 1.0
    return worth * (WORTH_OF_A_COUNT if row["format"] == "count" else 1.0)


def _unsettled(
    rows: Sequence[Row], resting: Sequence[Mapping[str, int]], system: System, excepted: frozenset[str]
) -> Bools:
    """The empty cells of rates of persons at 0 or at 100 %: all of a group, or none, is like the others."""
    found = np.zeros(system.size, dtype=bool)
    rest_of = {pair: rest for rest, pair in system.rests.items()}
    for row, cells in zip(rows, resting, strict=True):
        is_rate = row["format"] == "rate" and {"numerator", "denominator"} <= set(cells)
        if is_rate and row["code"] not in excepted and (row["n_persons"] or 0) >= SMALLEST_SHOWN:
            counted = cells["numerator"]
            ends = (counted, rest_of.get((cells["denominator"], (counted,))))
            found[[cell for cell in ends if cell is not None and system.counts[cell] == 0]] = True
    return found
