"""`bilan restore`: a lost home from a copy of it."""

from pathlib import Path
from typing import Annotated

import typer

NOT_SOUND = 1


def command(
    copy: Annotated[
        Path,
        typer.Argument(metavar="SAUVEGARDE", help="Le dossier « bilan-... » d'une sauvegarde. / A copy."),
    ],
    receipts: Annotated[
        list[Path] | None,
        typer.Option(
            "--receipts",
            help="Dossier de reçus gardés ailleurs ; se répète. / Receipts kept elsewhere.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Refait un dossier perdu à partir d'une sauvegarde, sous la clé maîtresse de ce jour-là.

    Les effacements et les retraits de consentement que des reçus disent postérieurs sont refaits.
    Code de sortie : 0 intact, 1 non.

    Make a lost home again from a copy, with the erasures and withdrawals that receipts tell of since.
    Exit code: 0 sound, 1 not.
    """
    from dataclasses import asdict

    from bilan.cli.reports import print_json, waiting
    from bilan.erasure.restore import restore
    from bilan.home import Home

    with waiting("Restauration"):
        restored = restore(Home.from_environment(), copy, receipts or ())
    if as_json:
        print_json(asdict(restored))
    else:
        state = "intact" if restored.sound else "ALTÉRÉ : voir « bilan verify »"
        typer.echo(f"Restauré l'état du {restored.made_at[:16]} ; grand livre {state}.")
        typer.echo(
            f"Effacements refaits : {len(restored.erased_again)} ; "
            f"retraits de consentement : {len(restored.withdrawn_again)}."
        )
        if restored.foreign:
            typer.echo(f"Laissés de côté, non signés d'ici : {', '.join(restored.foreign)}.")
        typer.echo("Ce qui est venu après la sauvegarde est à redemander aux partenaires.")
    raise typer.Exit(0 if restored.sound else NOT_SOUND)
