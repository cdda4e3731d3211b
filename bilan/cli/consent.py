"""`bilan consent`: consents withdrawn, from when on a name is exchanged no more."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bilan.cli.options import Ref, Sender, Token, Who, check_person

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Les consentements retirés.\n\nConsents withdrawn.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]


@app.command("withdraw")
def withdraw(
    *,
    token: Token = None,
    sender: Sender = None,
    ref: Ref = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help="Le jour du retrait ; par défaut, aujourd'hui. / The day; today.",
        ),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", help="Pourquoi ; scellé dans le coffre. / Why; sealed in the vault.")
    ],
    who: Who = "",
    as_json: AsJson = False,
) -> None:
    """Note qu'une personne retire son consentement : son nom n'est plus échangé, ses attributs sont détruits.

    Note that a person withdraws her consent: her name is exchanged no more, what the vault held is destroyed.
    """
    from bilan.cli.kpi import day_of
    from bilan.cli.reports import print_json, waiting
    from bilan.erasure.consent import withdraw as note
    from bilan.erasure.service import Request
    from bilan.home import Home
    from bilan.identity.access import Access

    check_person(token, sender, ref, why)
    day = day_of(on) or datetime.now(UTC).date()
    with waiting("Retrait"):
        done = note(Home.from_environment(), Request(Access(why, who), token, sender, ref), day)
    if as_json:
        print_json(done.to_dict())
    elif done.already:
        typer.echo(f"Consentement déjà retiré depuis le {done.since}.")
    else:
        typer.echo(
            f"Consentement retiré depuis le {done.since} : {len(done.tokens)} jetons, "
            f"{done.destroyed_files} copies de fichiers détruites."
        )


@app.command("list")
def list_withdrawn(as_json: AsJson = False) -> None:
    """Donne les consentements retirés, sans aucun nom. / List the consents withdrawn, without a name."""
    from rich.console import Console
    from rich.table import Table

    from bilan.cli.reports import print_json
    from bilan.erasure.consent import withdrawals
    from bilan.home import Home

    found = withdrawals(Home.from_environment())
    if as_json:
        print_json(found)
        return
    table = Table("jeton", "expéditeur", "depuis le")
    for one in found:
        table.add_row(one["token"], one["sender"], one["since"])
    Console().print(table if found else "Aucun consentement n'est retiré.")
