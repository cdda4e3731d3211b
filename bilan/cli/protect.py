"""`bilan protect`: hide what a table of counts must hide, or say what a table hidden by others gives away."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilan.disclosure.rules import SMALLEST_SHOWN, WIDTH, Rules, Zeros
from bilan.errors import PlainError

if TYPE_CHECKING:
    from bilan.disclosure.tables.protect import Protection
    from bilan.disclosure.tables.table import Table

NOT_SAFE = 4
ZEROS = ("published", "hidden")


def _file(text: str) -> Any:
    """An option that names a file to read."""
    return typer.Option(exists=True, dir_okay=False, readable=True, help=text)


class OptionError(PlainError):
    """Options that do not go together, or a value that none of them takes."""


def command(
    *,
    table: Annotated[
        Path,
        _file(
            "CSV : une ligne par cellule, ses dimensions, puis count. / One line per inner cell, then count."
        ),
    ],
    publish: Annotated[
        str,
        typer.Option(
            help="Ce qui est montré : « row,col;row;col; ». / What is shown; an empty one is the total."
        ),
    ],
    threshold: Annotated[
        int, typer.Option(min=1, help="Plus petit nombre montré. / Smallest count shown.")
    ] = SMALLEST_SHOWN,
    width: Annotated[
        int, typer.Option(min=1, help="Incertitude à garder. / Uncertainty to keep, in whole numbers.")
    ] = WIDTH,
    sensitive: Annotated[
        Path | None, _file("CSV de cellules à protéger aussi. / Cells to protect too.")
    ] = None,
    hidden: Annotated[Path | None, _file("CSV de cellules déjà masquées. / Cells already hidden.")] = None,
    audit_only: Annotated[
        bool, typer.Option("--audit-only", help="Ne rien masquer de plus, juger. / Hide nothing more, judge.")
    ] = False,
    zeros: Annotated[
        str,
        typer.Option(help="published ou hidden : les zéros se montrent, ou non. / Whether zeros are shown."),
    ] = "published",
    dominance: Annotated[
        str | None,
        typer.Option(help="« n,k » : les n premiers font plus de k %. / The n largest above k %."),
    ] = None,
    p_percent: Annotated[
        float | None,
        typer.Option(min=0, help="Sensible si le reste fait moins de p % du premier. / The p % rule."),
    ] = None,
    contributor: Annotated[
        str | None,
        typer.Option(help="Colonne du partenaire qui connaît ses lignes. / Whoever knows its own cells."),
    ] = None,
    previous: Annotated[
        Path | None, _file("Résultat --json encore diffusé. / A result that is still out.")
    ] = None,
    not_a_total: Annotated[
        list[str] | None,
        typer.Option(
            help="« dimension=catégorie » qui n'est pas un total ; se répète. / A category that is no total."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Pour un script. / For a script.")] = False,
) -> None:
    """Masque d'une table ce qu'il faut pour que personne ne retrouve un petit nombre par soustraction.

    Chaque cellule de 1 à 4 est masquée, avec ce qu'il faut d'autres, jusqu'à ce que le public et chaque
    partenaire gardent un doute d'au moins --width. Le résultat contient les nombres exacts : il est à
    l'intendance, jamais à diffuser. Une table qui tient ses propres totaux n'est pas prise : --publish dit
    ceux à montrer. Code de sortie : 0 sûr, 4 pas sûr (ne pas diffuser).

    Hide what it takes for nobody to subtract their way back to a small count of a table, and say what each
    attacker could still work out. The result holds exact counts. A table that holds totals of its own is
    not taken: --publish says which to show. Exit code: 0 safe, 4 not safe.
    """
    from bilan.cli.reports import print_json, waiting
    from bilan.disclosure.tables.files import result_of
    from bilan.disclosure.tables.protect import audit, protect
    from bilan.disclosure.tables.telling import check_totals, look_alike_warnings

    if zeros not in ZEROS:
        raise OptionError(f"--zeros : « {zeros} » n'est ni published ni hidden.")
    if audit_only and hidden is None:
        raise OptionError("--audit-only juge des cellules masquées : donner leur liste avec --hidden.")
    shown: Zeros = "published" if zeros == "published" else "hidden"
    rules = Rules(threshold, width, shown, _dominance(dominance), p_percent)
    if contributor is None and (rules.dominance or rules.p_percent is not None):
        raise OptionError("--dominance et --p-percent jugent des contributeurs : donner --contributor.")
    asked = _read(table, publish, contributor, sensitive=sensitive, hidden=hidden, previous=previous)
    check_totals(table, asked, not_a_total or ())
    warnings = look_alike_warnings(asked)
    with waiting("Protection"):
        done = audit(asked, rules) if audit_only else protect(asked, rules)
    if as_json:
        print_json(result_of(done, rules) | {"warnings": warnings})
    else:
        for warned in warnings:
            typer.echo(f"Attention : {warned['message']}", err=True)
        _print(done, rules)
    raise typer.Exit(0 if done.safe else NOT_SAFE)


def _dominance(text: str | None) -> tuple[int, float] | None:
    """« 1,85 » as a number of contributors and a share in percent."""
    if text is None:
        return None
    try:
        most, percent = text.split(",")
        rule = int(most), float(percent)
    except ValueError:
        rule = 0, 0.0
    if rule[0] < 1 or not 0 < rule[1] <= 100:  # noqa: PLR2004 - percents
        raise OptionError(f"--dominance : « {text} » n'est pas de la forme n,k (par exemple 1,85).")
    return rule


def _read(
    file: Path,
    publish: str,
    contributor: str | None,
    *,
    sensitive: Path | None,
    hidden: Path | None,
    previous: Path | None,
) -> "Table":
    """The table that the files and options describe."""
    from dataclasses import replace

    from bilan.disclosure.tables.files import read_cells, read_groupings, read_inner, read_releases
    from bilan.disclosure.tables.table import Table

    dimensions, inner = read_inner(file)
    if contributor is not None and contributor not in dimensions:
        raise OptionError(f"--contributor : « {contributor} » n'est pas une colonne de {file.name}.")
    table = Table(dimensions, inner, read_groupings(publish, dimensions), contributor)
    return replace(
        table,
        sensitive=read_cells(sensitive, table) if sensitive else frozenset(),
        hidden=read_cells(hidden, table) if hidden else frozenset(),
        earlier=read_releases(previous, dimensions) if previous else (),
    )


def _print(done: "Protection", rules: Rules) -> None:
    """The steward's summary: hidden cells with what the public can tell of them, then each attacker."""
    from rich.console import Console
    from rich.table import Table as Grid

    from bilan.disclosure.tables.room import NO_BOUND

    console, values = Console(), done.rows.system.values
    grid = Grid(title="Cellules masquées", title_justify="left")
    for heading in ("cellule", "exact", "au moins", "au plus"):
        grid.add_column(heading, justify="left" if heading == "cellule" else "right")
    for row, (grouping, key) in enumerate(done.rows.cells):
        if done.hidden[row]:
            named = ", ".join(f"{name} {value}" for name, value in zip(grouping, key, strict=True))
            most = "sans limite" if done.high[row] == NO_BOUND else str(done.high[row])
            grid.add_row(named or "grand total", str(values[row]), str(done.low[row]), most)
    console.print(grid)
    for attack in done.attacks:
        console.print(
            f"{attack.name} : {len(attack.determined)} cellules retrouvées, "
            f"{len(attack.under_protected)} connues à moins de {rules.width} près."
        )
    console.print("Sûr." if done.safe else "PAS SÛR : ne pas diffuser cette table.")
