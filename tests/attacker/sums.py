"""What adds up by nature: values of a breakdown, territories, periods, and the two sides of a rate.

Events add up; distinct persons are at most the sum of the parts and at least each part. Which of the two
it is, is first read on the sums of which all is shown; the catalogue's own words decide where none is.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from tests.attacker.reading import FIGURE, PLACE
from tests.attacker.system import Relations

DISTINCT = "distinct|à un moment de la période"  # words of definitions that count somebody once per cell
AT_THE_END = "à la fin de la période"
ENOUGH = 5  # sums all shown that agree, before what counts distinct persons is taken to add up
SERIES = [*FIGURE, "part", "release"]
TABLE = ["programme", "code", "breakdown", "by_territory", "release"]
INNER = ["kind", "start", "to"]
OUTER = ["kind_whole", "start_whole", "to_whole"]


def add_sums(numbers: pl.DataFrame, natures: pl.DataFrame, to: Relations) -> None:
    """All the sums of those numbers, given what each code counts."""
    for what, links in (
        ("breakdown", by_breakdown(numbers)),
        ("territories", by_territory(numbers)),
        *by_period(numbers),
    ):
        add_links(what, numbers, links, natures, to)
    sides(numbers, to)
    persons(numbers, to)
    at_the_end(numbers, natures, to)


def nature_of(catalogue: pl.DataFrame) -> pl.DataFrame:
    """Per code, whether it counts things that add up (`adds`), and whether it is told at the period's end."""
    words = pl.concat_str("definition_fr", "numerator_fr", "denominator_fr", separator=" ", ignore_nulls=True)
    return catalogue.select(
        "code", adds=~words.str.contains(DISTINCT), at_the_end=words.str.contains(AT_THE_END)
    )


def by_breakdown(numbers: pl.DataFrame) -> pl.DataFrame:
    """Each number of a breakdown, and the headline it is a part of (`whole`)."""
    at = ["programme", "code", *PLACE, "part", "release"]
    wholes = numbers.filter(pl.col("breakdown").is_null()).select(*at, whole="var")
    parts = numbers.filter(pl.col("breakdown").is_not_null())
    parts = parts.join(wholes, on=at, nulls_equal=True)
    return parts.with_columns(family=pl.struct("breakdown", "kind", "by_territory"), is_all=pl.lit(True), direct=pl.lit(True))


def by_territory(numbers: pl.DataFrame) -> pl.DataFrame:
    """Each number of a territory, and that of all of them."""
    at = [*SERIES, "kind", "start", "to"]
    wholes = numbers.filter(~pl.col("by_territory")).select(*at, whole="var")
    parts = numbers.filter("by_territory").join(wholes, on=at, nulls_equal=True)
    many = pl.col("territory").n_unique().over("programme", "code")
    there = pl.len().over("whole")
    return parts.with_columns(
        family=pl.struct("breakdown", "kind"),
        is_all=pl.col("sparse") | (there == many),
        direct=pl.lit(True),
    )


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
    return inside.join(_by_way_of(inside), on=[*TABLE, *INNER, *OUTER], how="left", nulls_equal=True).with_columns(
        direct=pl.col("way").is_null()
    )


def _by_way_of(inside: pl.DataFrame) -> pl.DataFrame:
    """The periods that lie in another by way of a third, longer than the one and shorter than the other."""
    longer = inside.filter(pl.col("days") < pl.col("days_whole"))
    first = longer.select(*TABLE, *INNER, *(pl.col(o).alias(f"{i}_way") for i, o in zip(INNER, OUTER, strict=True)))
    then = longer.select(*TABLE, *OUTER, *(pl.col(i).alias(f"{i}_way") for i in INNER))
    both = first.join(then, on=[*TABLE, *(f"{i}_way" for i in INNER)], nulls_equal=True)
    return both.select(*TABLE, *INNER, *OUTER).unique().with_columns(way=pl.lit(value=True))


