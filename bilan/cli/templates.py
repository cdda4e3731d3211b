"""`bilan templates`: the workbooks that partners fill in."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[
        Path, typer.Option("--out", help="Dossier où écrire les modèles. / Folder to write them into.")
    ],
    sender: Annotated[
        str | None,
        typer.Option("--sender", help="Un seul expéditeur, par son code. / One sender's code alone."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Résultat en JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Écrire pour chaque expéditeur les classeurs à remplir, un par journal.

    Un classeur rempli n'est jamais remplacé.

    Write for each sender the workbooks to fill in, one per log.

    A workbook that has been filled in is never replaced.
    """
    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.ingest.service import REFERENCE_FOLDER
    from bilan.intake import load_reference
    from bilan.intake.source import known_as
    from bilan.templates import write_templates

    reference = load_reference(Home.from_environment().root / REFERENCE_FOLDER)
    senders = reference.partners
    if sender is not None:
        senders = (known_as(sender, senders, f"{sender} : expéditeur inconnu"),)
    paths = write_templates(out, senders, reference)
    if as_json:
        print_json({"out": str(out), "files": [path.relative_to(out).as_posix() for path in paths]})
    else:
        typer.echo(f"{len(paths)} modèles écrits / templates written: {out}")
