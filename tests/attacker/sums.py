"""What adds up by nature: values of a breakdown, territories, periods, and the two sides of a rate.

Events add up; distinct persons are at most the sum of the parts and at least each part. Which of the two
it is, is first read on the sums of which all is shown; the catalogue's own words decide where none is.
"""

import numpy as np
import polars as pl

from tests.attacker.periods import by_period
from tests.attacker.reading import FIGURE, PARTS, PLACE, SERIES
from tests.attacker.system import Relations

DISTINCT = "distinct|à un moment de la période"  # words of definitions that count somebody once per cell
AT_THE_END = "à la fin de la période"
OF_CODE = ["programme", "code", "part"]
ENOUGH = 5  # sums all shown that agree, before what counts distinct persons is taken to add up


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
    return parts.with_columns(
        family=pl.struct("breakdown", "kind", "by_territory"),
        is_all=pl.lit(value=True),
        direct=pl.lit(value=True),
    )


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
        direct=pl.lit(value=True),
    )


def add_links(
    what: str, numbers: pl.DataFrame, links: pl.DataFrame, natures: pl.DataFrame, to: Relations
) -> None:
    """The relations of parts and wholes: an equality, or what overlaps and what lacks leave of it."""
    if links.is_empty():
        return
    links = links.select(
        "programme", "code", "part", "family", "is_all", "whole", "var", "shown", "direct"
    ).join(numbers.select(whole="var", total="shown"), on="whole")
    sums = _judged(_summed(links).join(natures, on="code"))
    why = pl.format("{}: {}", pl.lit(what), pl.col("code"))
    unequal = sums.filter(~pl.col("equal"))
    _add(links, sums.filter("equal"), (0.0, 0.0), why, to)
    _add(links, unequal.filter("lacking"), (-np.inf, 0.0), why + " <=", to)
    _add(links, unequal.filter("overlapping"), (0.0, np.inf), why + " >=", to)
    each = unequal.filter(~pl.col("lacking") & pl.col("within")).select("whole", "family")
    pairs = links.filter("direct").join(each, on=["whole", "family"])
    to.pairs(pairs.select(a="var", b="whole", code="code"), 0.0, np.inf, why + " each")


def _summed(links: pl.DataFrame) -> pl.DataFrame:
    """Each whole beside what its parts make: `over`, by how much more, where all are shown (`usable`)."""
    sums = links.group_by("programme", "code", "part", "family", "whole", maintain_order=True).agg(
        pl.col("total").first(),
        pl.col("is_all").all(),
        known=pl.col("shown").is_not_null().all(),
        over=pl.col("shown").sum() - pl.col("total").first(),
        several=(pl.col("shown") > 0).sum() > 1,
        above=(pl.col("shown") > pl.col("total")).any(),
    )
    return sums.with_columns(usable=pl.col("known") & pl.col("is_all") & pl.col("total").is_not_null())


def _judged(sums: pl.DataFrame) -> pl.DataFrame:
    """Those sums, with what holds of each: `equal`, `lacking` (at most), `overlapping` (at least), `within`.

    Sums of one family (the same table, the same kinds) judge each other; where none of them is all shown,
    those of the code do, and its nature.
    """
    told = sums.with_columns(*_counted("", [*OF_CODE, "family"]), *_counted("_code", OF_CODE))
    told = told.with_columns(adds=pl.col("adds") & (pl.col("part") != "n"))
    agreed = (pl.col("differ") == 0) & (pl.col("overlap") == 0)
    agreed_everywhere = (pl.col("differ_code") == 0) & (pl.col("overlap_code") == 0)
    often = pl.col("seen") >= ENOUGH
    by_nature = pl.col("adds") & ((pl.col("seen") > 0) | agreed_everywhere)
    at_most = (pl.col("adds") & (pl.col("overlap_code") == 0)) | (often & (pl.col("overlap") == 0))
    flows = ~pl.col("at_the_end")
    return told.with_columns(
        equal=pl.col("is_all") & flows & agreed & (by_nature | often),
        lacking=flows & at_most,
        overlapping=pl.col("is_all") & (pl.col("lack_code") == 0),
        within=flows & (pl.col("beyond_code") == 0) & (pl.col("adds") | (pl.col("part") != "rest")),
    )


