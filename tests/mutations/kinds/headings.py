"""Headings that are not quite the contract's."""

from typing import Any

from bilan.contracts import Column
from tests.mutations.catalogue import Stage, add, mutation
from tests.mutations.draft import Draft

_HEADINGS: Any = {"family": "headings", "stage": Stage.LINES}


def _same(name: str, written: Any) -> None:
    def apply(draft: Draft) -> bool:
        for column in draft.columns:
            draft.headings[column] = written(column)
        return True

    add(name, "headings", Stage.LINES, apply, same=True)


_same("headings-in-capitals", lambda name: name.upper().replace("_", " "))
_same("headings-with-hard-spaces", lambda name: f"\u00a0{name.replace('_', ' ')} ")
_same("headings-with-hyphens", lambda name: name.replace("_", "-").title())
_same("headings-with-a-colon", lambda name: f"{name} :")
_same("headings-with-a-star", lambda name: f"{name} *")
_same("headings-over-two-lines-of-a-cell", lambda name: name.replace("_", "\n"))


def _optional(draft: Draft) -> list[Column]:
    return [
        column
        for column in draft.clean.contract.columns
        if not column.required and column.name in draft.columns
    ]


def _renamed(draft: Draft, heading: Any) -> bool:
    """An optional heading written otherwise: the column is read, or named as not read."""
    filled = [
        column
        for column in _optional(draft)
        if any(line.cells[column.name] is not None for line in draft.lines)
    ]
    if not filled:
        return False
    name = draft.random.choice(filled).name
    draft.headings[name] = heading(name)
    draft.touched_columns.update({name, f"{name}_precision"})
    draft.touch_all()
    draft.renamed = True
    return True


@mutation("heading-with-a-typing-error", **_HEADINGS, delicate=True)
def _typo(draft: Draft) -> bool:
    return _renamed(draft, lambda name: name[:3] + name[4:])


@mutation("heading-with-a-unit", **_HEADINGS, delicate=True)
def _with_unit(draft: Draft) -> bool:
    return _renamed(draft, lambda name: f"{name} (si connu)")


@mutation("heading-in-english", **_HEADINGS, delicate=True)
def _english(draft: Draft) -> bool:
    return _renamed(draft, lambda name: f"{name.split('_')[0]} date")


@mutation("heading-left-blank", **_HEADINGS)
def _blank_heading(draft: Draft) -> bool:
    """A column without a heading, in the middle of the table: nobody reads its cells."""
    if not _renamed(draft, lambda _: None):
        return False
    draft.renamed, draft.unnamed = False, True
    return True


@mutation("same-heading-twice-the-first-blank", **_HEADINGS)
def _twice(draft: Draft) -> bool:
    """A column inserted under a heading that was already there."""
    names = [
        column.name
        for column in _optional(draft)
        if any(line.cells[column.name] is not None for line in draft.lines)
    ]
    if not names:
        return False
    name = draft.random.choice(names)
    twin = f"{name}:twin"
    draft.columns.insert(draft.random.choice([0, draft.columns.index(name)]), twin)
    draft.headings[twin] = draft.headings[name]
    for line in draft.lines:
        line.cells[twin] = None
    draft.touched_columns.add(name)
    draft.touch_all()
    return True


@mutation("same-heading-twice-with-other-values", **_HEADINGS)
def _twice_otherwise(draft: Draft) -> bool:
    """Two columns of one heading that contradict each other."""
    names = [column.name for column in _optional(draft)]
    full = [name for name in names if len({str(line.cells[name]) for line in draft.lines}) > 1]
    if not full:
        return False
    name = draft.random.choice(full)
    twin = f"{name}:twin"
    draft.columns.insert(0, twin)
    draft.headings[twin] = draft.headings[name]
    values = [line.cells[name] for line in draft.lines]
    for line, other in zip(draft.lines, values[1:] + values[:1], strict=True):
        line.cells[twin] = other
        if other != line.cells[name]:
            draft.lose(line)
    draft.touched_columns.add(name)
    draft.touch_all()
    return True


@mutation("amounts-headed-in-thousands", **_HEADINGS)
def _in_thousands(draft: Draft) -> bool:
    """« montant (en milliers) » : 80,5 is 80 500."""
    if "montant" not in draft.columns or not draft.untouched("montant"):
        return False
    draft.headings["montant"] = "montant (en milliers)"
    for line in draft.lines:
        draft.put(line, "montant", line.cells["montant"] / 1000)
    return True


@mutation("required-heading-missing", **_HEADINGS)
def _missing(draft: Draft) -> bool:
    required = [column.name for column in draft.clean.contract.columns if column.required]
    draft.headings[draft.random.choice(required)] = "Renseignement"
    draft.touch_all()
    return True
