"""`bilan erase`: destroy what tells who a person is, everywhere, and give a signed receipt."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilan.cli.options import Ref, Sender, Token, Who, check_person

if TYPE_CHECKING:
    from bilan.erasure.service import Outcome

INCOMPLETE = 3


def command(
    *,
    token: Token = None,
    sender: Sender = None,
    ref: Ref = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why", help="Pourquoi ; scellé dans le coffre, jamais ailleurs. / Why; sealed in the vault."
        ),
    ] = None,
    who: Who = "",
    linked: Annotated[
        bool,
        typer.Option(
            "--linked",
            help="Aussi ses jetons chez d'autres expéditeurs. / Her tokens at other senders too.",
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Dire ce qui serait détruit, sans rien faire. / Tell, change nothing."
        ),
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Vérifier la signature d'un reçu. / Check a receipt's signature."),
    ] = None,
    public: Annotated[
        Path | None,
        typer.Option(
            "--public-key",
            help="Clé publique pour --check ; par défaut keys/receipt.pub. / Public key for --check.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Efface une personne partout et en donne un reçu signé, sans nom.

    Les faits comptés restent, sous un jeton que plus rien ne relie à elle.
    Code de sortie : 0 complet, 3 quelque chose reste ou n'a pu être atteint.

    Erase a person everywhere and print a signed receipt without a name. Past figures stay as they are.
    Exit code: 0 complete, 3 something remains or could not be reached.
    """
    from bilan.cli.reports import print_json, waiting
    from bilan.erasure.receipt import public_key, read_receipt
    from bilan.erasure.service import Request, erase
    from bilan.home import Home
    from bilan.identity.access import Access

    home = Home.from_environment()
    if check is not None:
        receipt = read_receipt(check, public or public_key(home.keys))
        if as_json:
            print_json({"genuine": True, "receipt": receipt.content})
        else:
            typer.echo(f"La signature tient.\n{receipt.text}")
        return
    check_person(token, sender, ref, why)
    request = Request(Access(str(why), who), token, sender, ref, linked)
    with waiting("Effacement"):
        outcome = erase(home, request, dry_run=dry_run)
    if as_json:
        print_json(outcome.to_dict())
    elif outcome.receipt is None:
        typer.echo(_would(outcome))
    else:
        typer.echo("Déjà effacé : rien n'a été refait." if outcome.already else "Effacé.")
        typer.echo(outcome.receipt.text)
    if outcome.receipt and not outcome.receipt.complete:
        raise typer.Exit(INCOMPLETE)


def _would(outcome: "Outcome") -> str:
    scope, plan = outcome.scope, outcome.plan
    if plan is None:
        return "Déjà effacé : rien ne serait fait."
    return (
        f"Seraient effacés : {', '.join(scope.tokens)}.\n"
        f"Laissés intacts chez d'autres expéditeurs : {', '.join(scope.linked) or 'aucun'}.\n"
        f"{len(plan.stones)} clés de lignes gardées pour mémoire, {len(plan.landed)} fichiers reçus "
        f"détruits, dont {len(plan.held)} retenus. Rien n'a été fait."
    )
