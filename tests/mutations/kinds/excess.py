"""Cells in excess: separators that no quote protects, notes beside the table, lines cut short."""

import csv
from io import StringIO
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import BOTH, Stage, mutation
from tests.mutations.draft import CSV, REMARKS, Draft, is_number, is_text
from tests.mutations.writing import as_text

_TEXT: Any = {"family": "text", "stage": Stage.WRITING, "suffixes": (CSV,)}


def unprotected(draft: Draft) -> None:
    """Write every cell as it is, without any quote."""

    def edit(text: str) -> str:
        rows = csv.reader(StringIO(text, newline=""), delimiter=draft.writing.separator)
        return "".join(draft.writing.separator.join(row) + draft.writing.newline for row in rows)

    draft.writing.on_text.append(edit)


@mutation("separator-in-a-remark", **_TEXT)
def _in_remark(draft: Draft) -> bool:
    """In the last column, which no event keeps: the careful reader sees that the rest is whole."""
    if draft.sheets[0].grid[0][-1:] != [REMARKS]:
        return False
    draft.sheets[0].grid[1][-1] = f"vu{draft.writing.separator} rappelé"
    draft.touched_rows.update(line.place for line in draft.lines)
    unprotected(draft)
    return True


def _lose_row_of(draft: Draft, name: str, wanted: Any, value: Any, *, last: bool) -> bool:
    cells = draft.free([column for column in draft.clean.contract.columns if column.name == name], wanted)
    if not cells:
        return False
    line = cells[0][0]
    if last:
        draft.columns = [*(column for column in draft.columns if column not in (name, REMARKS)), name]
        draft.lay_out()
    return _put(draft, line, name, value)


def _put(draft: Draft, line: Any, name: str, value: Any) -> bool:
    row = draft.sheets[0].grid[1 + draft.lines.index(line)]
    row[draft.columns.index(name)] = value
    draft.lose(line)
    draft.touched_columns.update(draft.columns)
    return True


_SPLIT: Any = {"family": "split", "stage": Stage.SPLIT, "suffixes": (CSV,)}


@mutation("separator-in-a-value-of-the-last-column", **_SPLIT)
def _last_column(draft: Draft) -> bool:
    """« hébergement, scolaire » or 12 500,75, last and unprotected, in a file with commas."""
    draft.writing.separator, draft.writing.quote_all = ",", False
    several = [column.name for column in draft.kinds(Kind.CHOICES)]
    amounts = [column.name for column in draft.kinds(Kind.DECIMAL)]
    for name in (*several, *amounts):
        if name in several:
            done = _lose_row_of(draft, name, is_text, "", last=True) and _several(draft, name)
        else:
            done = _lose_row_of(draft, name, is_number, "12500,75", last=True)
        if done:
            unprotected(draft)
            return True
    return False


def _several(draft: Draft, name: str) -> bool:
    choices = draft.column(name).choices
    for row, line in zip(draft.sheets[0].grid[1:], draft.lines, strict=True):
        if draft.truth[line.place] is None:
            row[draft.columns.index(name)] = f"{choices[0]}, {choices[1]}"
    return True


@mutation("separator-in-a-name", **_SPLIT)
def _in_name(draft: Draft) -> bool:
    draft.writing.quote_all = False
    names = [column.name for column in draft.kinds(Kind.NAME) if column.name in draft.columns]
    for name in names:
        if _lose_row_of(draft, name, is_text, f"Roy{draft.writing.separator} dit Le Grand", last=False):
            unprotected(draft)
            return True
    return False


@mutation("thousands-with-the-separator", **_SPLIT)
def _thousands(draft: Draft) -> bool:
    """10,000 unprotected in a file with commas, in the middle of its rows."""
    draft.writing.separator, draft.writing.quote_all = ",", False
    for column in draft.kinds(Kind.DECIMAL, Kind.INTEGER):
        if _lose_row_of(draft, column.name, is_number, "10,000", last=draft.random.random() < 0.5):
            unprotected(draft)
            return True
    return False


@mutation("notes-beside-the-table", family="around", stage=Stage.LAYOUT, suffixes=BOTH)
def _notes(draft: Draft) -> bool:
    """A word to the right of the last heading, on one row."""
    width = max(len(row) for row in draft.sheet.grid)
    at = draft.random.randrange(2, len(draft.sheet.grid))
    row = draft.sheet.grid[at]
    draft.sheet.grid[at] = [*row, *[None] * (width - len(row) + 1), "voir note"]
    draft.touch_all()
    return True


@mutation("trailing-separators", **_TEXT, same=True)
def _trailing(draft: Draft) -> bool:
    lines = draft.writing.separator * 3

    def edit(text: str) -> str:
        return text.replace(draft.writing.newline, lines + draft.writing.newline)

    if any("\n" in str(cell) for sheet in draft.sheets for row in sheet.grid for cell in row):
        return False
    draft.writing.on_text.append(edit)
    return True


@mutation("blank-ends-of-lines-left-out", **_TEXT, same=True)
def _short_lines(draft: Draft) -> bool:
    if draft.writing.quote_all or draft.sheets[0].grid[0][-1:] != [REMARKS]:
        return False
    separator, newline = draft.writing.separator, draft.writing.newline
    for row in draft.sheets[0].grid[2:]:
        row[-1:] = [None] if row else []
    draft.writing.on_text.append(
        lambda text: newline.join(line.rstrip(separator) for line in text.split(newline))
    )
    return True


@mutation("file-cut-in-its-last-line", **_TEXT)
def _cut(draft: Draft) -> bool:
    """The transfer stopped: the last line has fewer cells than all others, and no end."""
    separator, newline = draft.writing.separator, draft.writing.newline
    last = draft.lines[-1]
    row = draft.sheets[0].grid[-1]
    filled = [index for index, cell in enumerate(row[:-1]) if cell is not None]
    if row != draft.row_of(last) or len(filled) < 4 or draft.writing.quote_all:
        return False
    if any(separator in as_text(cell, draft.writing) for cell in row):
        return False
    keep = draft.random.randint(len(row) // 2, filled[-1])

    def edit(text: str) -> str:
        head, _, tail = text.rstrip(newline).rpartition(newline)
        return head + newline + separator.join(tail.split(separator)[:keep])

    draft.writing.on_text.append(edit)
    draft.lose(last)
    draft.touched_columns.update(draft.columns)
    return True