def add_links(
    what: str, numbers: pl.DataFrame, links: pl.DataFrame, natures: pl.DataFrame, to: Relations
) -> None:
    """The relations of parts and wholes: an equality, or what overlaps and what lacks leave of it."""
    if links.is_empty():
        return
    links = links.select(
        "programme", "code", "breakdown", "part", "family", "is_all", "whole", "var", "shown", "direct"
    ).join(numbers.select(whole="var", total="shown"), on="whole")
    sums = links.group_by("programme", "code", "part", "family", "whole", maintain_order=True).agg(
        pl.col("total").first(),
        pl.col("is_all").all(),
        known=pl.col("shown").is_not_null().all(),
        over=pl.col("shown").sum() - pl.col("total").first(),
        several=(pl.col("shown") > 0).sum() > 1,
        above=(pl.col("shown") > pl.col("total")).any(),
    )
    sums = _judged(sums, natures)
    why = pl.format("{}: {}", pl.lit(what), pl.col("code"))
    _add(links, sums.filter("equal"), 0.0, 0.0, why, to)
    _add(links, sums.filter(~pl.col("equal") & pl.col("lacking")), -np.inf, 0.0, why + " <=", to)
    _add(links, sums.filter(~pl.col("equal") & pl.col("overlapping")), 0.0, np.inf, why + " >=", to)
    each = sums.filter(~pl.col("equal") & ~pl.col("lacking") & pl.col("within"))
    pairs = links.filter("direct").join(each.select("whole", "family"), on=["whole", "family"])
    pairs = pairs.select(a="var", b="whole", code="code")
    to.pairs(pairs, 0.0, np.inf, why + " each")


def _judged(sums: pl.DataFrame, natures: pl.DataFrame) -> pl.DataFrame:
    """Those sums, with what holds of each: `equal`, `lacking` (at most), `overlapping` (at least), `within`."""
    usable = pl.col("known") & pl.col("is_all") & pl.col("total").is_not_null()
    checks = {
        "seen": (usable & pl.col("several")).sum(),
        "equals": (usable & (pl.col("over") == 0)).sum() - usable.sum(),
        "lacks": (usable & (pl.col("over") < 0)).sum(),
        "overlaps": ((pl.col("over") > 0) & pl.col("total").is_not_null()).sum(),
        "beyond": pl.col("above").fill_null(value=False).sum(),
    }
    family, code = ["programme", "code", "part", "family"], ["programme", "code", "part"]
    sums = sums.join(natures, on="code").with_columns(
        *(expr.over(family).alias(name) for name, expr in checks.items()),
        *(expr.over(code).alias(f"{name}_code") for name, expr in checks.items()),
    )
    adds = pl.col("adds") & (pl.col("part") != "n")
    agreed = (pl.col("equals") == 0) & (pl.col("overlaps") == 0)
    equal = pl.when(pl.col("seen") > 0).then(agreed & (adds | (pl.col("seen") >= ENOUGH)))
    equal = equal.otherwise(agreed & adds & (pl.col("equals_code") == 0) & (pl.col("overlaps_code") == 0))
    return sums.with_columns(
        equal=pl.col("is_all") & equal,
        lacking=(adds & (pl.col("overlaps_code") == 0))
        | ((pl.col("seen") >= ENOUGH) & (pl.col("overlaps") == 0)),
        overlapping=pl.col("is_all") & (pl.col("lacks") == 0) & (pl.col("lacks_code") == 0),
        within=(pl.col("beyond_code") == 0)
        & ~pl.col("at_the_end")
        & (pl.col("adds") | (pl.col("part") != "rest")),
    ).with_columns(lacking=pl.col("lacking") & ~pl.col("at_the_end"), equal=pl.col("equal") & ~pl.col("at_the_end"))


def _add(
    links: pl.DataFrame, sums: pl.DataFrame, low: float, high: float, why: pl.Expr, to: Relations
) -> None:
    """Relations `low` <= the parts less the whole <= `high`."""
    if sums.is_empty():
        return
    keyed = sums.select("whole", "code", "family").with_row_index("key")
    parts = links.join(keyed, on=["whole", "family"], nulls_equal=True)
    terms = pl.concat(
        [
            parts.select("key", "var", sign=pl.lit(1.0)),
            keyed.select("key", var="whole", sign=pl.lit(-1.0)),
        ]
    )
    to.add(terms, keyed.select("key", low=pl.lit(low), high=pl.lit(high), why=why))


