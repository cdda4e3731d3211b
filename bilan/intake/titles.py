"""What a title, a tab's name or a line of its own says of all cells: their unit, the order of their dates."""

from collections.abc import Iterable, Sequence

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.findings import FINDING
from bilan.intake.inputs import ROWS_OF_A_SHEET
from bilan.intake.text import plain

UNIT_ELSEWHERE = "unit_elsewhere"
_UNIT = (
    r"\b(?:en|in) (?:milliers|millions|centaines|cents|thousands|hundreds|k|m)\b|\b[km] ?\$|\$ ?[km]\b"
    r"|\b(?:milliers|millions) (?:de |d['’])(?:\$|dollars)|(?:^|[^\d ]) *['’(]?(?:x ?1 ?)?000 ?s?(?:\)|\$|$)"
)
_DAY, _MONTH, _YEAR = (
    r"(?:jj?|dd?|jours?|days?)",
    r"(?:mm?|mois|months?)",
    r"(?:aa(?:aa)?|yy(?:yy)?|annees?|years?)",
)
_MONTH_FIRST = rf"(?:^|[^\p{{L}}]){_MONTH} ?[/.-] ?{_DAY}(?:[^\p{{L}}]|$)"
_YEAR_FIRST = rf"{_YEAR} ?[/.-] ?{_MONTH} ?[/.-] ?{_DAY}"


def in_another_unit(rows: pl.DataFrame, around: Sequence[Sequence[str]], contract: Contract) -> pl.DataFrame:
    """The cells of numbers of any size that stand under a text which speaks of thousands: a finding each.

    `rows`: as `typed_rows` gives them; `around`: as `Contents.around`.
    """
    names = [
        column.name
        for column in contract.columns
        if column.kind in (Kind.INTEGER, Kind.DECIMAL) and column.maximum is None and column.default is None
    ]
    if not names:
        return pl.DataFrame(schema=FINDING)
    places = [place for place, texts in enumerate(around) if _any_says(texts, _UNIT)]
    under = rows.filter((pl.col("row") // ROWS_OF_A_SHEET).is_in(places))
    return pl.concat(
        under.filter(pl.col(name).is_not_null()).select(
            "row", column=pl.lit(name), code=pl.lit(UNIT_ELSEWHERE)
        )
        for name in names
    )


def says_month_first(around: Iterable[Sequence[str]]) -> bool:
    """Whether a text around rows writes the month of dates before their day, « MM/JJ/AAAA »."""
    return any(_any_says(texts, _MONTH_FIRST, _YEAR_FIRST) for texts in around)


def _any_says(texts: Sequence[str], pattern: str, but_for: str | None = None) -> bool:
    """Whether a text matches, once what matches `but_for` is taken from it."""
    if not texts:
        return False
    folded = (
        pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(plain(pl.col("text"))).to_series()
    )
    return bool((folded.str.replace_all(but_for, "") if but_for else folded).str.contains(pattern).any())
