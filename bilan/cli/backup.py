"""`bilan backup`: a copy of the home, without its keys."""

from pathlib import Path
from typing import Annotated

import typer

STATES_FR = {
    "intact": "intacte",
    "altered": "ALTÉRÉE",
    "unfinished": "inachevée",
    "unreachable": "hors d'atteinte",
}


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DOSSIER", help="Où copier ; hors du dossier de Bilan. / Where.")
    ] = None,
    list_them: Annotated[
        bool,
        typer.Option("--list", help="Les sauvegardes faites, et leur état. / The copies made, their state."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Copie le coffre, le grand livre, les listes et les éditions ; jamais les clés, à garder ailleurs.

    « bilan erase » efface aussi dans les sauvegardes qu'il peut atteindre.

    Copy vault, ledger, lists and published builds; never the keys, which are kept elsewhere.
    """
    from bilan.cli.reports import print_json, waiting
    from bilan.erasure.backup import backup, list_backups
    from bilan.home import Home
    from bilan.ledger.checkpoint import FILE_NAME as CHECKPOINT
    from bilan.release.verification.register import register_mark

    home = Home.from_environment()
    if list_them:
        found = list_backups(home)
        if as_json:
            print_json(found)
        for copy in () if as_json else found:
            typer.echo(f"{copy['made_at'][:16]}  {STATES_FR[copy['state']]:<16} {copy['path']}")
        return
    if folder is None:
        raise typer.BadParameter("Donner un dossier, ou --list. / Give a folder, or --list.")
    with waiting("Sauvegarde"):
        made = backup(home, folder, register_mark(home))
    checkpoint = (made.path / CHECKPOINT).read_text("utf-8")
    if as_json:
        made_of = {"path": str(made.path), "made_at": made.made_at, "manifest_sha256": made.manifest_sha256}
        print_json({**made_of, "checkpoint": checkpoint})
    else:
        typer.echo(f"Sauvegardé dans {made.path}, sans les clés : garder « keys/ » ailleurs.")
        typer.echo(f"Point de contrôle, à garder ailleurs (« bilan verify --checkpoint ») :\n\n{checkpoint}")
