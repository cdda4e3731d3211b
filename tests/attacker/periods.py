"""Which periods lie in which: months in quarters and years, years in phases, all in the whole time."""

from collections.abc import Iterator

import polars as pl

from tests.attacker.reading import SERIES, TABLE

INNER = ["kind", "start", "to"]
OUTER = ["kind_whole", "start_whole", "to_whole"]


def by_period(numbers: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """For each two kinds of periods, each number of the finer kind and the coarser one that holds it."""
    inside = _inside(numbers)
    at = [*SERIES, "territory"]
    wholes = numbers.select(*at, whole="var", kind_whole="kind", start_whole="start", to_whole="to")
    holder = ["kind_whole", "start_whole", "to_whole"]
    for (kind, whole), pairs in inside.partition_by("kind", "kind_whole", as_dict=True).items():
        parts = (
            numbers.filter(kind=kind)
            .join(pairs, on=[*TABLE, "kind", "start", "to"], nulls_equal=True)
            .join(wholes.filter(kind_whole=whole), on=[*at, *holder], nulls_equal=True)
        )
        there = pl.len().over("whole")
        yield (
            f"{kind}s",
            parts.with_columns(
                family=pl.struct("breakdown", "kind_whole", "by_territory"),
                is_all=pl.col("tiles") & (pl.col("sparse") | (there == pl.col("pieces"))),
            ),
        )


def _inside(numbers: pl.DataFrame) -> pl.DataFrame:
    """Per table, the periods that lie in a period of another kind: whether all of that kind tile it
    (`tiles`), how many there are (`pieces`), and whether none of a third kind is between (`direct`).
    """
    periods = numbers.select(*TABLE, "kind", "start", "to").unique()
    inside = periods.join(periods, on=TABLE, suffix="_whole", nulls_equal=True).filter(
        pl.struct(INNER) != pl.struct(OUTER).struct.rename_fields(INNER),
        pl.col("start") >= pl.col("start_whole"),
        pl.col("to") <= pl.col("to_whole"),
    )
    until = pl.col("to").max().over(*TABLE, "kind", "start", *OUTER)
    inside = inside.filter(pl.col("to") == until)  # of a period that has grown between releases, the last
    days = (pl.col("to") - pl.col("start")).dt.total_days() + 1
    length = (pl.col("to_whole") - pl.col("start_whole")).dt.total_days() + 1
    holder = [*TABLE, "kind", "kind_whole", "start_whole", "to_whole"]
    inside = inside.with_columns(
        days=days, days_whole=length, tiles=days.sum().over(holder) == length, pieces=pl.len().over(holder)
    )
    return inside.join(
        _by_way_of(inside), on=[*TABLE, *INNER, *OUTER], how="left", nulls_equal=True
    ).with_columns(direct=pl.col("way").is_null())


def _by_way_of(inside: pl.DataFrame) -> pl.DataFrame:
    """The periods that lie in another by way of a third, longer than the one and shorter than the other."""
    longer = inside.filter(pl.col("days") < pl.col("days_whole"))
    first = longer.select(
        *TABLE, *INNER, *(pl.col(o).alias(f"{i}_way") for i, o in zip(INNER, OUTER, strict=True))
    )
    then = longer.select(*TABLE, *OUTER, *(pl.col(i).alias(f"{i}_way") for i in INNER))
    both = first.join(then, on=[*TABLE, *(f"{i}_way" for i in INNER)], nulls_equal=True)
    return both.select(*TABLE, *INNER, *OUTER).unique().with_columns(way=pl.lit(value=True))