def _counted(suffix: str, over: list[str]) -> list[pl.Expr]:
    """How many sums of each group say something, differ, overlap, lack, or have a part above their whole."""
    usable, total = pl.col("usable"), pl.col("total").is_not_null()
    counts = {
        "seen": usable & pl.col("several"),
        "differ": usable & (pl.col("over") != 0),
        "overlap": total & (pl.col("over") > 0),
        "lack": usable & (pl.col("over") < 0),
        "beyond": pl.col("above").fill_null(value=False),
    }
    return [said.sum().over(over).alias(f"{name}{suffix}") for name, said in counts.items()]


def _add(
    links: pl.DataFrame, sums: pl.DataFrame, between: tuple[float, float], why: pl.Expr, to: Relations
) -> None:
    """Relations: the parts less the whole are `between` two bounds."""
    keyed = sums.select("whole", "code", "family").with_row_index("key")
    parts = links.join(keyed, on=["whole", "family"], nulls_equal=True)
    terms = {"var": parts, "whole": keyed}
    low, high = (pl.lit(bound) for bound in between)
    to.add(
        pl.concat(
            side.select("key", var=name, sign=pl.lit(1.0 if name == "var" else -1.0))
            for name, side in terms.items()
        ),
        keyed.select("key", low=low, high=high, why=why),
    )


def sides(numbers: pl.DataFrame, to: Relations) -> None:
    """What a rate counts, and what it leaves out, make its denominator."""
    wide = parts_beside(numbers).drop_nulls(["num", "den", "rest"]).with_row_index("key")
    signs = {"num": 1.0, "rest": 1.0, "den": -1.0}
    terms = [wide.select("key", var=part, sign=pl.lit(sign)) for part, sign in signs.items()]
    why = pl.format("rate: {}", pl.col("code"))
    to.add(pl.concat(terms), wide.select("key", low=pl.lit(0.0), high=pl.lit(0.0), why=why))


def parts_beside(numbers: pl.DataFrame) -> pl.DataFrame:
    """Each row's numbers side by side: the variables `num`, `den`, `rest`, `n`, null where there is none."""
    row = [*FIGURE, *PLACE, "release", "format"]
    wide = numbers.pivot(on="part", index=row, values="var", aggregate_function="first")
    return wide.with_columns(
        pl.lit(None, pl.UInt32).alias(part) for part in PARTS if part not in wide.columns
    )


def persons(numbers: pl.DataFrame, to: Relations) -> None:
    """The persons behind a count: as many, or no more, whichever all that is shown says."""
    wide = parts_beside(numbers).drop_nulls("n")
    shown = numbers.select("var", "shown")
    for main in ("num", "den"):
        pairs = wide.drop_nulls(main).filter(pl.lit(main == "den") | (pl.col("format") == "count"))
        pairs = pairs.join(shown.rename({"var": main, "shown": "things"}), on=main)
        pairs = pairs.join(shown.rename({"var": "n", "shown": "persons"}), on="n")
        same, fewer = pl.col("persons") == pl.col("things"), pl.col("persons") <= pl.col("things")
        told = pairs.select(
            "code",
            a="n",
            b=main,
            same=same.all().over("programme", "code") & _somebody(same),
            fewer=fewer.all().over("programme", "code") & _somebody(fewer),
        )
        why = pl.format("persons: {}", pl.col("code"))
        to.pairs(told.filter("same"), 0.0, 0.0, why)
        to.pairs(told.filter(~pl.col("same") & pl.col("fewer")), 0.0, np.inf, why + " <=")


def _somebody(holds: pl.Expr) -> pl.Expr:
    """Whether it is seen to hold where there is somebody."""
    return ((pl.col("persons") > 0) & holds).any().over("programme", "code")


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
    shrank = (pl.col("shown_next") < pl.col("shown")).fill_null(value=False)
    grown = pairs.filter(~shrank.any().over(OF_CODE)).select("code", a="var", b="var_next")
    to.pairs(grown, 0.0, np.inf, pl.format("grew: {}", pl.col("code")))