def sides(numbers: pl.DataFrame, to: Relations) -> None:
    """What a rate counts, and what it leaves out, make its denominator."""
    wide = parts_beside(numbers).drop_nulls(["num", "den", "rest"]).with_row_index("key")
    signs = {"num": 1.0, "rest": 1.0, "den": -1.0}
    terms = [wide.select("key", var=part, sign=pl.lit(sign)) for part, sign in signs.items()]
    why = pl.format("rate: {}", pl.col("code"))
    to.add(pl.concat(terms), wide.select("key", low=pl.lit(0.0), high=pl.lit(0.0), why=why))


def parts_beside(numbers: pl.DataFrame) -> pl.DataFrame:
    """Each row's numbers side by side: the variables `num`, `den`, `rest`, `n`, null where there is none."""
    wide = numbers.pivot(
        on="part", index=[*FIGURE, *PLACE, "release", "format"], values="var", aggregate_function="first"
    )
    lacking = [pl.lit(None, pl.UInt32).alias(p) for p in ("num", "den", "rest", "n") if p not in wide.columns]
    return wide.with_columns(lacking)


def persons(numbers: pl.DataFrame, to: Relations) -> None:
    """The persons behind a count: as many, or no more, whichever all that is shown says."""
    wide = parts_beside(numbers).drop_nulls("n")
    shown = numbers.select("var", "shown")
    for main in ("num", "den"):
        pairs = (
            wide.drop_nulls(main)
            .filter(pl.lit(main == "den") | (pl.col("format") == "count"))
            .join(shown.rename({"var": main, "shown": "main_shown"}), on=main)
            .join(shown.rename({"var": "n", "shown": "n_shown"}), on="n")
        )
        more = pl.col("n_shown") - pl.col("main_shown")
        of = ["programme", "code"]
        pairs = pairs.with_columns(
            same=(more == 0).all().over(of) & ((pl.col("n_shown") > 0) & (more == 0)).any().over(of),
            fewer=(more <= 0).all().over(of) & ((pl.col("n_shown") > 0) & (more <= 0)).any().over(of),
            some=((pl.col("n_shown") > 0) == (pl.col("main_shown") > 0)).all().over(of),
        )
        named = pairs.select("code", "same", "fewer", a="n", b=main)
        why = pl.format("persons: {}", pl.col("code"))
        to.pairs(named.filter("same"), 0.0, 0.0, why)
        to.pairs(named.filter(~pl.col("same") & pl.col("fewer")), 0.0, np.inf, why + " <=")


def at_the_end(numbers: pl.DataFrame, natures: pl.DataFrame, to: Relations) -> None:
    """What is told of a period's last day is told alike of all periods that end on it."""
    last = numbers.join(natures.filter("at_the_end"), on="code", how="semi")
    pairs = last.join(last, on=[*SERIES, "territory", "to"], nulls_equal=True, suffix="_other")
    pairs = pairs.filter(pl.col("var") < pl.col("var_other"))
    pairs = pairs.select("code", a="var", b="var_other")
    to.pairs(pairs, 0.0, 0.0, pl.format("same last day: {}", pl.col("code")))


def add_corrections(numbers: pl.DataFrame, to: Relations) -> None:
    """What a correction changed from one release to the next, where all that is seen of it only grew."""
    place = [*FIGURE, *PLACE, "part"]
    before = numbers.filter(pl.col("release") > 0)
    pairs = before.join(before, on=place, nulls_equal=True, suffix="_next")
    pairs = pairs.filter(pl.col("release_next") == pl.col("release") + 1)
    shrank = (pl.col("shown_next") < pl.col("shown")).fill_null(value=False).any().over("programme", "code", "part")
    grown = pairs.filter(~shrank).select("code", a="var", b="var_next")
    to.pairs(grown, 0.0, np.inf, pl.format("grew: {}", pl.col("code")))
