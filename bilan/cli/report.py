"""`bilan report`: the printed bilan of a programme, made from a release that is out."""

from pathlib import Path
from typing import Annotated

import typer

from bilan.report.typography import Language


def command(
    release: Annotated[
        int, typer.Argument(metavar="R", help="Numéro de publication. / The release's number.")
    ],
    *,
    programme: Annotated[str, typer.Option(help="MOBILIS, Pj.")],
    out: Annotated[
        Path, typer.Option("--out", help="Fichier .pdf ou .html à écrire. / A .pdf or .html file to write.")
    ],
    lang: Annotated[
        Language, typer.Option("--lang", help="Langue du document. / Its language.")
    ] = Language.FR,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Le bilan à remettre : chiffres clés, graphiques, tableaux, méthode, définitions, vérification.

    Tiré d'une publication en vigueur, et d'elle seule. PDF ou page HTML, selon le nom du fichier ; la même
    publication redonne les mêmes octets. Code de sortie : 0, ou 4 si la publication n'est pas en vigueur ou
    n'est plus intacte.

    The report to hand out: key figures, charts, tables, method, definitions, verification. Made from a
    release that is out and nothing else. PDF or HTML page, by the file's name; the same release gives the
    same bytes. Exit code: 0, or 4 where the release is not out or no longer sound.
    """
    from bilan.cli.releases import refusing
    from bilan.cli.reports import print_json, waiting
    from bilan.home import Home
    from bilan.report.making import make

    with refusing(), waiting("Bilan"):
        written = make(Home.from_environment(), release, programme, lang, out)
    if as_json:
        print_json({"release": release, "programme": programme, "lang": lang.value, "out": str(written)})
    else:
        typer.echo(f"Bilan écrit / report written: {written}")
