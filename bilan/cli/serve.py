"""`bilan serve`: Superset and Dagster on loopback, until Ctrl-C."""

from typing import Annotated

import typer

from bilan.cli import services as service
from bilan.cli.releases import refusing
from bilan.dashboards.boards import BOARDS, DATA_STEWARD, MINISTRY_REVIEWER, PARTNER_DIRECTOR, Entry
from bilan.home import Home

_READERS = {PARTNER_DIRECTOR: "directions", MINISTRY_REVIEWER: "ministère", DATA_STEWARD: "intendance"}


def command(
    port: Annotated[
        int, typer.Option("--port", help="Port de Superset / Superset's port")
    ] = service.SUPERSET_PORT,
    dagster_port: Annotated[
        int, typer.Option("--dagster-port", help="Port de Dagster / Dagster's port")
    ] = service.DAGSTER_PORT,
    dagster: Annotated[
        bool, typer.Option("--dagster/--no-dagster", help="Démarrer aussi Dagster / Start Dagster too")
    ] = True,
) -> None:
    """Démarre les tableaux de bord (Superset) et l'orchestration (Dagster) ; Ctrl-C arrête tout.

    Starts the dashboards (Superset) and the orchestration (Dagster); Ctrl-C stops everything.
    """
    home = Home.from_environment().create()
    service.check_free(port, *([dagster_port] if dagster else []))
    try:
        with service.stopping() as services:
            address, link = start_all(services, home, port, dagster_port if dagster else None)
            typer.echo(welcome(home, address, link))
            service.wait_for_the_end(services)
    except KeyboardInterrupt:
        typer.echo("Tout est arrêté. / Everything is stopped.")


def start_all(
    services: service.Services, home: Home, port: int, dagster_port: int | None
) -> tuple[str, str | None]:
    """Bootstrap Superset, start what was asked for and wait until all of it answers.

    Returns Superset's address, and the link that lets one browser into Dagster (None without Dagster).

    What is out is written again first where an older version of Bilan wrote it: boards read views that
    it may lack. Where it is not what was approved, nothing starts.
    """
    from bilan.release import resume

    with refusing():
        resume(home)
    typer.echo("Préparation de Superset… / Preparing Superset…", err=True)
    service.bootstrap_superset(home)
    address = service.start_superset(services, home, port)
    if dagster_port:
        service.start_dagster(services, home, dagster_port)
        service.start_dagster_daemon(services, home)
    typer.echo("Démarrage… / Starting…", err=True)
    services.wait_ready()
    return address, service.entrance(home) if dagster_port else None


def welcome(home: Home, address: str, link: str | None) -> str:
    """The addresses, Dagster's link and the passwords, in French, for a terminal."""
    made = service.passwords(home)
    width = max(map(len, made))
    lines = [
        "",
        f"Tableaux de bord : {address}/",
        *(f"  {_told(board)} : {address}{board.address('fr')}" for board in BOARDS),
        *([f"Orchestration (Dagster), par un lien qui sert une fois : {link}"] if link else []),
        "",
        f"Mots de passe (gardés dans {home.superset / 'passwords.json'}) :",
        *(f"  {name:<{width}}  {password}" for name, password in made.items()),
        "",
        "Ctrl-C arrête tout.",
    ]
    return "\n".join(lines)


def _told(board: Entry) -> str:
    """A board's title, and who reads it."""
    return f"{board.title[0]} ({', '.join(_READERS[role] for role in board.readers)})"
