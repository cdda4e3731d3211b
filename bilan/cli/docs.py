"""`bilan docs`: every model, column, test and KPI in one page, with the graph from events to boards."""

import shutil
from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[Path, typer.Option("--out", help="Fichier .html à écrire. / The .html file to write.")],
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Écrire la documentation des modèles en une page qui s'ouvre hors ligne : définitions et filiation.

    Write the models' documentation as one page that opens offline: definitions and lineage.
    """
    from bilan.building.dbt import documented
    from bilan.building.figures import refresh
    from bilan.cli.reports import print_json, waiting
    from bilan.home import Home
    from bilan.warehouse import reading

    home = Home.from_environment()
    with waiting("Documentation"):
        file = refresh(home)
        with reading(home):
            page = documented(file)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, out)
    if as_json:
        print_json({"out": str(out)})
    else:
        typer.echo(f"Documentation écrite / documentation written: {out}")
