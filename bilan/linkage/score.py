"""Scoring: from tellings of persons to pairs with a probability, in memory alone.

Names pass through DuckDB in the process of the vault: no file is written, nothing is fetched, and
Splink, which would log its SQL and draw progress bars, is made to keep silent.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl

from bilan.intake.text import joined
from bilan.linkage.comparisons import PRIOR, PRODUCTION, REVIEW_THRESHOLD, Comparison, blocks, comparisons

PAIRS = {"token": pl.String, "other": pl.String, "probability": pl.Float64}
_CLOSED = (
    "set temp_directory = ''",
    "set max_temp_directory_size = '0B'",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_progress_bar = false",
    # floating-point numbers are then always worked out in one order
    "set threads = 1",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


def score_pairs(
    tellings: pl.DataFrame, columns: tuple[str, ...] = PRODUCTION, *, at_least: float = REVIEW_THRESHOLD
) -> pl.DataFrame:
    """PAIRS with token < other, likeliest first, of the tellings (`token` and `columns`, all String?).

    `birth_date` is YYYY-MM-DD. The answer depends on nothing but the tellings, in whatever order.
    """
    if tellings.height < 2:  # noqa: PLR2004 - a pair
        return pl.DataFrame(schema=PAIRS)
    with _silence(), duckdb.connect(":memory:") as connection:
        for setting in _CLOSED:
            connection.execute(setting)
        found = _predict(connection, _prepared(tellings, columns), columns, at_least)
    pairs = pl.DataFrame(found, schema=["one", "another", "probability"], orient="row")
    return pairs.select(
        pl.min_horizontal("one", "another").cast(pl.String).alias("token"),
        pl.max_horizontal("one", "another").cast(pl.String).alias("other"),
        pl.col("probability").cast(pl.Float64),
    ).sort(["probability", "token", "other"], descending=[True, False, False])


def _prepared(tellings: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Names and words folded as intake folds them; of a birth date, the parts that are surely known."""
    words = [column for column in columns if column != "birth_date"]
    folded = [pl.when(joined(pl.col(c)) != "").then(joined(pl.col(c))).alias(c) for c in words]
    rows = tellings.select("token", *folded, *(c for c in columns if c == "birth_date")).sort("token")
    if "birth_date" not in columns:
        return rows
    year, month, day = (pl.col("birth_date").str.split("-").list.get(at, null_on_oob=True) for at in range(3))
    first = day == "01"
    return rows.with_columns(
        year.alias("birth_year"),
        pl.when(~(first & (month == "01"))).then(month).alias("birth_month"),
        pl.when(~first).then(day).alias("birth_day"),
    )


def _predict(
    connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame, columns: tuple[str, ...], at_least: float
) -> list[tuple[Any, ...]]:
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415 - takes seconds

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="token",
        probability_two_random_records_match=PRIOR,
        comparisons=[_as_splink(comparison) for comparison in comparisons(columns)],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in blocks(columns)],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register(rows.to_arrow()), settings)
    scored = linker.inference.predict(threshold_match_probability=at_least)
    return connection.execute(
        f"select token_l, token_r, match_probability from {scored.physical_name}"  # noqa: S608 - Splink's own table
    ).fetchall()


def _as_splink(comparison: Comparison) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing, "is_null_level": True, "label_for_charts": "missing"}
    levels = [
        {
            "sql_condition": level.sql,
            "label_for_charts": level.says,
            "m_probability": level.m,
            "u_probability": level.u,
        }
        for level in comparison.levels
    ]
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels]}


@contextmanager
def _silence() -> Iterator[None]:
    """No word of any logger while names are compared, whatever the caller's logging is set to."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
