"""Choose which figures to hide so that nobody works his way back to a small count, and prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from bilan.cube import KEY, SUPPRESSED
from bilan.disclosure.exceptions import RATE_AT_BOUNDS, Decision, decisions
from bilan.disclosure.figures.context import Context
from bilan.disclosure.figures.hiding import settle
from bilan.disclosure.figures.levels import TOTALS, counting, published
from bilan.disclosure.figures.memory import Earlier
from bilan.disclosure.figures.programme import Programme, prepared
from bilan.disclosure.figures.small import MEASURES, link_rate
from bilan.disclosure.rules import Rules

KAPLAN_MEIER = "kaplan_meier"


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
    catalogue: pl.DataFrame,
    earlier: Sequence[Earlier] = (),
    exceptions: Sequence[Decision] | None = None,
    senders: Mapping[str, str] | None = None,
) -> Protected:
    """What may be published of those figures: the levels that are, with what they must hide.

    `exact` has the dimensions and measures of the figures that several readers get, and those of each
    partner (`partner` not null), which that partner alone reads but every attack reckons with; `catalogue`
    has the `code`, `format`, `holds`, `counts_*`, `bounds` and `publishes_*` of each; `earlier` the releases
    still out, oldest first; `exceptions` the decisions to show what a rule would hide (by default those of
    the reference); `senders` who alone sends the logs of a code, and so knows all that it counts.
    CatalogueError where two codes are said to count the same, and do not.
    """
    taken = decisions() if exceptions is None else tuple(exceptions)
    # Of patterns that cost as much, the order of rows tells which is found: one order, whatever was given.
    exact, catalogue = exact.sort(KEY), catalogue.sort("code")
    everyone = counting(exact.filter(pl.col("partner").is_null()), catalogue)
    figures, withheld = published(everyone, catalogue)
    figures = figures.with_row_index("origin")
    done = {}
    for (name,), cells in figures.partition_by("programme", as_dict=True, maintain_order=True).items():
        here = exact.filter(pl.col("programme") == name)
        excepted = _excepted(taken, str(name))
        context = Context(str(name), here, catalogue, earlier, excepted, senders or {})
        done[str(name)] = settle(prepared(cells, context))
    hidden = [origin for programme in done.values() for origin in programme.hidden()]
    curves = catalogue.filter(pl.col("estimate") == KAPLAN_MEIER)
    public = _without(figures, hidden, curves).select(exact.columns)
    return Protected(public, _report(done, taken, len(hidden), withheld))


def _excepted(taken: Sequence[Decision], programme: str) -> frozenset[str]:
    return frozenset(
        decision.code
        for decision in taken
        if (decision.programme, decision.rule) == (programme, RATE_AT_BOUNDS)
    )


def _without(figures: pl.DataFrame, hidden: list[int], curves: pl.DataFrame) -> pl.DataFrame:
    """Those figures, with the hidden ones emptied: one status for all, whatever they were hidden for.

    A link rate is a share of persons too: it is given with the totals alone. `curves` are the codes of which
    a value is an estimate: what was counted by then is not what it is made of.
    """
    is_hidden = pl.col("origin").is_in(hidden)
    is_estimate = pl.col("code").is_in(curves["code"].implode())
    figures = figures.with_columns(numerator=pl.when(~is_estimate).then(pl.col("numerator")))
    emptied = [pl.when(~is_hidden).then(pl.col(name)).alias(name) for name in MEASURES]
    status = pl.when(is_hidden).then(pl.lit(SUPPRESSED)).otherwise(pl.col("status")).alias("status")
    linked = figures.with_columns(link_rate()).with_columns(
        link_rate=pl.when(TOTALS).then(pl.col("link_rate"))
    )
    return linked.with_columns(*emptied, status)


def _report(
    done: Mapping[str, Programme], taken: Sequence[Decision], hidden: int, withheld: pl.DataFrame
) -> dict[str, Any]:
    """What was decided, without a count of any figure."""
    lacking = {name: programme.lacking() for name, programme in done.items()}
    return {
        "safe": not any(any(counts) for counts in lacking.values()),
        "hidden": hidden,
        "parameters": asdict(Rules()),
        "exceptions": [asdict(decision) for decision in taken],
        "coarsened": withheld.to_dicts(),
        "programmes": {
            name: {
                "protected": int(programme.state.needs.cells.any(axis=0).sum()),
                "already_public": programme.already_public,
                "witnesses": len(programme.state.changes),
                "unsound": programme.state.unsound,
                "attackers": [
                    {"name": attacker.name, "under_protected": count}
                    for attacker, count in zip(programme.state.attackers, lacking[name], strict=True)
                ],
            }
            for name, programme in done.items()
        },
    }
