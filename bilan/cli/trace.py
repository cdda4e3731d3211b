"""`bilan trace`: the events behind a figure, and the models that it passed through."""

from typing import Annotated, Any

import typer

from bilan.cli.kpi import Day, day_of, written
from bilan.cli.options import Breakdown, Partner, Period, Programme, Territory, in_words, named_cell
from bilan.home import Home
from bilan.warehouse.tracing import Event

SHOWN = {
    "dit le": "reporteddate",
    "par": "sender",
    "arrivé": "time",
    "type": "type",
    "action": "action",
    "id": "id",
}


def command(
    code: Annotated[str, typer.Argument(help="M02, P09.refused... / A KPI's code.")],
    *,
    programme: Programme = None,
    period: Period = "total",
    territory: Territory = None,
    partner: Partner = None,
    breakdown: Breakdown = None,
    until: Day = None,
    known_at: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Les événements derrière un chiffre, sans aucun nom, et les modèles qu'il a traversés.

    The events behind a figure (types, dates, senders; never a name), and the models it passed through.
    """
    from bilan.building.dbt import compiled
    from bilan.building.figures import as_of, bounds
    from bilan.building.lineage import boards_of, models_behind
    from bilan.cli.reports import print_json, waiting
    from bilan.warehouse import Filters
    from bilan.warehouse.cell import read_figure
    from bilan.warehouse.tracing import events_behind

    end, clock = day_of(until), day_of(known_at)
    asked = as_of(Home.from_environment(), Filters(code=code), until=end, known_at=clock)
    with waiting("Recherche"), asked as (file, _):
        cell = named_cell(
            file,
            code,
            programme=programme,
            period=period,
            territory=territory,
            partner=partner,
            breakdown=breakdown,
        )
        listing = compiled(file, cell.model, bounds(until=end, known_at=clock) | {"trace": "true"})
        facts, events = events_behind(file, listing, cell)
        answer = {
            **cell.to_dict(),
            "figure": read_figure(file, cell),
            "facts": facts,
            "events": events,
            "models": models_behind(file, cell.model),
            "dashboards": boards_of(file, cell.model),
        }
    if as_json:
        print_json(answer)
    else:
        typer.echo(in_words(cell))
        _print(answer, events)


def _print(answer: dict[str, Any], events: list[Event]) -> None:
    from rich.console import Console
    from rich.table import Table

    typer.echo(f"Chiffre : {written(answer['figure'])} ; {answer['facts']} faits, {len(events)} événements.")
    table = Table(*SHOWN)
    for event in events:
        table.add_row(*(event[name] or "" for name in SHOWN.values()))
    Console(width=max(Console().width, 140)).print(table)
    typer.echo(f"Modèles : {' > '.join(answer['models'])}")
    typer.echo(f"Tableaux : {', '.join(answer['dashboards']) or 'aucun'}")
