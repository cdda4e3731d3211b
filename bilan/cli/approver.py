"""`bilan approver`: the people who may approve a release, each with a key of their own."""

from pathlib import Path
from typing import Annotated

import typer

from bilan.cli.releases import refusing
from bilan.home import Home

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Les personnes qui approuvent les publications, chacune avec sa clé.\n\n"
    "The people who approve releases, each with a key of their own.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]
Name = Annotated[str, typer.Argument(metavar="NOM", help="Le nom de la personne. / The person's name.")]


@app.command("add")
def add(
    name: Name,
    *,
    account: Annotated[str, typer.Option(help="Son compte. / The person's account.")],
    out: Annotated[
        Path, typer.Option(metavar="FICHIER", help="Où écrire sa clé privée. / Where the private key goes.")
    ],
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Sans phrase de passe. / Without a passphrase.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fait la clé d'une personne : la moitié privée dans FICHIER, qu'elle seule garde ; rien n'en reste ici.

    Make a person's key: the private half goes to the file, which that person alone keeps.
    """
    from datetime import UTC, datetime

    from bilan.account import current_account
    from bilan.cli.reports import print_json
    from bilan.release.register.approvers import add_approver

    asked = None if no_passphrase else _passphrase()
    with refusing():
        added = add_approver(
            Home.from_environment(),
            name,
            account,
            out,
            passphrase=asked,
            who=current_account(),
            now=datetime.now(UTC),
        )
    if as_json:
        print_json({"name": added.name, "account": added.account, "public_key": added.public_key})
    else:
        typer.echo(
            f"{added.name} ({added.account}) approuve désormais. Sa clé est dans {out} : qu'elle seule"
        )
        typer.echo("que cette personne seule la garde, hors de cette machine si possible.")


@app.command("list")
def list_approvers(
    as_json: AsJson = False,
    keys: Annotated[
        bool, typer.Option("--keys", help="La liste à remettre aux lecteurs. / The list to hand to readers.")
    ] = False,
) -> None:
    """Donne les personnes qui approuvent, ou approuvaient. / List who approves, or did.

    --keys : une ligne par personne, sa clé puis son nom, pour « bilan-verify.py --approvers ».
    """
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from bilan.cli.reports import print_json
    from bilan.release.register.approvers import approvers_of
    from bilan.release.register.entries import read_register

    people = approvers_of(read_register(Home.from_environment()))
    if as_json:
        print_json([asdict(person) for person in people])
        return
    if keys:
        typer.echo("".join(f"{person.public_key} {person.name}\n" for person in people), nl=False)
        return
    table = Table("nom", "compte", "clé publique", "depuis", "jusqu'au")
    for person in people:
        until = (person.removed_at or "")[:10]
        table.add_row(person.name, person.account, person.public_key, person.added_at[:10], until)
    Console().print(table if people else "Personne n'approuve encore : « bilan approver add ».")


@app.command("remove")
def remove(
    name: Name,
    *,
    why: Annotated[str, typer.Option(help="Pourquoi, au registre. / Why, for the register.")],
    as_json: AsJson = False,
) -> None:
    """Retire à une personne le droit d'approuver ; ce qu'elle a fait sortir reste.

    Take the right to approve from a person; what came out with that signature stays out.
    """
    from dataclasses import asdict
    from datetime import UTC, datetime

    from bilan.account import current_account
    from bilan.cli.reports import print_json
    from bilan.release import resume
    from bilan.release.register.approvers import remove_approver

    home = Home.from_environment()
    with refusing():
        resume(home)  # what both had signed comes out first
        removed = remove_approver(home, name, why=why, who=current_account(), now=datetime.now(UTC))
    if as_json:
        print_json(asdict(removed))
    else:
        typer.echo(f"{removed.name} n'approuve plus.")


def _passphrase() -> bytes:
    prompt = "Phrase de passe de la clé"
    asked: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=True, err=True)
    return asked.encode()
