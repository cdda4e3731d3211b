"""What is published, as numbers: one unknown for each number of each row, known where the row is shown."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

FIGURE = ("programme", "code", "breakdown", "breakdown_value")
PLACE = ("territory", "kind", "start", "to")
COLUMNS = (
    "code", "programme", "territory", "partner", "period_kind", "period_start", "period_end", "breakdown",
    "breakdown_value", "value", "low", "high", "numerator", "denominator", "n_persons", "link_rate", "status",
)  # fmt: skip
UNTOLD = ("suppressed", "not_yet_reported")
PARTS = ("num", "den", "rest", "n")
# Units of what counts nobody: small numbers of these are not looked for, nor read.
NOBODY = (
    "actions", "activités", "classes", "des actions décidées", "des cases", "des cases demandées", "des mois",
    "des opérations", "dollars", "milieux", "mois", "opérations", "partenaires", "présences par réunion",
    "présentations", "réunions", "séances", "écoles", "subventions",
)  # fmt: skip
# Whose units do not say it, and the staff that partners release, whom the programme itself tells by role.
NOBODY_CODES = ("P06.days", "P14.meetings", "M01")
SERIES = [*FIGURE, "part", "release"]  # what differs by place alone
TABLE = ["programme", "code", "breakdown", "by_territory", "release"]
LEVEL = ("programme", "code", "breakdown", "by_territory", "kind")


def releases_of(file: Path) -> list[pl.DataFrame]:
    """The rows of each release in `public.duckdb` or `partners/<CODE>.duckdb`, oldest first."""
    with duckdb.connect(str(file), read_only=True) as database:
        rows = database.execute("select * from figures").pl()
    return [rows.filter(release=number) for number in sorted(rows["release"].unique())]


def catalogue_of(file: Path) -> pl.DataFrame:
    """The catalogue in a published file."""
    with duckdb.connect(str(file), read_only=True) as database:
        return database.execute("select * from kpi_catalogue").pl()


def package_rows(package: Path) -> pl.DataFrame:
    """The rows of a package, given as its folder or its zip."""
    name = "data/kpi_values.parquet"
    if package.is_dir():
        return pl.read_parquet(package / name)
    with zipfile.ZipFile(package) as packed:
        inside = next(one for one in packed.namelist() if one.endswith(name))
        return pl.read_parquet(packed.read(inside))


def rows_of(releases: Sequence[pl.DataFrame], catalogue: pl.DataFrame) -> pl.DataFrame:
    """The public rows of those releases, with the format of each, the place it is for and its level.

    `to` is the last day that a row covers: of a period that was not over, the last day of the whole time.
    """
    told = []
    for number, release in enumerate(releases, start=1):
        rows = release.filter(pl.col("partner").is_null())
        if "covered_to" not in rows.columns:
            rows = rows.with_columns(covered_to=_last_day())
        told.append(rows.select(*COLUMNS, "covered_to").with_columns(release=pl.lit(number)))
    somebody = ~pl.col("unit_fr").is_in(NOBODY) & ~pl.col("code").is_in(NOBODY_CODES)
    formats = catalogue.filter(somebody).select("code", "format")
    rows = (
        pl.concat(told)
        .rename({"period_kind": "kind", "period_start": "start"})
        .join(formats, on="code", how="inner")
        .with_columns(
            to=pl.min_horizontal("period_end", pl.col("covered_to").fill_null(pl.col("period_end"))),
            by_territory=pl.col("territory").is_not_null(),
            hidden=pl.col("status").is_in(UNTOLD),
        )
    )
    return _seen(rows)


def _last_day() -> pl.Expr:
    return pl.col("period_end").filter(period_kind="total").max().over("programme")


def measures(rows: pl.DataFrame) -> pl.DataFrame:
    """Those rows with the whole numbers `num`, `den`, `rest`, `n` that each shows, null where hidden."""
    count = pl.col("format") == "count"
    rest = (pl.col("format") == "rate") & pl.col("numerator").is_not_null()
    shown = rows.with_columns(
        num=pl.coalesce("numerator", pl.when(count).then(pl.col("value"))),
        den="denominator",
        rest=pl.when(rest).then(pl.col("denominator") - pl.col("numerator")),
        n=pl.col("n_persons").cast(pl.Float64),
    )
    return shown.with_columns(pl.when(~pl.col("hidden")).then(pl.col(p).round()).alias(p) for p in PARTS)


def numbers_of(rows: pl.DataFrame) -> pl.DataFrame:
    """One line for each number: what it is of (`FIGURE`, `part`), where and when, and its bounds.

    A number that several releases give alike is one; where a code was seen to be corrected between two, its
    numbers are told apart by `release` (0: the same in all). `low` is 1 where zeros would have been shown.
    """
    long = parts_of(rows)
    long = long.with_columns(release=pl.when(_corrected()).then(pl.col("release")).otherwise(0))
    keys = [*FIGURE, *PLACE, "by_territory", "part", "format", "release"]
    return (
        long.group_by(keys, maintain_order=True)
        .agg(pl.col("shown").max(), pl.col("low").max(), pl.col("sparse").all())
        .with_row_index("var")
        .with_columns(low=pl.col("shown").fill_null(pl.col("low")))
    )


def parts_of(rows: pl.DataFrame) -> pl.DataFrame:
    """One line for each number of each row, `shown` or null; those of several releases are apart."""
    told = measures(rows)
    return pl.concat([_part(told, part) for part in PARTS])


def _part(told: pl.DataFrame, part: str) -> pl.DataFrame:
    """The numbers of one part, of the codes that have it."""
    has = pl.col(part).is_not_null().any().over("programme", "code")
    always = {
        "num": ("count", "rate"),
        "den": ("rate", "days", "points", "ratio"),
        "rest": ("rate",),
        "n": (),
    }
    nothing_shown = pl.col("hidden").all().over("programme", "code") & pl.col("format").is_in(always[part])
    counted = pl.when(pl.col("format") == "count").then(pl.col("num")).otherwise(pl.col("den"))
    main = {
        "num": pl.col("format") == "count",
        "den": pl.lit(value=True),
        "rest": pl.lit(value=False),
        "n": ((pl.col("n") > 0) == (counted > 0)).all().over("programme", "code"),
    }[part]
    return told.filter(has | nothing_shown, pl.col("hidden") | pl.col(part).is_not_null()).select(
        *FIGURE,
        *PLACE,
        "by_territory",
        "format",
        "release",
        part=pl.lit(part),
        shown=part,
        low=(pl.col("positive") & pl.col("hidden") & main).cast(pl.Float64),
        sparse="sparse",
    )


def _seen(rows: pl.DataFrame) -> pl.DataFrame:
    """Those rows, with the first release that has each, and what a row that is hidden then tells.

    `sparse`: its level lacks rows, and those that are there count somebody. `positive`: so does this one,
    or it would have been shown. What an earlier release hid stays hidden, so that a row is judged among
    those that are as old.
    """
    level = ["release", *LEVEL]
    counted = pl.when(pl.col("format") == "count").then(pl.col("value")).otherwise(pl.col("denominator"))
    values = pl.struct("breakdown_value").n_unique().over(level)
    places = pl.struct("territory", "start").n_unique().over(level)
    rows = rows.with_columns(
        first=pl.col("release").min().over(*FIGURE, "territory", "kind", "start"),
        sparse=pl.col("breakdown").is_not_null() & (pl.len().over(level) < values * places),
    )
    zeros_shown = ((counted == 0) & ~pl.col("hidden")).any().over(*level, "first")
    return rows.with_columns(positive=pl.col("sparse") | zeros_shown)


def _corrected() -> pl.Expr:
    """Whether a code was given two values for one place."""
    place = [*FIGURE, *PLACE, "part"]
    moved = pl.col("shown").drop_nulls().n_unique().over(place) > 1
    return moved.any().over("programme", "code")
