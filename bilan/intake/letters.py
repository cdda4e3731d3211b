"""Names and numbers written in an unusual way: they are read as typed, with a warning.

« Roy 2 » and « Fran?ois » may be somebody's name, and letters of another alphabet that look like ours may be
meant; more often somebody else is made of the same person.
"""

from collections.abc import Callable

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.advice import ODD_LETTERS, warned
from bilan.intake.findings import FINDING
from bilan.intake.inputs import Warned
from bilan.intake.troubles import GARBLED

_OF_ANOTHER_ALPHABET = r"[\p{L}&&[^\p{Latin}]]"
_ACCENTED = r"[\x{C0}-\x{17F}]"  # in a number, what a wrong encoding made of a space
_OR = r"(?i: (?:et|ou|à) )"  # two in one cell
_ODD = {
    Kind.NAME: rf"[\p{{N}}?_%()*/,;+<>†#]|\p{{L}}\. |{_OR}|^\p{{L}}\.?$|{_OF_ANOTHER_ALPHABET}",
    Kind.NUMBER: rf"[?*()<>†]|{_OR}|{_ACCENTED}|{_OF_ANOTHER_ALPHABET}",
    Kind.REFERENCE: rf"[?]|{_ACCENTED}|{_OF_ANOTHER_ALPHABET}",
}
_NOT_ASCII = r"[^\x{00}-\x{7F}]"
_LEAST_GARBLED, _MOST_BESIDE = 2, 3  # rows; sound rows for each of them, for which they speak
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


def beside_garbled(rows: pl.DataFrame, faults: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The accented names of rows without a fault, in a file where about as many are garbled: a finding each.

    The encoding that made letters which no word has made « Marie-Ôve » of « Marie-Ève » too.
    """
    none = pl.DataFrame(schema=FINDING)
    garbled = faults.filter(code=GARBLED)["row"].n_unique()
    if garbled < _LEAST_GARBLED:
        return none
    sound = rows.join(faults, on="row", how="anti")
    names = [column.name for column in contract.columns if column.kind is Kind.NAME]
    found = [
        sound.filter(pl.col(name).str.contains(_NOT_ASCII)).select(
            "row", column=pl.lit(name), code=pl.lit(GARBLED)
        )
        for name in names
    ]
    doubtful = pl.concat([none, *found])
    return doubtful if doubtful["row"].n_unique() <= _MOST_BESIDE * garbled else none
