"""`bilan table`: coverage and its holes, paths between services, zones of overlap, breaches of privacy."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from bilan.cli.kpi import Day, day_of
from bilan.cli.options import Partner, Period
from bilan.home import Home


class Name(StrEnum):
    """The tables there are."""

    COVERAGE = "coverage"
    PATHS = "paths"
    OVERLAPS = "overlaps"
    BREACHES = "breaches"


HEADINGS_FR = {
    "partner": "partenaire",
    "axe": "axe",
    "cible": "cible",
    "youths_detected": "dépistés",
    "requests": "demandes",
    "youths_served": "servis",
    "is_hole": "trou",
    "is_covered": "couvert",
    "step": "étape",
    "from_service": "de",
    "from_partner": "de (qui)",
    "to_service": "vers",
    "to_partner": "vers (qui)",
    "youths": "jeunes",
    "first_service": "service",
    "first_partner": "qui",
    "second_service": "et service",
    "second_partner": "et qui",
    "pairs": "chevauchements",
    "days_open": "jours",
    "led_by_nobody": "sans meneur",
    "led_by_one": "un meneur",
    "led_by_both": "deux meneurs",
    "statement_date": "état du",
    "log": "journal",
    "breach": "motif",
    "territory": "territoire",
    "refused_rows": "lignes refusées",
}


def command(
    name: Annotated[
        Name,
        typer.Argument(
            help="coverage : axe par cible ; paths : va-et-vient ; overlaps : chevauchements ; "
            "breaches : communications refusées. / Which table."
        ),
    ],
    *,
    programme: Annotated[str, typer.Option(help="Pj, MOBILIS.")] = "Pj",
    period: Period = "total",
    partner: Partner = None,
    until: Day = None,
    known_at: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Couverture, chemins, chevauchements, communications refusées ; exacts, réservés à l'intendance.

    Coverage matrix with its holes, paths between services (one row per arrow), zones of overlap, rows refused
    to protect privacy: exact, for the steward alone.
    """
    from bilan.building.figures import as_of
    from bilan.cli.reports import print_json, waiting
    from bilan.warehouse.tables import TABLES, read_table

    home = Home.from_environment()
    with (
        waiting("Calcul"),
        as_of(home, [TABLES[name]], until=day_of(until), known_at=day_of(known_at)) as (file, _),
    ):
        rows = read_table(file, name, programme=programme, period=period, partner=partner)
    if as_json:
        print_json(rows)
    else:
        _print(rows)


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("Rien dans cette période.")
        return
    table = Table(*(HEADINGS_FR[column] for column in rows[0]), caption=f"{len(rows)} lignes")
    for row in rows:
        table.add_row(*(_cell(column, value) for column, value in row.items()))
    Console(width=max(Console().width, 140)).print(table)


def _cell(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else ""
    if value is None:
        return "tous" if column == "partner" else ""
    return str(value)
