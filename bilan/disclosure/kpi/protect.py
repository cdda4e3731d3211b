"""Choose which figures to hide so that nobody subtracts their way back to a small count, and prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from bilan.disclosure.exceptions import RATE_AT_BOUNDS, Decision, decisions
from bilan.disclosure.kpi.attack import lacking_of, subtracted_of
from bilan.disclosure.kpi.coarsen import all_linked, coarsen, kind_of, level_of, linked_details, table_of
from bilan.disclosure.kpi.levels import with_levels
from bilan.disclosure.kpi.memory import Earlier, remembered
from bilan.disclosure.kpi.programme import SUPPRESSED, TOLD, TOTALS, Programme, prepared
from bilan.disclosure.kpi.proof import Change
from bilan.disclosure.kpi.search import search
from bilan.disclosure.rules import COUNTS_NOBODY, Rules
from bilan.disclosure.small import MEASURES, link_rate


@dataclass(frozen=True)
class Protected:
    """The figures as they may be published, and what was decided."""

    public: pl.DataFrame  # the columns of the figures given; hidden ones have no measure and are `suppressed`
    report: dict[str, Any]  # `safe`, `coarsened`, `parameters`, `exceptions`, and counts per programme

    @property
    def safe(self) -> bool:
        """Whether every protected count is proved uncertain to every attacker."""
        return bool(self.report["safe"])


def protect_figures(
    exact: pl.DataFrame,
    formats: Mapping[str, str],
    earlier: Sequence[Earlier] = (),
    exceptions: Sequence[Decision] | None = None,
) -> Protected:
    """Hide what the publication of those figures must hide.

    `exact` has the dimensions and measures of the figures that several readers get, and those of each
    partner (`partner` not null), which that partner alone reads but every attack reckons with; `formats`
    gives the format of each code; `earlier` the releases still out, oldest first; `exceptions` the
    decisions to show what a rule would hide (by default those of the reference). The figures without a
    partner come back in their order.
    """
    taken = decisions() if exceptions is None else tuple(exceptions)
    now = exact.with_row_index("origin").with_columns(
        format=pl.col("code").replace_strict(formats),
        release=pl.lit(0, dtype=pl.Int64),
        was=pl.lit(None, dtype=pl.String),
    )
    told = with_levels(counting_persons(remembered(now, earlier)))
    by_programme = told.partition_by("programme", as_dict=True, maintain_order=True)
    done = {
        str(name): _protected(cells, _excepted(taken, str(name))) for (name,), cells in by_programme.items()
    }
    hidden = [origin for programme in done.values() for origin in _closed(programme)]
    everyone = exact.with_row_index("origin").filter(pl.col("partner").is_null())
    return Protected(_without(everyone, hidden).drop("origin"), _report(done, taken, len(hidden)))


def counting_persons(cells: pl.DataFrame) -> pl.DataFrame:
    """Those figures, without the parts that count nobody; a count is its own numerator."""
    count = (pl.col("format") == "count") & pl.col("denominator").is_null()
    cells = cells.with_columns(numerator=pl.coalesce("numerator", pl.when(count).then(pl.col("value"))))
    nobody = pl.col("code").is_in(sorted(COUNTS_NOBODY)) | (pl.col("format") == "amount")
    return cells.with_columns(
        pl.when(~nobody).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")
    )


def _excepted(taken: Sequence[Decision], programme: str) -> frozenset[str]:
    return frozenset(
        decision.code
        for decision in taken
        if (decision.programme, decision.rule) == (programme, RATE_AT_BOUNDS)
    )


def _protected(cells: pl.DataFrame, at_bounds: frozenset[str]) -> Programme:
    """One programme's figures, hidden enough to be safe beside the releases that are still out.

    They are first protected as if there were none: what keeps counts uncertain then mostly still does,
    and is looked for again only where an earlier release has told too much.
    """
    alone = _settled(prepared(cells, at_bounds, alone=True), ())
    if cells["was"].null_count() == cells.height:
        return alone
    return _settled(prepared(cells, at_bounds), alone.changes)


def _settled(programme: Programme, tried: Sequence[Change]) -> Programme:
    """Search, then withhold what cannot be protected, a little more each time, until nothing is lacking."""
    search(programme, programme.sensitive, tried)
    told = subtracted_of(programme)
    if told.any():
        programme.sensitive |= told
        search(programme, told)
    for coarser in (level_of, table_of, kind_of, linked_details, None, all_linked):
        lacking = np.any(lacking_of(programme), axis=0)
        if not lacking.any():
            break
        if coarser is None:
            programme.state.yield_kept()
        else:
            coarsen(programme, lacking, coarser)
        search(programme, np.any(lacking_of(programme), axis=0))
    return programme


def _closed(programme: Programme) -> list[int]:
    """The figures that end up hidden, by their place among those given."""
    closed = pl.Series(~programme.state.is_open)
    now = pl.col("partner").is_null() & (pl.col("release") == 0) & pl.col("status").is_in(TOLD)
    return programme.cells.filter(closed, now)["origin"].to_list()


def _without(figures: pl.DataFrame, hidden: list[int]) -> pl.DataFrame:
    """Those figures, with the hidden ones emptied: one status for all, whatever they were hidden for.

    A link rate is a share of persons too: it is given with the totals alone.
    """
    is_hidden = pl.col("origin").is_in(hidden)
    emptied = [pl.when(~is_hidden).then(pl.col(name)).alias(name) for name in MEASURES]
    status = pl.when(is_hidden).then(pl.lit(SUPPRESSED)).otherwise(pl.col("status")).alias("status")
    linked = figures.with_columns(link_rate()).with_columns(
        link_rate=pl.when(TOTALS).then(pl.col("link_rate"))
    )
    return linked.with_columns(*emptied, status)


def _report(done: Mapping[str, Programme], taken: Sequence[Decision], hidden: int) -> dict[str, Any]:
    """What was decided, without a count of any figure."""
    lacking = {name: lacking_of(programme).sum(axis=1).tolist() for name, programme in done.items()}
    return {
        "safe": not any(any(counts) for counts in lacking.values()),
        "hidden": hidden,
        "parameters": asdict(Rules()),
        "exceptions": [asdict(decision) for decision in taken],
        "coarsened": [
            {"programme": name, **level} for name, programme in done.items() for level in programme.coarsened
        ],
        "programmes": {
            name: {
                "protected": int(programme.sensitive.sum()),
                "already_public": programme.already_public,
                "witnesses": len(programme.changes),
                "unsound": programme.unsound,
                "attackers": [
                    {"name": attacker, "under_protected": count}
                    for attacker, count in zip(("public", *programme.partners), lacking[name], strict=True)
                ],
            }
            for name, programme in done.items()
        },
    }
