"""`bilan extract`: the data package of a release that is out."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    release: Annotated[
        int, typer.Argument(metavar="R", help="Numéro de publication. / The release's number.")
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", help="Dossier à remplir, neuf ou vide. / A new or empty folder to fill.")
    ],
    as_zip: Annotated[
        bool, typer.Option("--zip", help="En un seul fichier .zip. / As a single .zip file.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Copie le paquet d'une publication en vigueur : chiffres, définitions, méthodes, preuves, signature.

    Code de sortie : 0, ou 4 si la publication n'est pas en vigueur ou si son paquet n'est plus intact.

    Copy the package of a release that is out: figures, definitions, methods, proofs, signature. Exit code:
    0, or 4 where the release is not out or its package is no longer sound.
    """
    from bilan.cli.releases import refusing
    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.release.publication.extracts import extract

    with refusing():
        written = extract(Home.from_environment(), release, out, as_zip=as_zip)
    if as_json:
        print_json({"release": release, "out": str(written)})
    else:
        typer.echo(f"Paquet écrit / package written: {written}")
        typer.echo("Vérifier / verify: bilan verify PACKAGE --key release.pub")
