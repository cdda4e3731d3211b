"""`bilan verify`: the ledger and the releases, one package alone, or every figure of a release."""

from pathlib import Path
from typing import Annotated, Any

import typer

NOT_SOUND = 1
_SHOWN = 20  # differences named on a terminal; --json tells all of them
Key = Annotated[
    Path | None,
    typer.Option("--key", help="Clé publique du partenariat. / The partnership's public key.", exists=True),
]
Previous = Annotated[
    Path | None, typer.Option("--previous", help="Paquet d'avant. / The package before.", exists=True)
]
Approvers = Annotated[
    Path | None,
    typer.Option(
        "--approvers", help="Clés des personnes qui approuvent. / The approvers' keys.", exists=True
    ),
]


def command(
    package: Annotated[
        Path | None,
        typer.Argument(help="Paquet à vérifier : dossier ou .zip. / A package: folder or .zip.", exists=True),
    ] = None,
    *,
    key: Key = None,
    previous: Previous = None,
    approvers: Approvers = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="Le grand livre le contient-il encore ? / Is it still in the ledger?", exists=True),
    ] = None,
    rederive: Annotated[
        int | None,
        typer.Option("--rederive", metavar="R", help="Recalculer la publication R. / Recompute release R."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Constats en JSON sur la sortie standard. / JSON on stdout.")
    ] = False,
) -> None:
    """Vérifie ce que Bilan garde, ou un paquet seul, hors ligne.

    Sans argument : tout ce qui est sous le dossier, le grand livre contre le journal du coffre, les
    publications, ce que voient les lecteurs. --checkpoint FICHIER : et si le grand livre contient encore ce
    qu'atteste ce point de contrôle. PACKAGE : ce paquet seul. --rederive R : chaque chiffre de la
    publication R, recalculé de ses événements. Code de sortie : 0 intact, 1 altéré, 3 paquet où rien n'est
    altéré mais dont personne ne répond (sans --key et --approvers).

    Verify what Bilan keeps, or a package alone, offline. Without argument: all that is under the home, the
    ledger against the vault's journal, releases, what readers see. --checkpoint FILE: and whether the ledger
    still contains what that checkpoint tells of. PACKAGE: that package alone.
    --rederive R: every figure of release R, computed again from its events. Exit code: 0 sound, 1 not, 3 a
    package where nothing is altered but that nobody vouches for (without --key and --approvers).
    """
    if package is not None and rederive is not None:
        raise typer.BadParameter("PACKAGE ou --rederive, pas les deux. / PACKAGE or --rederive, not both.")
    if package is None and (previous or approvers or (key and not checkpoint)):
        raise typer.BadParameter(
            "--key, --approvers et --previous vont avec PACKAGE. / They go with PACKAGE."
        )
    if checkpoint and (package or rederive is not None):
        raise typer.BadParameter("--checkpoint va seul, ou avec --key. / It goes alone, or with --key.")
    if package is not None:
        raise typer.Exit(_verify_package(package, key, previous, approvers, as_json=as_json))
    if rederive is not None:
        sound = _rederive(rederive, as_json=as_json)
    else:
        sound = _verify_home(checkpoint, key, as_json=as_json)
    raise typer.Exit(0 if sound else NOT_SOUND)


def _verify_package(
    package: Path, key: Path | None, previous: Path | None, approvers: Path | None, *, as_json: bool
) -> int:
    from bilan.cli.reports import print_json
    from bilan.release.package.verifier import shipped, verify_package

    verdict = verify_package(package, key, previous, approvers)
    if as_json:
        print_json(verdict)
    else:
        typer.echo(shipped().as_text(verdict))
    return int(shipped().EXIT_CODES[verdict["verdict"]])


def _verify_home(checkpoint: Path | None, key: Path | None, *, as_json: bool) -> bool:
    from dataclasses import asdict

    from bilan.cli.reports import print_json, waiting
    from bilan.cli.verification import read_checkpoint, verify_all
    from bilan.home import Home

    home = Home.from_environment()
    with waiting("Vérification"):
        verdict, releases = verify_all(home, read_checkpoint(home, checkpoint, key) if checkpoint else None)
    if as_json:
        print_json(
            {
                "sound": verdict.sound,
                "ledger_version": verdict.version,
                "batches": verdict.batches,
                "events": verdict.events,
                "releases": releases,
                "findings": [asdict(finding) for finding in verdict.findings],
                "notes": verdict.notes,
            }
        )
    else:
        for finding in verdict.findings:
            typer.echo(f"✗ {finding.message}")
        for note in verdict.notes:
            typer.echo(f"· {note}")
        state = "intacts" if verdict.sound else "ALTÉRÉS"
        counts = f"lots {verdict.batches}, événements {verdict.events}, publications {releases}"
        typer.echo(f"Grand livre et publications {state} : {counts}.")
    return verdict.sound


def _rederive(release: int, *, as_json: bool) -> bool:
    from bilan.building.rederivation import rederive
    from bilan.cli.reports import print_json, waiting
    from bilan.home import Home

    with waiting("Recalcul"):
        rederived = rederive(Home.from_environment(), release)
    if as_json:
        print_json(
            {
                "sound": rederived.sound,
                "release": rederived.release,
                "figures": rederived.figures,
                "differences": [difference.to_dict() for difference in rederived.differences],
                "models_changed": list(rederived.models_changed),
                "known_at": rederived.known_at,
            }
        )
        return rederived.sound
    if rederived.models_changed:
        typer.echo(f"· Modèles changés depuis : {', '.join(rederived.models_changed)}.")
    if rederived.known_at:
        released, derived = rederived.known_at
        typer.echo(f"✗ Connu au {released} selon la publication, {derived} selon ses événements.")
    for difference in rederived.differences[:_SHOWN]:
        typer.echo(f"✗ {_in_words(difference.to_dict())}")
    if len(rederived.differences) > _SHOWN:
        typer.echo(f"✗ … et {len(rederived.differences) - _SHOWN} autres : --json les dit toutes.")
    state = (
        "retrouvée de ses événements" if rederived.sound else "DIFFÉRENTE de ce que donnent ses événements"
    )
    typer.echo(f"Publication n° {release} {state} : {rederived.figures} chiffres recalculés.")
    return rederived.sound


def _in_words(difference: dict[str, Any]) -> str:
    cell = " · ".join(str(value) for value in difference["cell"].values() if value is not None)
    released, derived = difference["released"], difference["derived"]
    return f"{difference['file']} : {cell} : {difference['measure']} {released}, recalculé {derived}"
