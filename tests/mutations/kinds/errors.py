"""Cells that hold an error, or a formula that nobody computed."""

from typing import Any

from bilan.contracts import Column, Kind
from tests.mutations.catalogue import Stage, add, mutation
from tests.mutations.draft import CSV, XLSX, Cell, Draft, is_filled

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
FRENCH = ("#N/D", "#REF!", "#VALEUR!", "#DIV/0!", "#NOM?", "#NUL!", "#NOMBRE!", "Err:502", "#VALEUR\u00a0!")
KINDS = tuple(kind for kind in Kind if kind is not Kind.FREE_TEXT)
_IN_WORKBOOK: Any = {"family": "errors", "stage": Stage.LINES, "suffixes": (XLSX,)}


def kept(draft: Draft, columns: list[Column] | None = None) -> list[Column]:
    """Those columns, or all, but the free text, which nothing keeps and which may hold anything."""
    every = draft.clean.contract.columns if columns is None else columns
    return [column for column in every if column.kind is not Kind.FREE_TEXT]


def _error(kind: Kind, shown: bool) -> Any:
    def apply(draft: Draft) -> bool:
        cells = draft.free(kept(draft, draft.kinds(kind)), is_filled)
        if not cells:
            return False
        for line, name in cells[: draft.random.choice([1, 1, 2])]:
            error = draft.random.choice(ERRORS)
            draft.put(line, name, draft.random.choice([error, *FRENCH]) if shown else Cell(error=error))
            draft.lose(line)
        return True

    return apply


for _kind in KINDS:
    _told = _kind.value.replace("_", "-")
    add(f"error-in-{_told}", "errors", Stage.LINES, _error(_kind, False), suffixes=(XLSX,))
    add(f"error-as-text-in-{_told}", "errors", Stage.LINES, _error(_kind, True), suffixes=(CSV,))


@mutation("error-in-every-cell-of-a-column", **_IN_WORKBOOK)
def _error_column(draft: Draft) -> bool:
    columns = [one for one in kept(draft) if draft.untouched(one.name)]
    name = draft.random.choice(columns).name
    for line in draft.lines:
        draft.put(line, name, Cell(error="#REF!"))
        draft.lose(line)
    return True


@mutation("formula-without-value", **_IN_WORKBOOK)
def _formula_without_value(draft: Draft) -> bool:
    cells = draft.free(kept(draft), is_filled)
    if not cells:
        return False
    draft.writing.needed.add("openpyxl")  # which never computes
    for line, name in cells[: draft.random.choice([1, 2])]:
        draft.put(line, name, Cell(formula=f"VLOOKUP(A{line.place + 2},Feuil2!A:B,2,FALSE)"))
        draft.lose(line)
    return True


@mutation("formula-column-without-value", **_IN_WORKBOOK)
def _formula_column(draft: Draft) -> bool:
    optional = [one for one in kept(draft) if not one.required and draft.untouched(one.name)]
    if not optional:
        return False
    draft.writing.needed.add("openpyxl")
    name = draft.random.choice(optional).name
    for line in draft.lines:
        draft.put(line, name, Cell(formula=f"UPPER(Z{line.place + 2})"))
        draft.lose(line)
    return True


@mutation("formula-with-its-value", **_IN_WORKBOOK, same=True)
def _formula_with_value(draft: Draft) -> bool:
    cells = draft.free(kept(draft), lambda value: isinstance(value, str | int))
    if not cells:
        return False
    draft.writing.needed.add("xlsxwriter")
    for line, name in cells[:3]:
        draft.put(line, name, Cell(line.cells[name], formula=f"Feuil2!B{line.place + 2}"))
    return True


@mutation("formula-shown-as-text", family="errors", stage=Stage.LINES)
def _formula_as_text(draft: Draft) -> bool:
    """« =B2+1 » in a column of text format: the formula is the cell's text."""
    cells = draft.free(kept(draft), is_filled)
    if not cells:
        return False
    line, name = cells[0]
    draft.put(line, name, "=B2+1")
    draft.lose(line)
    return True
