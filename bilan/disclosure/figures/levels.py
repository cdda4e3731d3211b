"""Which levels of detail are published: each as a whole grid of rows, or not at all.

A level is an indicator, with or without territories, with or without one breakdown, for one kind of period.
The catalogue lists those to publish. Two sorts of them are withheld: where fewer than half of the counts
could be shown, and, of indicators that count persons, periods that cut across the programme's own years or
quarters (two calendars give away, by subtraction, what lies between them). A published level has a row for
every combination, zeros included, so that the presence of a row reveals nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from bilan.cube import KEY, MISSING, SHOWN, TRUE_ZERO
from bilan.disclosure.figures.counted import NOTHING
from bilan.disclosure.figures.numbers import PARTS as COUNTED
from bilan.disclosure.rules import LEAST_SHARE_SHOWN, SMALLEST_SHOWN, WHOLE_TIME

LEVEL = ("programme", "code", "breakdown", "by_territory", "period_kind")
OWN_CALENDAR = ("programme_year", "quarter")  # whatever else is published must not cut these
CALENDAR, SPARSE = "calendar", "sparse"  # why a level is withheld
TOTALS = (
    pl.col("territory").is_null()
    & pl.col("breakdown").is_null()
    & pl.col("period_kind").is_in(list(WHOLE_TIME))
)
PLACE = ("programme", "code", "territory", "partner", "period_kind", "period_start", "period_end")


def dated(figures: pl.DataFrame) -> pl.DataFrame:
    """The same, with `starts` and `ends`, the days of each period that its programme's whole time holds too,
    and `told_to`, the last of them that the figure is told of.
    """
    is_total = pl.col("period_kind") == "total"
    first = pl.col("period_start").filter(is_total).min().over("programme")
    last = pl.col("period_end").filter(is_total).max().over("programme")
    bounded = figures.with_columns(
        starts=pl.max_horizontal("period_start", first), ends=pl.min_horizontal("period_end", last)
    )
    return bounded.with_columns(told_to=pl.min_horizontal("ends", *_told_to(figures)))


def _told_to(figures: pl.DataFrame) -> list[str]:
    """The column of the last day that is told; a release made before horizons has none."""
    return [name for name in ("covered_to",) if name in figures.columns]


def counting(figures: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The same, with `format` and `smallest`: the least above zero of the counts of somebody in a figure.

    A count is its own numerator.
    """
    counted = figures.join(
        catalogue.select("code", "format", *COUNTED.values()), on="code", how="left", maintain_order="left"
    )
    is_count = (pl.col("format") == "count") & pl.col("denominator").is_null()
    counted = counted.with_columns(
        numerator=pl.coalesce("numerator", pl.when(is_count).then(pl.col("value")))
    )
    somebody = [
        pl.when((pl.col(part) > 0) & ~pl.col(of_what).is_in(["", NOTHING])).then(pl.col(part))
        for part, of_what in COUNTED.items()
    ]
    return counted.with_columns(smallest=pl.min_horizontal(somebody)).drop(COUNTED.values())


