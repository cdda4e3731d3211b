"""`bilan verify`: has anything of the ledger changed since it was written?"""

from typing import Annotated

import typer

NOT_SOUND = 1


def command(
    as_json: Annotated[
        bool, typer.Option("--json", help="Constats en JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Recalcule le grand livre et le compare au journal du coffre.

    Code de sortie : 0 intact, 1 altéré.

    Recompute the ledger and hold it against the vault's journal. Exit code: 0 sound, 1 not.
    """
    from dataclasses import asdict

    from bilan.cli.reports import print_json, waiting
    from bilan.home import Home
    from bilan.ingest.verification import verify_home

    with waiting("Vérification"):
        verdict = verify_home(Home.from_environment())
    if as_json:
        print_json(
            {
                "sound": verdict.sound,
                "ledger_version": verdict.version,
                "batches": verdict.batches,
                "events": verdict.events,
                "findings": [asdict(finding) for finding in verdict.findings],
                "notes": verdict.notes,
            }
        )
    else:
        for finding in verdict.findings:
            typer.echo(f"✗ {finding.message}")
        for note in verdict.notes:
            typer.echo(f"· {note}")
        state = "intact" if verdict.sound else "ALTÉRÉ"
        typer.echo(f"Grand livre {state} : {verdict.batches} lots, {verdict.events} événements.")
    raise typer.Exit(0 if verdict.sound else NOT_SOUND)
