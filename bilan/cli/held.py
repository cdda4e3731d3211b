"""`bilan held`: the files that wait for the steward's word."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Les fichiers retenus : vides, plus anciens qu'un état déjà pris, qui retireraient beaucoup, que "
    "l'on n'a pu lire jusqu'au bout, ou que l'on peut lire de deux façons.\n\n"
    "Held files: empty, older than a statement already taken, withdrawing much, not read to the end, or "
    "read in two ways.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]


class DateOrder(StrEnum):
    """In which order a file writes its dates in figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


Dates = Annotated[
    DateOrder | None,
    typer.Option(
        "--dates",
        help="Ordre des dates en chiffres, si le fichier est retenu pour cela : jour ou mois d'abord. / "
        "Whether the file writes day or month first.",
    ),
]
HeldId = Annotated[
    str, typer.Argument(metavar="NUMÉRO", help="Donné par « bilan held list ». / The held id.")
]


@app.command("list")
def list_held(as_json: AsJson = False) -> None:
    """Donne les fichiers retenus. / List the held files."""
    from rich.console import Console
    from rich.table import Table

    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.ingest import held_files
    from bilan.ingest.service import held_to_dict

    held = [held_to_dict(file) for file in held_files(Home.from_environment())]
    if as_json:
        print_json(held)
        return
    table = Table("numéro", "fichier", "lignes", "retenu le", "raison")
    for file in held:
        table.add_row(file["id"], file["path"], str(file["rows"]), file["held_at"][:10], file["reason_fr"])
    Console().print(table if held else "Aucun fichier n'est retenu.")


@app.command("accept")
def accept(held_id: HeldId, as_json: AsJson = False, dates: Dates = None) -> None:
    """Prend un fichier retenu malgré tout. / Take a held file after all."""
    from bilan.cli.reports import print_report
    from bilan.home import Home
    from bilan.ingest import accept_held
    from bilan.intake import Answers

    answers = Answers(dates=dates.value if dates else None)
    report = accept_held(Home.from_environment(), held_id, answers)
    print_report(report, as_json=as_json)
    raise typer.Exit(report.exit_code)


@app.command("refuse")
def refuse(held_id: HeldId, as_json: AsJson = False) -> None:
    """Écarte un fichier retenu ; rien n'en va au grand livre. / Set a held file aside."""
    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.ingest import refuse_held
    from bilan.ingest.service import held_to_dict

    held = held_to_dict(refuse_held(Home.from_environment(), held_id))
    if as_json:
        print_json(held)
    else:
        typer.echo(f"{held['path']} : écarté.")
