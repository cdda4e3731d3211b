"""`bilan run`: from the inbox to a release candidate, through Dagster, in this process."""

from typing import TYPE_CHECKING, Annotated

import typer

from bilan.home import Home

if TYPE_CHECKING:
    from orchestration.run import Outcome


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Pour les scripts. / For scripts.")] = False,
) -> None:
    """De la boîte de dépôt à une candidate : lire, inscrire, calculer, contrôler, figer. Rien n'est publié.

    Deux personnes approuvent ensuite la candidate : « bilan release approve ». Code de sortie : 0 si tout
    est accepté, 3 si quelque chose est refusé ou retenu, 1 en cas d'échec.

    From the inbox to a release candidate, through Dagster: the run shows in its UI; two people then
    approve it. Nothing is published. Exit 0, 3 or 1 as ingest.
    """
    from expectations.examiner import Examiner

    examiner = Examiner().warm()  # its ten seconds of import pass while Dagster and dbt are imported here
    try:
        from bilan.cli.reports import print_json
        from orchestration.run import run

        outcome = run(Home.from_environment(), examiner=examiner, progress=_tell)
    finally:
        examiner.close()
    if as_json:
        print_json(outcome.to_dict())
    else:
        _print(outcome)
    raise typer.Exit(outcome.exit_code)


def _tell(stage: str) -> None:
    """Say on stderr what begins, so that stdout stays for the answer."""
    typer.echo(f"… {stage}", err=True)


def _print(outcome: "Outcome") -> None:
    """A steward's summary, in French."""
    from bilan.cli.reports import print_report

    if outcome.report:
        print_report(outcome.report, as_json=False)
    for name, seconds in outcome.seconds.items():
        typer.echo(f"{seconds:8.1f} s  {name}")
    for check in outcome.failed_checks:
        typer.echo(f"Contrôle non satisfait : {check}", err=True)
    if outcome.failure:
        typer.echo(f"Échec / Failure : {outcome.failure}", err=True)
    if outcome.made:
        from bilan.cli.releases import print_made

        print_made(outcome.made)
    else:
        typer.echo("Aucune candidate ; la dernière publication reste en place.")
