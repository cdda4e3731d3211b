"""The same rows more than once, alike or not."""

from datetime import timedelta
from typing import Any

from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import Draft, Line, is_day

_COPIES: Any = {"family": "copies", "stage": Stage.LINES}


@mutation("one-row-twice", **_COPIES, same=True)
def _one_twice(draft: Draft) -> bool:
    line = draft.random.choice(draft.lines)
    draft.lines.append(Line(line.place, dict(line.cells)))
    return True


@mutation("every-row-twice", **_COPIES, same=True)
def _every_twice(draft: Draft) -> bool:
    draft.lines += [Line(line.place, dict(line.cells)) for line in draft.lines]
    return True


@mutation("one-row-twice-with-another-date", **_COPIES)
def _twice_otherwise(draft: Draft) -> bool:
    """One key, two days: nobody could know which."""
    name = draft.clean.contract.principal_date
    cells = draft.free([draft.column(name)], is_day)
    for line, _ in cells[:1]:
        day = line.cells[name]
        other = Line(line.place, {**line.cells, name: day - timedelta(7)})
        draft.lines.append(other)
        draft.taken.add((line.place, name))
        draft.lose(line, other)
        draft.touched_columns.add(name)
    return bool(cells)


@mutation("one-row-twice-half-filled", **_COPIES)
def _half_filled(draft: Draft) -> bool:
    """The second time, what may be blank is, but for the person and her consent."""
    contract = draft.clean.contract
    kept = {name for event in contract.events if not event.when for name in event.data}
    optional = [
        column.name
        for column in contract.columns
        if column.name in kept.difference(contract.subject.columns, [contract.subject.consent])
        and not column.required
        and column.default is None
        and not column.required_if
    ]
    lines = [line for line in draft.lines if any(line.cells[name] is not None for name in optional)]
    if not lines:
        return False
    line = draft.random.choice(lines)
    other = Line(line.place, {**line.cells, **dict.fromkeys(optional)})
    draft.lines.append(other)
    draft.taken |= {(line.place, name) for name in line.cells}
    draft.lose(line, other)
    draft.touched_columns.update(optional)
    return True


@mutation("rows-in-another-order", **_COPIES, same=True)
def _shuffled(draft: Draft) -> bool:
    draft.random.shuffle(draft.lines)
    return True
