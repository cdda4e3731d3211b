"""Names and numbers written in an unusual way: they are read as typed, with a warning.

« Roy 2 » and « Fran?ois » may be somebody's name, and letters of another alphabet that look like ours may be
meant; more often somebody else is made of the same person.
"""

from collections.abc import Callable

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.advice import ODD_LETTERS, warned
from bilan.intake.model import Warned

_OF_ANOTHER_ALPHABET = r"[\p{L}&&[^\p{Latin}]]"
_ACCENTED = r"[\x{C0}-\x{17F}]"  # in a number, what a wrong encoding made of a space
_OR = r"(?i: (?:et|ou|à) )"  # two in one cell
_ODD = {
    Kind.NAME: rf"[\p{{N}}?_%()*/,;+<>†#]|\p{{L}}\. |{_OR}|^\p{{L}}\.?$|{_OF_ANOTHER_ALPHABET}",
    Kind.NUMBER: rf"[?*()<>†]|{_OR}|{_ACCENTED}|{_OF_ANOTHER_ALPHABET}",
    Kind.REFERENCE: rf"[?]|{_ACCENTED}|{_OF_ANOTHER_ALPHABET}",
}
Place = Callable[[int | None], tuple[str | None, int | None]]


def odd_letters(rows: pl.DataFrame, contract: Contract, place: Place) -> list[Warned]:
    """The warnings about accepted rows: one per column, with the row's number where only one is concerned."""
    columns = [column for column in contract.columns if column.kind in _ODD]
    flags = rows.select("row", *(pl.col(one.name).str.contains(_ODD[one.kind]) for one in columns))
    warnings = []
    for column in columns:
        odd = flags.filter(column.name)["row"]
        if not odd.is_empty():
            sheet, row = place(odd[0] if len(odd) == 1 else None)
            warnings.append(warned(ODD_LETTERS, sheet, row, column.name, count=len(odd)))
    return warnings
