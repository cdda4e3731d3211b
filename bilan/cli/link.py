"""`bilan link`: who is the same person, where senders did not write a name or a date alike."""

from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reconnaître une même personne d'un expéditeur à l'autre, malgré les fautes de frappe.\n\n"
    "Recognise one person across senders, in spite of typing errors.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]
Number = Annotated[
    int, typer.Argument(metavar="NUMÉRO", help="Donné par « bilan link review ». / The pair's number.")
]
Why = Annotated[
    str, typer.Option("--why", help="Le motif, gardé scellé dans le coffre. / The reason, kept sealed.")
]
Token = Annotated[str, typer.Argument(metavar="JETON", help="Un jeton du coffre. / A token of the vault.")]
_REVIEWING = "revue des paires (bilan link review)"
_STATES = {"waiting": "attend", "accepted": "acceptée", "refused": "refusée", "parted": "défaite"}


@app.command("run")
def run(as_json: AsJson = False) -> None:
    """Compare toutes les personnes du coffre ; lie les sûres, garde les douteuses pour revue.

    Compare every person of the vault; link the sure pairs, keep the doubtful ones for review.
    """
    from dataclasses import asdict

    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import SCORING, run_linkage

    done = run_linkage(Home.from_environment(), Access(why=SCORING))
    if as_json:
        print_json(asdict(done))
        return
    typer.echo(
        f"{done.tokens} jetons nommés comparés : {done.linked} liens inscrits, "
        f"{done.waiting} paires mises en attente de revue."
    )


@app.command("review")
def review(as_json: AsJson = False) -> None:
    """Montre, nommées, les paires qui attendent ; chaque lecture est consignée.

    Show the waiting pairs with their names; every reading is logged.
    """
    from rich.console import Console
    from rich.table import Table

    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import waiting_pairs

    pairs = waiting_pairs(Home.from_environment(), Access(why=_REVIEWING))
    if as_json:
        print_json([_side_by_side(pair) for pair in pairs])
        return
    table = Table("numéro", "score", "expéditeur", "nom", "prénom", "naissance")
    for pair in pairs:
        for first, sender, cells in zip((True, False), pair.senders, pair.attributes, strict=True):
            opening = (str(pair.review.number), pair.review.score or "") if first else ("", "")
            names = (cells["surname"] or "", cells["given_name"] or "", cells["birth_date"] or "")
            table.add_row(*opening, sender, *names, end_section=not first)
    Console().print(table if pairs else "Aucune paire n'attend.")


@app.command("accept")
def accept(number: Number, why: Why, as_json: AsJson = False) -> None:
    """C'est la même personne : le lien est inscrit au grand livre. / The same person: link them."""
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import accept_pair

    _say(accept_pair(Home.from_environment(), number, Access(why=why)), as_json=as_json)


@app.command("refuse")
def refuse(number: Number, why: Why, as_json: AsJson = False) -> None:
    """Ce sont deux personnes : la paire ne sera plus proposée. / Two persons: never ask again."""
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import refuse_pair

    _say(refuse_pair(Home.from_environment(), number, Access(why=why)), as_json=as_json)


@app.command("undo")
def undo(token: Token, other: Token, why: Why, as_json: AsJson = False) -> None:
    """Défait un lien entre deux jetons, à partir d'aujourd'hui. / Undo a link, from today on."""
    from dataclasses import asdict

    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import part_pair

    parted = part_pair(Home.from_environment(), token, other, Access(why=why))
    if as_json:
        print_json(asdict(parted))
        return
    typer.echo("Lien défait.")
    if parted.still_one:
        typer.echo("Attention : d'autres liens font encore des deux jetons une seule personne.")


@app.command("list")
def list_pairs(as_json: AsJson = False) -> None:
    """Donne, sans nom, les paires proposées, ce qui en fut décidé, et les liens à défaire.

    Pour trouver ceux-ci, chaque jeton lié est lu, et la lecture consignée.

    List the pairs and what was decided, without names, and the links that words for nothing made: every
    linked token is read for it, and the reading logged.
    """
    from rich.console import Console
    from rich.table import Table

    from bilan.cli.reports import print_json
    from bilan.home import Home
    from bilan.identity.access import Access
    from bilan.ingest.linking import all_reviews, review_to_dict
    from bilan.ingest.nothing import LOOKING, pairs_of_nothing

    home = Home.from_environment()
    known, of_nothing = all_reviews(home), pairs_of_nothing(home, Access(why=LOOKING))
    if as_json:
        pairs = [{"token": token, "other": other, "state": "of_nothing"} for token, other in of_nothing]
        print_json([*map(review_to_dict, known), *pairs])
        return
    table = Table("numéro", "jetons", "score", "état", "le", "par")
    for pair in known:
        tokens, state = f"{pair.token}\n{pair.other}", _STATES[pair.state]
        table.add_row(str(pair.number), tokens, pair.score or "", state, pair.at[:10], pair.decided_by)
    Console().print(table if known else "Aucune paire n'a été proposée.")
    if of_nothing:
        typer.echo("À défaire : un mot qui ne dit rien (« N/D », « inconnu ») y a été pris pour quelqu'un.")
    for token, other in of_nothing:
        typer.echo(f'  bilan link undo {token} {other} --why "lien fait par un mot qui ne dit rien"')


def _say(review: Any, *, as_json: bool) -> None:
    from bilan.cli.reports import print_json
    from bilan.ingest.linking import review_to_dict

    if as_json:
        print_json(review_to_dict(review))
    else:
        typer.echo(f"Paire {review.number} : {_STATES[review.state]}.")


def _side_by_side(pair: Any) -> dict[str, Any]:
    from bilan.linkage.comparisons import PRODUCTION

    sides = zip(pair.review.pair, pair.senders, pair.attributes, strict=True)
    return {
        "number": pair.review.number,
        "score": pair.review.score,
        "persons": [
            {"token": token, "sender": sender, **{name: cells[name] for name in PRODUCTION}}
            for token, sender, cells in sides
        ],
    }
