"""The `bilan` command: one module per command, imported when it is called."""

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bilan : des journaux des partenaires aux tableaux de bord.\n\n"
    "From the partners' logs to published dashboards.",
)


def main() -> None:
    """Run the command line; what goes wrong unexpectedly exits 1."""
    app()
