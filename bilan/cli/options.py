"""Options that several commands share: which figure (`trace`, `explain`), whom a command is about."""

from pathlib import Path
from typing import Annotated

import typer

from bilan.warehouse.cell import Cell, find_cell

Programme = Annotated[str | None, typer.Option(help="MOBILIS, Pj.")]
Period = Annotated[
    str,
    typer.Option(
        help="total, « Phase 1 », « mars 2010 », « T1 2017 », « sept. à nov. 2009 », 2010-2011, 2010-03."
    ),
]
Territory = Annotated[str | None, typer.Option(help="Municipalité. / Municipality.")]
Partner = Annotated[str | None, typer.Option(help="Code de partenaire. / Partner's code.")]
Breakdown = Annotated[
    str | None, typer.Option(help="Ventilation et valeur, motif=stupéfiants. / Breakdown and value.")
]


def named_cell(
    file: Path,
    code: str,
    *,
    programme: str | None,
    period: str,
    territory: str | None,
    partner: str | None,
    breakdown: str | None,
) -> Cell:
    """The cell that the options name; UnknownCellError, in French, where there is none."""
    name, _, value = (breakdown or "").partition("=")
    dimensions = {
        "territory": territory,
        "partner": partner,
        "breakdown": name or None,
        "breakdown_value": value or None,
    }
    return find_cell(file, code, programme=programme, period=period, dimensions=dimensions)


def in_words(cell: Cell) -> str:
    """The cell as a line for people."""
    where = ", ".join(value for value in (cell.territory, cell.partner) if value)
    parts = [cell.code, cell.programme, cell.period_label, where or "partout"]
    if cell.breakdown:
        parts.append(f"{cell.breakdown} : {cell.breakdown_value}")
    return " · ".join(parts)


Token = Annotated[str | None, typer.Option("--token", help="Le jeton de la personne. / Her token.")]
Sender = Annotated[
    str | None, typer.Option("--sender", help="L'expéditeur, avec --ref. / The sender, with --ref.")
]
Ref = Annotated[
    str | None,
    typer.Option("--ref", help="La référence propre à l'expéditeur. / The sender's own reference."),
]
Who = Annotated[
    str, typer.Option("--who", help="Qui le demande ; par défaut, le compte. / Who asks; the account.")
]


def check_person(token: str | None, sender: str | None, ref: str | None, why: str | None) -> None:
    """Stop unless one person is named one way, with a reason."""
    if (token is None) == (ref is None) or (ref is None) != (sender is None) or not (why or "").strip():
        raise typer.BadParameter(
            "Il faut --why, et --token ou --sender et --ref. / --why, and --token or --sender with --ref."
        )
