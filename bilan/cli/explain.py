"""`bilan explain`: why a figure moved between two dates, or between two publications."""

from typing import Annotated, Any

import typer

from bilan.cli.kpi import written
from bilan.cli.options import Breakdown, Partner, Period, Programme, Territory, in_words, named_cell
from bilan.home import Home
from bilan.warehouse.explaining import Explanation, Side, Step


def command(
    code: Annotated[str, typer.Argument(help="M02, P09.refused... / A KPI's code.")],
    *,
    since: Annotated[str, typer.Option("--from", help="AAAA-MM-JJ, ou R3 : publication n° 3.")],
    to: Annotated[str, typer.Option("--to", help="AAAA-MM-JJ, ou R4. / YYYY-MM-DD, or R4.")],
    programme: Programme = None,
    period: Period = "total",
    territory: Territory = None,
    partner: Partner = None,
    breakdown: Breakdown = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Pourquoi un chiffre a bougé : événements en retard, corrigés, retirés ; leur somme est l'écart exact.

    Why a figure moved between two states of knowledge: the late, corrected and retracted events, whose
    contributions add up to the difference exactly.
    """
    from bilan.building.causes import UnknownStateError, state_named
    from bilan.building.figures import as_of, bounds
    from bilan.building.lineage import model_of
    from bilan.cli.reports import print_json, waiting
    from bilan.warehouse import Filters
    from bilan.warehouse.explaining import explain

    home, filters = Home.from_environment(), Filters(code=code)
    before, after = state_named(home, since), state_named(home, to)
    if before.at and after.at and before.at > after.at:
        raise UnknownStateError(f"{since} vient après {to} : donner d'abord l'état le plus ancien.")
    with (
        waiting("Comparaison"),
        as_of(home, filters, known_at=after.at, through=after.through) as (later, _),
        as_of(home, filters, known_at=before.at, through=before.through) as (earlier, _),
    ):
        cell = named_cell(
            later,
            code,
            programme=programme,
            period=period,
            territory=territory,
            partner=partner,
            breakdown=breakdown,
        )
        model = model_of(later, cell.model, bounds(known_at=after.at, through=after.through))
        explanation = explain(Side(earlier, before), Side(later, after), model, cell)
    if as_json:
        print_json({**cell.to_dict(), "from": since, "to": to, **as_plain(explanation)})
    else:
        typer.echo(in_words(cell))
        _print(explanation)


def as_plain(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values: both figures, the difference, and each step."""
    return {
        "before": explanation.before,
        "after": explanation.after,
        "difference": explanation.difference,
        "steps": [
            {"cause": step.cause, "contribution": step.contribution, "after": step.after, "event": step.event}
            for step in explanation.steps
        ],
        "neutral_events": explanation.neutral,
    }


def _print(explanation: Explanation) -> None:
    from rich.console import Console
    from rich.table import Table

    from bilan.building.causes import CAUSES_FR

    table = Table("cause", "effet", "chiffre ensuite", "arrivé", "dit le", "par", "type", "id")
    for step in explanation.steps:
        table.add_row(CAUSES_FR[step.cause], *_cells(step))
    typer.echo(f"{written(explanation.before)} → {written(explanation.after)}")
    Console(width=max(Console().width, 140)).print(table)
    typer.echo(
        f"Écart : {explanation.difference:+g}, somme des effets ; {explanation.neutral} événements neutres."
    )


def _cells(step: Step) -> tuple[str, ...]:
    event = step.event or {}
    cells = (event.get(name) or "" for name in ("time", "reporteddate", "sender", "type", "id"))
    return (f"{step.contribution:+g}", written(step.after), *cells)
