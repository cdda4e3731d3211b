"""What is shown and hidden, figure by figure, while the figures of a programme are protected.

A figure is one row of the publication and rests on a few cells: what it counts, out of how many, how many
persons. It is shown whole or hidden whole; a cell is known as long as one figure that rests on it is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilan.disclosure.audit import Attacker, Audit, Bools, Change, Ints, Reach, matrix_of
from bilan.disclosure.figures.system import System

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A row of the publication: its origin, the cells that it rests on, what it is worth to readers."""

    origin: int
    cells: tuple[int, ...]
    worth: float
    is_total: bool  # of the whole programme, for a phase or since the beginning
    hidden_before: bool  # by a release that is still out


@dataclass(frozen=True)
class Needs:
    """What must stay uncertain."""

    cells: Bools  # attackers by cells
    width: Ints  # per cell: how many whole numbers at least between the least and the most that it may be
    least: Ints  # per cell: what everybody knows that it holds, once it is hidden
    shown_before: Bools  # per cell: whether a release that is out has shown it: it stays known
    unsettled: Bools  # empty cells that must not be known to be empty


class State:
    """The cells of a system under protection."""

    def __init__(
        self, system: System, figures: Sequence[Figure], attackers: Sequence[Attacker], needs: Needs
    ) -> None:
        """Everything is shown to begin with, but for what must be hidden, and was by releases still out."""
        self.system, self.figures, self.attackers, self.needs = system, figures, attackers, needs
        self.changes: list[Change] = []
        self.unsound = 0
        self.figures_of: dict[int, list[int]] = defaultdict(list)
        for at, figure in enumerate(figures):
            for cell in figure.cells:
                self.figures_of[cell].append(at)
        self.is_open = np.ones(len(figures), dtype=bool)
        self.showing = np.zeros(system.size, dtype=np.int32)
        self.price = np.zeros(system.size)  # what hiding each cell would cost: the worth of what shows it
        for cell, on_it in self.figures_of.items():
            self.showing[cell] = len(on_it)
            self.price[cell] = sum(figures[at].worth for at in on_it)
        self.hide_cells(np.flatnonzero(needs.cells.any(axis=0)))
        self.hide(at for at, figure in enumerate(figures) if figure.hidden_before)

    @property
    def known(self) -> Bools:
        """Per cell: whether a figure shows it, in this release or in one that is out."""
        return np.asarray((self.showing > 0) | self.needs.shown_before)

    @property
    def fixed(self) -> Bools:
        """Per cell: whether no change may touch it: shown by a release still out, or a shown zero."""
        nobody = (self.showing > 0) & (self.system.counts == 0) & ~self.needs.unsettled
        return np.asarray(self.needs.shown_before | nobody)

    def hide_cells(self, cells: Iterable[int]) -> None:
        """Hide every figure that shows one of those cells."""
        self.hide(at for cell in cells for at in self.figures_of.get(int(cell), ()))

    def hide(self, figures: Iterable[int]) -> None:
        """Hide those figures."""
        for at in figures:
            if self.is_open[at]:
                self._turn(at, -1)

    def show(self, figure: int) -> None:
        """Show that figure again."""
        self._turn(figure, 1)

    def _turn(self, figure: int, by: int) -> None:
        self.is_open[figure] = by > 0
        cells = list(self.figures[figure].cells)
        self.showing[cells] += by
        self.price[cells] += by * self.figures[figure].worth

    def cost_of(self, change: Change) -> float:
        """The worth of the figures that a change would hide."""
        rows = {at for cell in change.cells for at in self.figures_of.get(int(cell), ()) if self.is_open[at]}
        return sum(self.figures[at].worth for at in rows)

    def lacking(self) -> Bools:
        """Attackers by cells: whether the cell must be uncertain and is not proved so."""
        reach = self.reach(self.changes, self.known)
        self.unsound = reach.unsound
        return np.asarray(self.needs.cells & self._linked() & (reach.width < self.needs.width))

    def reach(self, changes: Sequence[Change], known: Bools) -> Reach:
        """What those changes prove to each attacker, where the cells of `known` are shown."""
        system = self.system
        audit = Audit(system.counts, system.equations, known, self.needs.least, self.attackers)
        return audit.reach(matrix_of(changes, system.size))

    def _linked(self) -> Bools:
        """Per cell: whether equations link it with a shown one; of the others nothing can be computed."""
        component = self.system.component
        is_shown = np.zeros(int(component.max(initial=-1)) + 1, dtype=bool)
        is_shown[component[self.known]] = True
        return np.asarray(is_shown[component])
