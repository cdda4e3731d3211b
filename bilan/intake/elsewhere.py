"""What a row leaves blank and something else in the file says: a tab's name, a title, a line of its own.

« Brossard » over a table is no cell of its rows, which would be counted where blank cells are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bilan.contracts import Column, Contract
from bilan.intake.advice import FIRST_OF_GROUPS, MENTIONED, warned
from bilan.intake.cells import allowed_values
from bilan.intake.findings import FINDING
from bilan.intake.inputs import ROWS_OF_A_SHEET, Reference, Warned
from bilan.intake.lists import read_choices_of_one
from bilan.intake.text import plain

SAID_ELSEWHERE = "said_elsewhere"
_BY_DEFAULT = ("programme", "territoire")  # columns of which a blank cell has a value
_LEAST_GROUPED = 5  # rows: in fewer, no value stands twice by chance
_BETWEEN_WORDS = r"[:;()|/–—]| - "
_LABEL = r"(?i)^\s*(?:territoire|municipalit[ée]|ville|secteur|arrondissement|programme)\s+(?:de |du |d['’])?"


@dataclass(frozen=True)
class Beside:
    """The rows of a file, before (`raw`) and after (`typed`) blanks were filled, and what stands around them.

    `around`: the texts around each run of row numbers, as `Contents.around`.
    """

    raw: pl.DataFrame
    typed: pl.DataFrame
    around: Sequence[Sequence[str]]

    def blank(self, column: Column, place: int) -> pl.Series:
        """Which rows of a place leave a column blank."""
        held = self.raw[column.name].is_null() if column.name in self.raw.columns else True
        return (self.typed["row"] // ROWS_OF_A_SHEET == place) & held


def said_elsewhere(rows: Beside, contract: Contract, reference: Reference) -> pl.DataFrame:
    """The rows whose blank cell stands for another value than one named around them: a finding each."""
    found = [pl.DataFrame(schema=FINDING)]
    for column in _by_default(contract):
        for place, texts in enumerate(rows.around):
            values = _named(texts, allowed_values(column, reference))
            if values:
                other = ~rows.typed[column.name].is_in(values) if len(values) == 1 else True
                doubtful = rows.typed.filter(rows.blank(column, place) & other).select("row")
                found.append(doubtful.with_columns(column=pl.lit(column.name), code=pl.lit(SAID_ELSEWHERE)))
    return pl.concat(found)


def mentioned(
    rows: Beside, contract: Contract, reference: Reference, places: Sequence[str | None]
) -> list[Warned]:
    """Warnings where a text around the rows mentions another value than blank cells stand for."""
    warnings = []
    for column in _by_default(contract):
        for place, texts in enumerate(rows.around):
            here = rows.typed.filter(rows.blank(column, place))[column.name]
            others = [one for one in allowed_values(column, reference) if one not in {*here}]
            if len(here) and _mention(texts, others):
                warnings.append(
                    warned(MENTIONED, places[place], column=column.name, name=column.name, count=len(here))
                )
    return warnings


def first_of_groups(rows: Beside, contract: Contract, places: Sequence[str | None]) -> list[Warned]:
    """What to tell where a column looks filled on the first row of each group alone: no value twice."""
    warnings = []
    for column in _by_default(contract):
        for place, label in enumerate(places):
            here = rows.typed.filter(rows.typed["row"] // ROWS_OF_A_SHEET == place)
            blank = here["row"].is_in(rows.typed.filter(rows.blank(column, place))["row"].implode())
            filled = here.filter(~blank)[column.name]
            is_once = 1 < len(filled) == filled.n_unique() < here.height
            if is_once and not blank[0] and here.height >= _LEAST_GROUPED:
                count = int(blank.sum())
                warnings.append(
                    warned(FIRST_OF_GROUPS, label, column=column.name, name=column.name, count=count)
                )
    return warnings


def _by_default(contract: Contract) -> list[Column]:
    return [column for column in contract.columns if column.name in _BY_DEFAULT]


def _named(texts: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """The values that texts name, alone or after a word for what they are; a list of them names none."""
    if not texts:
        return []
    pieces = pl.col("text").str.replace_all(_BETWEEN_WORDS, "\n").str.split("\n")
    named = (
        pl.DataFrame({"text": texts})
        .select(pl.int_range(pl.len()).alias("place"), pieces)
        .explode("text")
        .select("place", value=read_choices_of_one(pl.col("text").str.replace(_LABEL, ""), allowed))
        .drop_nulls()
        .unique()
    )
    alone = named.filter(pl.len().over("place") == 1)
    return alone["value"].unique().to_list()


def _mention(texts: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a text has one of the values among its words; a list of several is none."""
    if not texts or not values:
        return False
    folded = pl.DataFrame({"text": texts}).select(plain(pl.col("text")))
    words = pl.DataFrame({"value": values}).select(plain(pl.col("value"))).to_series()
    seen = [
        pl.col("text").str.contains(rf"(?:^|[^\p{{L}}]){re.escape(word)}(?:[^\p{{L}}]|$)").alias(word)
        for word in words
    ]
    return bool(folded.select((pl.sum_horizontal(seen) == 1).any()).item())
