"""Findings: one (row, column, code) for each row that breaks a rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

FINDING = {"row": pl.Int64, "column": pl.String, "code": pl.String}


@dataclass(frozen=True)
class Rule:
    """Where a rule about a column, or about several cells (None), is broken, and the code that tells it."""

    broken: pl.Expr
    column: str | None
    code: str | pl.Expr


def broken(rows: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """The findings of the rules, all looked at in one pass: most are broken nowhere."""
    flags = rows.select("row", *(rule.broken.alias(str(place)) for place, rule in enumerate(rules)))
    found = [pl.DataFrame(schema=FINDING)]
    for place, rule in enumerate(rules):
        flag = flags[str(place)]
        if flag.any():
            code = pl.lit(rule.code) if isinstance(rule.code, str) else rule.code
            column = pl.lit(rule.column, pl.String).alias("column")
            found.append(rows.filter(flag).select("row", column, code.alias("code")))
    return pl.concat(found)