def published(exact: pl.DataFrame, catalogue: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures of the levels that are published, whole grids; and the levels withheld, with the reason.

    Both are sorted: the order of the rows that were given does not matter.
    `exact` holds the figures without a partner; `catalogue` has `code` and the `publishes_*` lists.
    """
    wanted = whole_grids(exact, catalogue)
    crossing = pl.col("code").is_in(_of_somebody(catalogue).implode()) & pl.any_horizontal(
        pl.lit(False),
        *((pl.col("programme") == programme) & (pl.col("period_kind") == kind)
          for programme, kind in _crossing(wanted)),
    )  # fmt: skip
    gridded = wanted.filter(~crossing)
    sparse = _sparse(gridded)
    named = [
        wanted.filter(crossing).select(LEVEL).unique().with_columns(reason=pl.lit(CALENDAR)),
        gridded.filter(sparse).select(LEVEL).unique().with_columns(reason=pl.lit(SPARSE)),
    ]
    return gridded.filter(~sparse).drop("by_territory").sort(KEY), pl.concat(named).sort(pl.all())


def whole_grids(exact: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The figures of the levels that the catalogue publishes, zeros of values not seen included.

    `exact` is as `counting` gives it; the rows have `by_territory`, `starts`, `ends` and `told_to` too.
    """
    wanted = of_levels(dated(exact), catalogue)
    return _gridded(wanted.with_columns(by_territory=pl.col("territory").is_not_null()))


def of_levels(figures: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The figures of the levels that the catalogue publishes. No breakdown is given by territory."""
    kinds = [
        {"code": entry["code"], "breakdown": breakdown, "by_territory": by_territory, "period_kind": kind}
        for entry in catalogue.iter_rows(named=True)
        for breakdown, by_territory, kinds_of_level in _levels_of(entry)
        for kind in kinds_of_level.split(", ")
    ]
    schema = {"code": pl.String, "breakdown": pl.String, "by_territory": pl.Boolean, "period_kind": pl.String}
    asked = pl.DataFrame(kinds, schema=schema)
    leveled = figures.with_columns(by_territory=pl.col("territory").is_not_null())
    return leveled.join(asked, on=list(schema), how="semi", nulls_equal=True, maintain_order="left").select(
        figures.columns
    )


def _levels_of(entry: Mapping[str, str]) -> Iterator[tuple[str | None, bool, str]]:
    """Breakdown, whether by territory, and the kinds of period that an entry publishes it for."""
    yield None, False, entry["publishes_whole"]
    yield None, True, entry["publishes_territory"]
    for entries in filter(None, entry["publishes_breakdown"].split("; ")):
        breakdown, _, kinds = entries.partition(":")
        yield breakdown, False, kinds.strip()


def _of_somebody(catalogue: pl.DataFrame) -> pl.Series:
    """The codes of which some part counts somebody."""
    counts = [~pl.col(part).is_in(["", NOTHING]) for part in COUNTED.values()]
    return catalogue.filter(pl.any_horizontal(counts))["code"]


def _crossing(figures: pl.DataFrame) -> list[tuple[str, str]]:
    """The programmes and kinds of period of which a period begins or ends inside one of its own calendar."""
    found = set()
    periods = figures.select("programme", "period_kind", "period_start", "period_end").unique()
    for (programme,), of_programme in periods.partition_by("programme", as_dict=True).items():
        for (own,), spanned in of_programme.partition_by("period_kind", as_dict=True).items():
            spans = (
                list(spanned.select("period_start", "period_end").iter_rows()) if own in OWN_CALENDAR else []
            )
            for kind, start, end in of_programme.select(
                "period_kind", "period_start", "period_end"
            ).iter_rows():
                if any(_cuts(start, end, first, until, max(spans)[1]) for first, until in spans):
                    found.add((str(programme), str(kind)))
    return sorted(found)


def _cuts(start: date, end: date, first: date, until: date, last: date) -> bool:
    """Whether a period holds some days of one and not others, that it does not lie in itself.

    After the last of its kind nothing is cut: what is open ends where figures do.
    """
    is_inside = first <= start and end <= until
    return not is_inside and (first < start <= until or first <= end < until < last)


def _gridded(figures: pl.DataFrame) -> pl.DataFrame:
    """The same, with a row for every value of a breakdown wherever its headline is."""
    parts = figures.filter(pl.col("breakdown").is_not_null())
    values = parts.select("programme", "code", "breakdown", "breakdown_value").unique()
    levels = parts.select("programme", "code", "breakdown", "period_kind").unique()
    wholes = figures.filter(pl.col("breakdown").is_null(), ~pl.col("by_territory"))
    grid = (
        wholes.select(
            *PLACE,
            *_told_to(figures),
            "starts",
            "ends",
            "told_to",
            "by_territory",
            "known_at",
            "format",
            headline="status",
        )
        .join(levels, on=["programme", "code", "period_kind"], how="inner")
        .join(values, on=["programme", "code", "breakdown"], how="inner")
    )
    lacking = grid.join(parts, on=[*PLACE, "breakdown", "breakdown_value"], how="anti", nulls_equal=True)
    return pl.concat([figures, _empty(lacking, figures)], how="diagonal_relaxed").select(figures.columns)


def _empty(rows: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """Rows of values not seen: nobody, where the headline says anything; its own status otherwise."""
    is_reported = pl.col("headline").is_in(SHOWN)
    is_count = pl.col("format").is_in(["count", "amount"])
    zero = pl.when(is_reported).then(pl.lit(0.0))
    status = (
        pl.when(~is_reported)
        .then("headline")
        .when(is_count)
        .then(pl.lit(TRUE_ZERO))
        .otherwise(pl.lit(MISSING))
    )
    return rows.with_columns(
        value=pl.when(is_count).then(zero),
        numerator=zero,
        denominator=pl.when(~is_count).then(zero),
        n_persons=pl.when(is_reported).then(pl.lit(0, dtype=like.schema["n_persons"])),
        status=status,
    ).drop("headline")


def _sparse(figures: pl.DataFrame) -> pl.Series:
    """The rows of levels of which fewer than `LEAST_SHARE_SHOWN` of the counts could be shown.

    What a bilan opens with keeps its row, hidden or not: whoever looks for it is told that it is hidden.
    """
    counted = pl.col("smallest").is_not_null().sum().over(LEVEL)
    shown = (pl.col("smallest") >= SMALLEST_SHOWN).fill_null(value=False).sum().over(LEVEL)
    is_sparse = (shown / counted < LEAST_SHARE_SHOWN).fill_null(value=False)
    return figures.select(is_sparse & ~TOTALS).to_series()
