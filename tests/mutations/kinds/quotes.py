"""Quotation marks that stand where no program put them."""

from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import CSV, REMARKS, Draft, is_text
from tests.mutations.kinds.excess import unprotected

_QUOTES: Any = {"family": "text", "stage": Stage.WRITING, "suffixes": (CSV,)}


def _remarks(draft: Draft) -> list[list[Any]] | None:
    """The rows whose last cell is a remark; None when the table is not plain."""
    if draft.writing.quote_all or draft.sheets[0].grid[0][-1:] != [REMARKS]:
        return None
    rows = [row for row in draft.sheets[0].grid if row and row[-1] and row[-1] != REMARKS]
    special = {draft.writing.separator, "\n", "\r", '"'}
    plain = not any(isinstance(cell, str) and special & {*cell} for row in rows for cell in row)
    return rows if len(rows) >= 5 and len(rows) == len(draft.lines) and plain else None


def _set(draft: Draft, changes: dict[int, str]) -> bool:
    """Remarks with a mark in them, which stands for a quote written raw."""
    rows = _remarks(draft)
    if rows is None:
        return False
    for index, text in changes.items():
        rows[index][-1] = text
    return _raw(draft)


def _raw(draft: Draft) -> bool:
    """Write the quotes in the cells as they stand."""
    unprotected(draft)
    draft.touch_all()
    draft.touched_columns.update(draft.columns)
    return True


@mutation("one-stray-quote-before", **_QUOTES)
def _one_before(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): '"vu'})


@mutation("one-stray-quote-after", **_QUOTES)
def _one_after(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): 'vu"'})


@mutation("one-stray-quote-inside", **_QUOTES)
def _one_inside(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): '6 pi 2" environ'})


@mutation("two-stray-quotes-that-swallow-lines", **_QUOTES)
def _swallow(draft: Draft) -> bool:
    first = draft.random.randint(0, 1)
    return _set(draft, {first: '"vu avec elle', first + draft.random.randint(1, 3): 'rappel fait"'})


@mutation("two-stray-quotes-in-two-cells", **_QUOTES)
def _two_cells(draft: Draft) -> bool:
    return _set(draft, {0: 'dit "oui', 2: 'dit "non'})


@mutation("quotes-inside-a-remark", **_QUOTES, same=True)
def _inside(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): 'au "Carré bleu" hier'})


@mutation("quotes-around-part-of-a-remark", **_QUOTES)
def _around_part(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): '"Carré bleu" hier'})


@mutation("quotes-behind-a-backslash", **_QUOTES)
def _backslash(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): '"dit \\"non\\" hier"'})


@mutation("quotes-that-swallow-to-the-end", **_QUOTES)
def _to_the_end(draft: Draft) -> bool:
    """The last quote of the file closes a cell that opened rows above."""
    rows = _remarks(draft)
    return rows is not None and _set(draft, {1: '"vu', len(rows) - 1: 'fin"'})


@mutation("stray-quotes-in-names", **_QUOTES)
def _in_names(draft: Draft) -> bool:
    """A nickname in quotes, opened on one row and closed on another."""
    rows, names = _remarks(draft), [column.name for column in draft.kinds(Kind.NAME)]
    if rows is None or not names or names[0] not in draft.columns:
        return False
    at = draft.columns.index(names[0])
    filled = [row for row in rows if at < len(row) and is_text(row[at])]
    if len(filled) < 3:
        return False
    filled[0][at], filled[2][at] = f'"{filled[0][at]}', f'{filled[2][at]}"'
    return _raw(draft)


@mutation("quotes-in-curls-around-cells", **_QUOTES, same=True)
def _curls(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): "“vu hier”", 4: "« rappel »"})


@mutation("single-quotes-around-cells", **_QUOTES)
def _single(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): f"'vu{draft.writing.separator} hier'"})


@mutation("space-before-the-quotes", **_QUOTES)
def _space_before(draft: Draft) -> bool:
    return _set(draft, {draft.random.randint(0, 3): f' "vu{draft.writing.separator} hier"'})


@mutation("line-ends-inside-quotes", **{**_QUOTES, "stage": Stage.LINES, "family": "remarks"}, same=True)
def _line_ends(draft: Draft) -> bool:
    for line in draft.lines[:3]:
        line.cells[REMARKS] = draft.random.choice(["vu\nrappelé", "vu\r\nrappelé\r\n", "a\n\nb"])
    return True
