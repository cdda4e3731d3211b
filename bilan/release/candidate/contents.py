"""What a build holds, before it is written: protected figures, in words, for each reader."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bilan.contracts import CONTRACTS
from bilan.dashboards.tables import DIMENSIONS, TABLES
from bilan.disclosure.figures import Earlier, counting, of_levels, protect_figures, whole_grids
from bilan.disclosure.figures.small import hide_small
from bilan.release.candidate.exact import Exact
from bilan.release.candidate.quality.tables import Quality
from bilan.release.schema import FROZEN_FIGURES, SHOWN_OF_THE_CATALOGUE, nothing
from bilan.release.wording.labels import with_words

# What a partner knows of its own parts: no file has it.
_PARTS_OF_A_PARTNER = pl.col("partner").is_not_null() & pl.col("breakdown").is_not_null()


@dataclass(frozen=True)
class Contents:
    """Rows with the columns of `schema.FROZEN_FIGURES`, sorted by their dimensions."""

    public: pl.DataFrame
    partners: dict[str, pl.DataFrame]  # what each finds beside the public rows
    catalogue: pl.DataFrame
    # what the steward alone finds beside the public rows
    steward: pl.DataFrame = field(default_factory=lambda: nothing(FROZEN_FIGURES))
    quality: Quality = field(default_factory=Quality.nothing)

    def digest(self, *stamps: object) -> str:
        """One hash of all figures that readers would see, and of `stamps`."""
        digest = hashlib.sha256(repr((stamps, [table.ddl for table in TABLES])).encode())
        apart = {"": self.public, "catalogue": self.catalogue, "steward": self.steward}
        for name, rows in {**apart, **self.partners}.items():
            digest.update(f"\0{name}\0".encode() + rows.write_csv().encode())
        return digest.hexdigest()


def contents_of(exact: Exact, earlier: Sequence[Earlier] = ()) -> tuple[Contents, dict[str, Any]]:
    """Protect the exact figures, sort them out by who may read them, and report on the protection.

    The disclosure class of a KPI decides: `public` for everyone, `partner` for every partner, `steward`
    for the steward alone. A figure of one partner is in that partner's file alone, but for those of the
    steward's own class. `earlier` are the releases that are still out, oldest first.
    """
    figures = exact.of_class("public", "partner")
    senders = _alone(exact.catalogue)
    done = protect_figures(figures, exact.catalogue, earlier, senders=senders)
    own = hide_small(_own(figures, exact.catalogue, senders))
    classes = exact.catalogue.select("code", "disclosure")
    of_class = done.public.join(classes, on="code", how="left", maintain_order="left")
    everybody, shared = (
        of_class.filter(disclosure=name).drop("disclosure") for name in ("public", "partner")
    )
    contents = Contents(
        public=_in_words(everybody, exact),
        partners={
            code: _in_words(pl.concat([shared, own.filter(pl.col("partner") == code)]), exact)
            for code in exact.partners
        },
        catalogue=exact.catalogue.sort("code"),
        steward=_in_words(hide_small(exact.of_class("steward").filter(~_PARTS_OF_A_PARTNER)), exact),
    )
    return contents, done.report


def _alone(catalogue: pl.DataFrame) -> dict[str, str]:
    """The codes that rest on the logs of one sender alone, by the contracts: what it sent, it knows."""
    found = {}
    for code, logs in catalogue.select("code", "logs").iter_rows():
        senders = {CONTRACTS[log].senders for log in logs.split(", ") if log}
        if len(senders) == 1 and len(alone := next(iter(senders))) == 1:
            found[code] = alone[0]
    return found


def _own(figures: pl.DataFrame, catalogue: pl.DataFrame, senders: Mapping[str, str]) -> pl.DataFrame:
    """Each partner's own figures, by territory and period as everybody's are published.

    Of the logs that it alone sends, everybody's figures are its own, unless each fact is some partner's.
    """
    of_nobody = catalogue.filter(pl.col("attributed_to") == "", pl.col("code").is_in(list(senders)))
    everybody = figures.filter(pl.col("partner").is_null(), pl.col("code").is_in(of_nobody["code"].implode()))
    own = everybody.with_columns(partner=pl.col("code").replace_strict(senders, default=None))
    together = pl.concat([figures.filter(pl.col("partner").is_not_null()), own.select(figures.columns)])
    return of_levels(together.filter(pl.col("breakdown").is_null()), catalogue)


def told_of(exact: Exact) -> pl.DataFrame:
    """Every exact figure that some reader may be shown: those that are computed, the zeros that complete a
    level, and those that are a partner's own because it alone sends them.
    """
    figures, catalogue = exact.of_class("public", "partner"), exact.catalogue
    everybody = counting(figures.filter(pl.col("partner").is_null()), catalogue)
    grids = whole_grids(everybody, catalogue).select(figures.columns)
    rows = pl.concat([grids, _own(figures, catalogue, _alone(catalogue))], how="vertical_relaxed")
    added = rows.join(exact.values, on=list(DIMENSIONS), how="anti", nulls_equal=True)
    return pl.concat([exact.values, added], how="vertical_relaxed")


def _in_words(cells: pl.DataFrame, exact: Exact) -> pl.DataFrame:
    shown = exact.catalogue.select("code", *SHOWN_OF_THE_CATALOGUE)
    words = with_words(cells.sort(list(DIMENSIONS)), exact.calendar, exact.programmes)
    return words.join(shown, on="code", how="left", maintain_order="left").select(*FROZEN_FIGURES.columns)
