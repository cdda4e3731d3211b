"""How reports look on a terminal: tables in French, or JSON for scripts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bilan.ingest import FileReport, Report
from bilan.ingest.horizons import Silences
from bilan.ingest.service import Progress as Tell
from bilan.intake import Warned

COUNTS = {
    "lignes": "rows",
    "prises": "accepted",
    "refusées": "refused",
    "+": "asserted",
    "~": "corrected",
    "-": "retracted",
    "=": "unchanged",
}
CAPTION = "événements : + ajoutés, ~ corrigés, - retirés ; = clés inchangées"


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_report(report: Report, *, as_json: bool) -> None:
    """A run's report."""
    if as_json:
        print_json(report.to_dict())
        return
    console = Console()
    if report.files:
        console.print(_files_table(report.files))
    else:
        console.print("Rien à prendre.")
    for file in report.files:
        _print_details(console, file)
    if report.silences.logs:
        console.print(_silences_table(report.silences))


def _files_table(files: list[FileReport]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption=CAPTION, caption_justify="left")
    table.add_column("fichier", overflow="fold")
    for heading in COUNTS:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("état", no_wrap=True)
    for file in files:
        counts = (str(getattr(file, name)) for name in COUNTS.values())
        table.add_row(Text(file.path), *counts, _state(file))
    return table


def _state(file: FileReport) -> str:
    if file.held:
        return "retenu"
    return "pris" if file.clean else "en partie" if file.accepted else "refusé"


def _print_details(console: Console, file: FileReport) -> None:
    if file.held:
        console.print(Text(f"{file.path} : retenu sous le numéro {file.held_id}. {file.held_reason}"))
        console.print("  « bilan held accept » le prend, « bilan held refuse » l'écarte.")
    if file.extra_columns:
        console.print(Text(f"{file.path} : colonnes laissées de côté : {', '.join(file.extra_columns)}"))
    for warning in file.warnings:
        console.print(Text(f"{file.path}{_place(warning)} : {warning.message}"))
    if file.refusals:
        console.print(_refusals_table(file))


def _place(warning: Warned) -> str:
    row = f"ligne {warning.row}" if warning.row is not None else None
    return "".join(f", {part}" for part in (warning.sheet, row, warning.column) if part)


def _refusals_table(file: FileReport) -> Table:
    title = Text(f"Refusé dans {file.path}")
    table = Table("ligne", "colonne", "code", "motif", title=title, title_justify="left", box=SIMPLE_HEAD)
    for refusal in file.refusals:
        row = "fichier" if refusal.row is None else str(refusal.row)
        row = f"{refusal.sheet}, {row}" if refusal.sheet else row
        table.add_row(row, refusal.column or "", refusal.code, Text(refusal.message, overflow="fold"))
    return table


def _silences_table(silences: Silences) -> Table:
    title = f"En date du {silences.on}, rien reçu depuis"
    table = Table(
        "expéditeur", "journal", "rien reçu depuis", title=title, title_justify="left", box=SIMPLE_HEAD
    )
    for one in silences.logs:
        table.add_row(one.sender, one.log, one.since.isoformat())
    return table


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """A sign of life on a terminal's error output, nothing elsewhere."""
    console = Console(stderr=True)
    with console.status(words) if console.is_terminal else nullcontext():
        yield


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """A bar on a terminal's error output, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Lecture", total=None)

        def tell(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name or "Fini")

        yield tell
