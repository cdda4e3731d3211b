"""`bilan expire`: note and close the records whose access period is over."""

from datetime import UTC, datetime
from typing import Annotated

import typer

INCOMPLETE = 3


def command(
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help="Échu à cette date ; par défaut aujourd'hui. / Due on that day.",
        ),
    ] = None,
    note_only: Annotated[
        bool,
        typer.Option("--note-only", help="Noter ce qui est échu, sans rien fermer. / Note, close nothing."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dire ce qui est échu, sans rien faire. / Tell, change nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Note les dossiers dont la période d'accès est échue, et les ferme : leurs renseignements sont détruits.

    Les périodes sont une table (reference/access_periods.csv), supposées tant qu'un juriste ne les a pas
    confirmées. Code de sortie : 0, ou 3 si un effacement est incomplet.

    Note the records whose access period is over, and close them: what tells who they are is destroyed.
    """
    from bilan.cli.reports import print_json, waiting
    from bilan.erasure.expire import ALL, NONE, expire
    from bilan.home import Home
    from bilan.identity.access import Access

    day = on.date() if on else datetime.now(UTC).date()
    with waiting("Périodes d'accès"):
        access = Access(f"périodes d'accès échues au {day}")
        done = expire(Home.from_environment(), day, access, close=NONE if note_only else ALL, dry_run=dry_run)
    if as_json:
        print_json(done.to_dict())
    else:
        conditional = "Seraient notés" if dry_run else "Notés"
        typer.echo(f"{conditional} : {len(done.noted)} ; fermés : {len(done.closed)}.")
        typer.echo(f"Échus et non fermés : {len(done.overdue)}.")
        if done.receipt:
            typer.echo(done.receipt.text)
    if done.receipt and not done.receipt.complete:
        raise typer.Exit(INCOMPLETE)
