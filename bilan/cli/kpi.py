"""`bilan kpi`: exact figures, for the steward, from the whole ledger."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.home import Home
from bilan.warehouse.awaited import Reports, in_words
from bilan.warehouse.query import Figure, Filters

Answer = dict[str, Any]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="AAAA-MM-JJ. / YYYY-MM-DD.", show_default=False)
]


class Partners(StrEnum):
    """Under which name a partner's figures are read."""

    OWN = "own"  # its name of the time
    SUCCESSOR = "successor"  # the organisation that it has become


class PeriodKind(StrEnum):
    """The periods that a figure can be asked for."""

    TOTAL = "total"
    PHASE = "phase"
    PROGRAMME_YEAR = "programme_year"
    FISCAL_YEAR = "fiscal_year"
    QUARTER = "quarter"
    MONTH = "month"


def command(
    *,
    code: Annotated[
        str | None, typer.Option(help="M05 : M05 et ses compagnons. / M05: M05 and its companions.")
    ] = None,
    programme: Annotated[str | None, typer.Option(help="MOBILIS, Pj.")] = None,
    period_kind: Annotated[
        PeriodKind | None, typer.Option(help="Sorte de période. / Kind of period.")
    ] = None,
    territory: Annotated[str | None, typer.Option(help="Municipalité. / Municipality.")] = None,
    partner: Annotated[str | None, typer.Option(help="Code de partenaire. / Partner's code.")] = None,
    breakdown: Annotated[str | None, typer.Option(help="Ventilation : motif, sexe... / Breakdown.")] = None,
    partners: Annotated[
        Partners,
        typer.Option(
            help="own : le nom de l'époque ; successor : l'organisation devenue. / Own or heir's name."
        ),
    ] = Partners.OWN,
    until: Day = None,
    known_at: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Chiffres exacts, tirés de tout le registre ; réservés à l'intendance, jamais publiés tels quels.

    --until : ce qui s'était produit à cette date. --known-at : ce qui était connu à cette date.

    Exact figures from the whole ledger, for the steward alone. --until: what had happened by that
    day. --known-at: what had been told by then.
    """
    filters = Filters(code, programme, period_kind, territory, partner, breakdown)
    figures = ask(
        Home.from_environment(), filters, until=day_of(until), known_at=day_of(known_at), partners=partners
    )
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        show(figures)


def ask(
    home: Home,
    filters: Filters,
    *,
    until: date | None,
    known_at: date | None,
    partners: Partners = Partners.OWN,
) -> list[Answer]:
    """The figures as of those dates; the standing warehouse, refreshed, when there are none.

    Each says in `waits_for` which logs it waits for and from whom, when it is not yet reported.
    """
    from bilan.building.figures import as_of, refresh
    from bilan.warehouse import read_kpis, reading

    if until is None and known_at is None and partners is Partners.OWN:
        file = refresh(home)
        with reading(home):
            return _answers(file, read_kpis(file, filters))
    with as_of(home, filters, until=until, known_at=known_at, partners=partners) as (copy, models):
        return _answers(copy, read_kpis(copy, filters, models))


def _answers(file: Path, figures: list[Figure]) -> list[Answer]:
    if not figures:
        return []
    reports = Reports(file)
    return [{**figure, "waits_for": reports.awaited(figure)} for figure in figures]


def show(figures: list[Answer]) -> None:
    """Print the figures as a table for people, in French."""
    from rich.console import Console
    from rich.table import Table

    table = Table("Code", "Programme", "Où", caption=_caption(figures))
    table.add_column("Période", no_wrap=True)
    table.add_column("Ventilation")
    for heading in ("Valeur", "Sur", "Personnes", "Reliées"):
        table.add_column(heading, justify="right", no_wrap=True)
    for figure in figures:
        table.add_row(*_cells(figure))
    Console(width=max(Console().width, NARROWEST)).print(table)


NARROWEST = 140  # columns; a narrower terminal wraps lines rather than words
PERIODS_FR = {
    "total": "total",
    "phase": "phase",
    "programme_year": "année du programme",
    "fiscal_year": "année financière",
    "quarter": "trimestre",
    "month": "mois",
}
STATUSES_FR = {"missing": "sans objet", "not_yet_reported": "pas encore reçu"}


def _caption(figures: list[Answer]) -> str:
    known = {str(figure["known_at"]) for figure in figures if figure["known_at"]}
    return f"{len(figures)} chiffres exacts, connus au {max(known)}" if known else "rien n'est encore connu"


def _cells(figure: Answer) -> list[str]:
    breakdown = f"{figure['breakdown']} : {figure['breakdown_value']}" if figure["breakdown"] else ""
    if figure["waits_for"]:
        breakdown = f"attend {in_words(figure['waits_for'])}"
    status = str(figure["status"])
    return [
        str(figure["code"]),
        str(figure["programme"]),
        ", ".join(str(figure[name]) for name in ("territory", "partner") if figure[name]) or "tous",
        f"{PERIODS_FR[str(figure['period_kind'])]}, {figure['period_start']} au {figure['period_end']}",
        breakdown,
        STATUSES_FR.get(status) or _number(figure["value"]),
        _number(figure["denominator"]),
        _number(figure["n_persons"]),
        _percent(figure["link_rate"]),
    ]


def _number(value: str | int | float | None) -> str:
    if value is None:
        return ""
    return f"{value:.4f}".replace(".", ",") if isinstance(value, float) else str(value)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}".replace(".", ",").replace("%", " %")


def written(figure: Mapping[str, Any]) -> str:
    """A figure as a French reader writes it, or what its status says instead."""
    status = str(figure["status"])
    return STATUSES_FR.get(status) or _number(figure["value"]) or "aucun chiffre"


def day_of(moment: datetime | None) -> date | None:
    """The day of an option, if it was given."""
    return moment.date() if moment else None
