"""`bilan vault`: the steward's hand on the vault. Every name shown leaves an entry in the access log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilan.cli.options import Ref, Sender, Token, Who, check_person
from bilan.home import Home

if TYPE_CHECKING:
    from bilan.identity.vault import Vault

BROKEN = 1
SHOWN_TOKENS = 3
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Le coffre : lire un nom, voir qui en a lu, changer la clé maîtresse.\n\n"
    "The vault: read a name, see who read any, change the master key.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]
HEADINGS_FR = {
    "token": "jeton",
    "sender": "expéditeur",
    "surname": "nom",
    "given_name": "prénom",
    "birth_date": "naissance",
    "reference": "référence",
}


@app.command("show")
def show(
    *,
    why: Annotated[str, typer.Option(help="Le motif, gardé au registre d'accès. / Why, kept in the log.")],
    token: Token = None,
    sender: Sender = None,
    ref: Ref = None,
    who: Who = "",
    as_json: AsJson = False,
) -> None:
    """Montre les cellules nominatives d'une personne, telles que saisies ; la lecture est consignée.

    Show a person's nominative cells as first typed; the reading is logged.
    """
    from bilan.cli.reports import print_json
    from bilan.identity.access import Access
    from bilan.identity.subjects import read_many
    from bilan.identity.vault import VaultError

    check_person(token, sender, ref, why)
    with _opened(Home.from_environment()) as vault:
        tokens = [token] if token else _referred(vault, str(sender), str(ref))
        found = read_many(vault, tokens, Access(why, who))
        senders = dict(_senders(vault, list(found)))
    if not found:
        raise VaultError("Inconnu du coffre, ou effacé.")
    persons = [{"token": one, "sender": senders[one], **cells} for one, cells in found.items()]
    if as_json:
        print_json(persons)
    else:
        _print_persons(persons)


@app.command("access-log")
def access_log(
    *,
    token: Annotated[str | None, typer.Option(help="Les lectures de ce jeton. / Of that token.")] = None,
    as_json: AsJson = False,
) -> None:
    """Donne qui a lu des noms, quand et pourquoi. Code de sortie : 0 entier, 1 rompu.

    List who read names, when and why. Exit code: 0 whole, 1 broken.
    """
    from dataclasses import asdict

    from bilan.cli.reports import print_json
    from bilan.identity.access import breaks, read_log

    with _opened(Home.from_environment()) as vault:
        entries, broken = read_log(vault), breaks(vault)
    shown = [asdict(entry) | {"count": len(entry.tokens)} for entry in entries]
    if token is not None:
        shown = [entry for entry in shown if token in entry["tokens"]]
    if as_json:
        print_json({"whole": not broken, "breaks": broken, "entries": shown})
    else:
        _print_entries(shown)
        for message in broken:
            typer.echo(f"✗ {message}")
    raise typer.Exit(BROKEN if broken else 0)


@app.command("accept")
def accept(
    *,
    why: Annotated[str, typer.Option(help="Le motif, gardé au registre d'accès. / Why, kept in the log.")],
    who: Who = "",
    as_json: AsJson = False,
) -> None:
    """Prend pour le bon un coffre que sa marque dénonce, avec ses réponses et ses reçus ; c'est consigné.

    À ne faire que s'il n'existe aucune copie plus récente : rien ne dit plus ce qui en a disparu.

    Take a vault that its mark disowns for the right one, with its replies and receipts; logged.
    """
    from bilan.cli.reports import print_json
    from bilan.durable import alone
    from bilan.identity.access import Access, record_access
    from bilan.identity.noted import note_what_is_there
    from bilan.identity.vault import open_vault

    home = Home.from_environment()
    with alone(home.create().root):
        vault = open_vault(home, is_trusted=True)
        try:
            note_what_is_there(vault, home.root, (home.outbox, home.vault / "receipts"))
            record_access(vault, Access(f"coffre pris pour le bon : {why}", who), [])
        finally:
            vault.close()
    if as_json:
        print_json({"accepted": True})
    else:
        typer.echo("Coffre pris pour le bon, et consigné.")


@app.command("rotate-key")
def rotate(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FICHIER",
            help="Si la clé vient de l'environnement : où écrire la nouvelle. / Where the new key goes.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change la clé maîtresse : l'ancienne n'ouvre plus rien du coffre. Aucun chiffre ne change.

    Change the master key: the old one opens the vault no more. No figure changes.
    """
    from bilan.cli.reports import print_json, waiting
    from bilan.durable import alone
    from bilan.identity.keys import VARIABLE
    from bilan.identity.rotation import rotate_key

    home = Home.from_environment()
    _check_there(home)
    with waiting("Changement de clé"), alone(home.create().root):
        count = rotate_key(home, out.resolve() if out else None)
    if as_json:
        print_json(
            {"data_keys": count, "to_set": VARIABLE if out else None, "out": str(out) if out else None}
        )
        return
    typer.echo(f"Clé maîtresse changée : {count} clés de personnes refaites.")
    if out:
        typer.echo(f"Donner maintenant à {VARIABLE} la clé de {out}, puis détruire ce fichier.")
    typer.echo("Les sauvegardes faites avant gardent l'ancienne clé : la détruire quand elles le seront.")


@contextmanager
def _opened(home: Home) -> Iterator["Vault"]:
    from bilan.durable import alone
    from bilan.identity.vault import open_vault

    _check_there(home)
    with alone(home.create().root):
        vault = open_vault(home)
        try:
            yield vault
        finally:
            vault.close()


def _check_there(home: Home) -> None:
    """A command that reads or changes a vault never makes one."""
    from bilan.identity.vault import VaultError, vault_exists

    if not vault_exists(home):
        raise VaultError("Il n'y a pas de coffre ici : vérifier BILAN_HOME et BILAN_VAULT_URL.")


def _referred(vault: "Vault", sender: str, ref: str) -> list[str]:
    """The token of a sender's reference, and those of the names that its logs tied to it."""
    from bilan.erasure.scope import references, tokens_of

    found = tokens_of(vault, references(vault, sender, ref))
    tied = vault.rows(
        f"select distinct t.named from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
        " join ties as t on t.referred = wanted.value order by t.named",
        tokens=_listed(found),
    )
    return [*found, *(named for (named,) in tied)]


def _senders(vault: "Vault", tokens: list[str]) -> list[tuple[Any, ...]]:
    return vault.rows(
        f"select s.token, s.sender from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
        " join subjects as s on s.token = wanted.value",
        tokens=_listed(tokens),
    )


def _listed(tokens: list[str]) -> str:
    import json

    return json.dumps(tokens)


def _print_persons(persons: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for heading in HEADINGS_FR.values():
        table.add_column(heading, overflow="fold")
    for person in persons:
        table.add_row(*(Text(person[name] or "") for name in HEADINGS_FR))
    Console().print(table)


def _print_entries(entries: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("n°", "quand (UTC)")
    for heading in ("qui", "pourquoi", "jetons", ""):
        table.add_column(heading, overflow="fold")
    for entry in entries:
        more = "…" if entry["count"] > SHOWN_TOKENS else ""
        tokens = f"{entry['count']} : {' '.join(entry['tokens'][:SHOWN_TOKENS])}{more}"
        cells = (str(entry["number"]), entry["read_at"][:19], entry["who"], entry["why"], tokens)
        table.add_row(*map(Text, cells), "" if entry["genuine"] else "✗")
    Console().print(table if entries else "Aucune lecture n'est consignée.")
