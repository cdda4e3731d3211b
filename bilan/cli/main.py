"""The `bilan` command: one module per command, imported only when that command is called.

To add a command, name its module in `COMMANDS` and write there a function `command` with typer
options (or, for a command with sub-commands, a `typer.Typer` named `app`). The function's
docstring is its help: French first, then English.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperGroup

from bilan.errors import describe

COMMANDS = {
    "demo": "bilan.cli.demo",
    "templates": "bilan.cli.templates",
    "ingest": "bilan.cli.ingest",
    "held": "bilan.cli.held",
    "link": "bilan.cli.link",
    "run": "bilan.cli.run",
    "kpi": "bilan.cli.kpi",
    "table": "bilan.cli.table",
    "trace": "bilan.cli.trace",
    "explain": "bilan.cli.explain",
    "release": "bilan.cli.release",
    "approver": "bilan.cli.approver",
    "report": "bilan.cli.report",
    "extract": "bilan.cli.extract",
    "docs": "bilan.cli.docs",
    "verify": "bilan.cli.verify",
    "vault": "bilan.cli.vault",
    "consent": "bilan.cli.consent",
    "erase": "bilan.cli.erase",
    "expire": "bilan.cli.expire",
    "backup": "bilan.cli.backup",
    "restore": "bilan.cli.restore",
    "protect": "bilan.cli.protect",
    "samples": "bilan.cli.samples",
    "serve": "bilan.cli.serve",
}
FAILURE = 1


class LazyCommands(TyperGroup):
    """A group that knows its commands by name and imports each one's module on demand."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of a first day with Bilan."""
        return [name for name, module in COMMANDS.items() if find_spec(module)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None when there is none."""
        module = COMMANDS.get(cmd_name)
        return load_command(cmd_name, module) if module and find_spec(module) else None


def load_command(name: str, module_name: str) -> Any:
    """Import a command's module and make a command of its `app` or of its function `command`."""
    module = import_module(module_name)
    single = getattr(module, "app", None) or _single(name, module.command)
    command = typer.main.get_command(single)
    command.name = name
    return command


def _single(name: str, function: Any) -> typer.Typer:
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(name)(function)
    return app


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bilan : des journaux des partenaires aux tableaux de bord.\n\n"
    "From the partners' logs to published dashboards.",
)


@app.callback()
def bilan() -> None:
    """Bilan : des journaux des partenaires aux tableaux de bord.

    From the partners' logs to published dashboards.
    """


def main() -> None:
    """Run the command line; what goes wrong unexpectedly is named, without its data, and exits 1."""
    try:
        app()
    except Exception as error:
        typer.echo(f"Échec / Failure : {describe(error)}", err=True)
        sys.exit(FAILURE)
