"""What a row leaves blank and something else in the file says: a tab's name, a title, a line of its own.

« Brossard » over a table is no cell of its rows, which would be counted where blank cells are.
"""

from collections.abc import Sequence

import polars as pl

from bilan.contracts import Contract
from bilan.intake.cells import allowed_values
from bilan.intake.findings import FINDING
from bilan.intake.lists import read_choices_of_one
from bilan.intake.model import ROWS_OF_A_SHEET, Reference

SAID_ELSEWHERE = "said_elsewhere"
_BY_DEFAULT = ("programme", "territoire")  # columns of which a blank cell has a value
_BETWEEN_WORDS = r"[:;()|/–—]| - "
_LABEL = r"(?i)^\s*(?:territoire|municipalit[ée]|ville|secteur|arrondissement|programme)\s+(?:de |du |d['’])?"


def said_elsewhere(
    raw: pl.DataFrame,
    typed: pl.DataFrame,
    around: Sequence[Sequence[str]],
    contract: Contract,
    reference: Reference,
) -> pl.DataFrame:
    """The rows whose blank cell stands for another value than one that is named around them: a finding each.

    `raw` and `typed`: the same rows, in the same order, before and after blanks were filled; `around`: the
    texts around each run of row numbers, as `Contents.around`.
    """
    found = [pl.DataFrame(schema=FINDING)]
    for column in contract.columns if any(around) else ():
        named = _named(around, allowed_values(column, reference)) if column.name in _BY_DEFAULT else []
        for place, values in enumerate(named):
            here = (typed["row"] // ROWS_OF_A_SHEET == place) & _is_blank(raw, column.name)
            doubtful = here & (~typed[column.name].is_in(values) if len(values) == 1 else len(values) > 1)
            rows = typed.filter(doubtful).select("row")
            found.append(rows.with_columns(column=pl.lit(column.name), code=pl.lit(SAID_ELSEWHERE)))
    return pl.concat(found)


def _is_blank(raw: pl.DataFrame, name: str) -> pl.Series:
    cells = raw[name] if name in raw.columns else pl.Series(name, [None] * raw.height, dtype=pl.String)
    return cells.is_null()


def _named(around: Sequence[Sequence[str]], allowed: Sequence[str]) -> list[list[str]]:
    """The values that the texts of each place name, by themselves or after a word for what they are."""
    text = pl.col("text")
    pieces = text.str.replace_all(_BETWEEN_WORDS, "\n").str.split("\n").explode().str.replace(_LABEL, "")
    return [
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .select(read_choices_of_one(pieces, allowed))
        .to_series()
        .drop_nulls()
        .unique()
        .to_list()
        for texts in around
    ]
