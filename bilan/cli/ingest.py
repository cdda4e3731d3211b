"""`bilan ingest`: partners' files into the ledger, and what was refused, row by row."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DAY = ["%Y-%m-%d"]


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CHEMIN]...",
            help="Fichiers ou dossiers ; sinon la boîte d'arrivée. / Files or folders; else the inbox.",
        ),
    ] = None,
    *,
    sender: Annotated[
        str | None, typer.Option("--sender", help="Expéditeur, si le chemin ne le dit pas. / Sender's code.")
    ] = None,
    log: Annotated[
        str | None, typer.Option("--log", help="Journal, si le nom ne le dit pas. / Log's name.")
    ] = None,
    date: Annotated[
        datetime | None, typer.Option("--date", formats=DAY, help="Date de l'état. / Statement's date.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=DAY,
            help="Jour où juger de qui rien n'est reçu ; sinon, celui du dernier état. / Day to judge on.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Rapport en JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Prend les fichiers des partenaires, et dit ligne par ligne ce qui est refusé.

    Un fichier se nomme EXPÉDITEUR/journal_AAAA-MM-JJ.csv ou .xlsx.

    Code de sortie : 0 tout est accepté, 3 refus ou fichier retenu, 1 échec.

    Take in the partners' files, and say row by row what is refused.

    A file is named SENDER/log_YYYY-MM-DD.csv or .xlsx.

    Exit code: 0 all accepted, 3 something refused or held, 1 failure.
    """
    from bilan.cli.reports import print_report, progress_bar
    from bilan.home import Home
    from bilan.ingest import ingest

    with progress_bar() as progress:
        report = ingest(
            Home.from_environment(),
            paths or (),
            sender=sender,
            log=log,
            statement_date=date.date() if date else None,
            on=on.date() if on else None,
            progress=progress,
        )
    print_report(report, as_json=as_json)
    raise typer.Exit(report.exit_code)
