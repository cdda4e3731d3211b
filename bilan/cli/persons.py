"""How a command is told whom it is about: a token, or a sender and the sender's own reference."""

from typing import Annotated

import typer

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
