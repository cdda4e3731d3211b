"""What each attacker could still work out: the public, and every partner with its own figures."""

import numpy as np

from bilan.disclosure.kpi.bounds import Bools
from bilan.disclosure.kpi.programme import Programme
from bilan.disclosure.kpi.proof import prove, subtracted
from bilan.disclosure.kpi.quantities import UNKNOWN, Quantities
from bilan.disclosure.kpi.ways import Ways
from bilan.disclosure.rules import SMALLEST_SHOWN


def lacking_of(programme: Programme) -> Bools:
    """Attackers by cells: what the sound ways leave too certain."""
    state = programme.state
    up, down, unsound = prove(
        programme.quantities, programme.changes, state.shown, state.positive, programme.partners
    )
    programme.unsound = unsound
    return np.asarray(needs_of(programme) & (up + down < programme.width))


def needs_of(programme: Programme) -> Bools:
    """Attackers by cells: what must stay uncertain to each; not what is all its own."""
    quantities = programme.quantities
    needs = [programme.sensitive]
    for partner in programme.partners:
        own = own_of(quantities, partner)
        alone: Bools = np.zeros(quantities.counts.shape, dtype=bool)
        told: Bools = np.zeros(len(quantities.counts), dtype=bool)
        for wholes, parts in quantities.splits:
            mine = [part for part in parts if part in own]
            for whole in wholes:
                told[whole] |= any(quantities.holder[part] is not None for part in parts)
                if mine:
                    held = quantities.counts[mine].sum(axis=0)
                    alone[whole] = alone[whole] | (held >= quantities.counts[whole])
        alone[sorted(own)] = True
        needs.append(programme.sensitive & ~alone.ravel() & np.repeat(told, quantities.grid.size))
    return np.asarray(np.array(needs) & np.repeat(_published(programme), quantities.grid.size))


def _published(programme: Programme) -> Bools:
    """The quantities linked to one that some figure shows: of the others, nothing is said at all."""
    quantities = programme.quantities
    showing = (programme.state.showing > 0).reshape(quantities.counts.shape)
    told = np.asarray(showing.any(axis=(1, 2)))
    found = np.zeros_like(told)
    for ways in {id(ways): ways for ways in finders_of(quantities).values()}.values():
        found[list(ways.members)] = told[list(ways.members)].any()
    return found


def subtracted_of(programme: Programme) -> Bools:
    """The small counts of withheld levels that subtractions, one after another, would give away."""
    state = programme.state
    public = (programme.cells["partner"].is_null() & (programme.cells["release"] == 0)).to_numpy()
    at = programme.quantities.rows[public]
    withheld = np.zeros_like(programme.sensitive)
    withheld[at[at != UNKNOWN]] = True
    small = (state.counts > 0) & (state.counts < SMALLEST_SHOWN)
    told = subtracted(programme.quantities, state.shown) & ~state.shown
    return np.asarray(told & withheld & small & ~programme.sensitive)


def own_of(quantities: Quantities, partner: str) -> frozenset[int]:
    """The quantities that are a partner's own figures."""
    return frozenset(at for at, holder in enumerate(quantities.holder) if holder == partner)


def finders_of(quantities: Quantities) -> dict[int, Ways]:
    """For each quantity, the finder of ways of all that is linked to it."""
    root = list(range(len(quantities.counts)))

    def find(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for split in quantities.splits:
        for other in (*split.wholes[1:], *split.parts):
            root[find(other)] = find(split.wholes[0])
    together: dict[int, list[int]] = {}
    for quantity in range(len(root)):
        together.setdefault(find(quantity), []).append(quantity)
    found = {}
    for members in together.values():
        coupled = not bool(quantities.is_stock[members].all())
        ways = Ways(quantities, tuple(members), coupled)
        found.update(dict.fromkeys(members, ways))
    return found
