"""`bilan release`: the gate between the exact figures and the world."""

from pathlib import Path
from typing import Annotated

import typer

from bilan.cli.releases import REFUSED, refusing
from bilan.home import Home

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Les publications : figer une candidate, l'approuver à deux, la retirer.\n\n"
    "Releases: freeze a candidate, approve it between two, withdraw it. Exit 4: refused.",
)
AsJson = Annotated[bool, typer.Option("--json", help="JSON sur la sortie standard. / JSON on stdout.")]
Number = Annotated[int, typer.Argument(metavar="R", help="Numéro de publication. / The release's number.")]


@app.command("candidate")
def candidate(
    *,
    why: Annotated[str, typer.Option(help="Pourquoi, au registre. / Why, for the register.")] = "",
    as_json: AsJson = False,
) -> None:
    """Fige ce que dit l'entrepôt, le contrôle, et dit ce qu'il faut en savoir avant d'approuver.

    Freeze what the warehouse says, check it, and tell what should be known before approving. Exit 4
    where a check is not satisfied.
    """
    from bilan.building.candidate import freeze
    from bilan.building.figures import refresh
    from bilan.cli.releases import made_as_plain, print_made
    from bilan.cli.reports import print_json, waiting
    from bilan.release.register.transitions import State
    from expectations.examiner import Examiner

    home, examiner = Home.from_environment(), Examiner().warm()
    try:
        with refusing(), waiting("Contrôles"):
            refresh(home)
            made = freeze(home, why, examiner)
    finally:
        examiner.close()
    if as_json:
        print_json(made_as_plain(made))
    else:
        print_made(made)
    raise typer.Exit(REFUSED if made.release.state is State.CANDIDATE else 0)


@app.command("approve")
def approve(
    number: Number,
    *,
    key: Annotated[Path, typer.Option("--key", metavar="FICHIER", help="Votre clé. / Your own key.")],
    as_json: AsJson = False,
) -> None:
    """Signe une candidate de votre clé ; la seconde signature, d'une autre personne, publie aussitôt.

    Sign a candidate with your own key; the second signature, somebody else's, publishes at once.
    """
    from bilan.account import current_account
    from bilan.cli.releases import as_plain
    from bilan.cli.reports import print_json, waiting
    from bilan.keyfiles import is_locked
    from bilan.release import approve as sign
    from bilan.release.publication.extracts import checkpoint_of

    home = Home.from_environment()
    passphrase = typer.prompt("Phrase de passe", hide_input=True, err=True) if is_locked(key) else None
    with refusing(), waiting("Signature"):
        signed = sign(
            home,
            number,
            key,
            passphrase=passphrase.encode() if passphrase else None,
            run_by=current_account(),
        )
    if as_json:
        build = signed.build.number if signed.build else None
        plain = {**as_plain(signed.release), "missing": signed.missing, "build": build}
        print_json({**plain, "checkpoint": checkpoint_of(home, number) if signed.build else None})
    elif signed.missing:
        typer.echo(f"Publication n° {number} : signée. Il manque {signed.missing} signature.")
    else:
        typer.echo(f"Publication n° {number} : signée par deux personnes ; elle est sortie.")
        typer.echo(f"Point de contrôle, à garder ailleurs :\n\n{checkpoint_of(home, number)}")


@app.command("list")
def list_releases(as_json: AsJson = False) -> None:
    """Donne les publications, la plus récente d'abord. / List the releases, newest first."""
    from bilan.cli.releases import as_plain, print_releases
    from bilan.cli.reports import print_json
    from bilan.release import resume

    with refusing():
        releases = sorted(resume(Home.from_environment()).values(), key=lambda r: -r.number)
    if as_json:
        print_json([as_plain(release) for release in releases])
    else:
        print_releases(releases)


@app.command("show")
def show(number: Number, as_json: AsJson = False) -> None:
    """Montre une publication : ses étapes, qui et pourquoi, et ses constats automatiques.

    Show a release: its steps, who and why, and its automatic findings.
    """
    from dataclasses import asdict

    from bilan.cli.releases import as_plain, print_releases, print_steps
    from bilan.cli.reports import print_json
    from bilan.release import resume
    from bilan.release.candidate.folder import FINDINGS, check_untouched, read_document, read_page
    from bilan.release.gate import known
    from bilan.release.register.entries import read_register

    home = Home.from_environment()
    with refusing():
        release = known(resume(home), number)
        check_untouched(home, number, release.candidate_sha256)
        findings, page = read_document(home, number, FINDINGS), read_page(home, number)
        steps = [entry for entry in read_register(home) if entry.release == number]
    if as_json:
        print_json({**as_plain(release), "steps": [asdict(step) for step in steps], "findings": findings})
        return
    print_releases([release])
    typer.echo(f"Empreinte de la candidate : {release.candidate_sha256}")
    print_steps(steps)
    typer.echo(page)


@app.command("diff")
def diff(
    before: Annotated[int, typer.Argument(metavar="R1", help="La plus ancienne. / The earlier one.")],
    after: Annotated[int, typer.Argument(metavar="R2", help="La plus récente. / The later one.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Compare ligne à ligne ce que deux publications montrent à chacun de leurs lecteurs.

    Compare row by row what two releases show to each of their readers.
    """
    from bilan.cli.releases import print_difference
    from bilan.cli.reports import print_json
    from bilan.release import resume
    from bilan.release.candidate.diff import compare
    from bilan.release.candidate.folder import check_untouched, read_contents
    from bilan.release.gate import known

    home = Home.from_environment()
    with refusing():
        releases = resume(home)
        for number in (before, after):
            check_untouched(home, number, known(releases, number).candidate_sha256)
    difference = compare(read_contents(home, before), read_contents(home, after)).to_dict()
    if as_json:
        print_json({"from": before, "to": after, **difference})
    else:
        print_difference(difference)


@app.command("withdraw")
def withdraw(
    number: Number,
    *,
    why: Annotated[str, typer.Option(help="L'avis, en français, que le public lira. / The public notice.")],
    why_en: Annotated[
        str | None, typer.Option("--why-en", help="Le même en anglais. / The same in English.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Retire une publication : elle disparaît d'un coup des tableaux et des extraits ; l'avis reste.

    L'avis est public : ni nom, ni chiffre.

    Withdraw a release: it disappears from boards and extracts in one swap; the notice stays. The notice
    is public: no name, no figure.
    """
    from bilan.account import current_account
    from bilan.cli.reports import print_json
    from bilan.release import withdraw as take_back

    with refusing():
        build = take_back(Home.from_environment(), number, who=current_account(), why=why, why_en=why_en)
    if as_json:
        print_json({"release": number, "build": build.number, "shown": build.release})
    else:
        shown = f"la n° {build.release}" if build.release else "plus rien"
        typer.echo(f"Publication n° {number} retirée ; les tableaux montrent {shown}.")


@app.command("accept-register")
def accept_register(
    *,
    why: Annotated[str, typer.Option(help="Pourquoi, et ce qui manque. / Why, and what is missing.")],
    as_json: AsJson = False,
) -> None:
    """Prend pour le bon un registre remis sans sa marque, ou plus ancien qu'elle ; c'est consigné.

    Des publications sorties depuis cette copie ne sont plus connues : rien ne protège ce qui suivra de
    leur différence. À ne faire que s'il n'existe aucune copie plus récente.

    Take a register that was restored without its mark, or older than it, for the right one; logged.
    Releases that came out since that copy are no longer known: nothing protects from their difference.
    """
    from bilan.account import current_account
    from bilan.cli.reports import print_json
    from bilan.release.gate import accept_register as accept

    with refusing():
        accept(Home.from_environment(), who=current_account(), why=why)
    if as_json:
        print_json({"accepted": True})
    else:
        typer.echo("Registre pris pour le bon, et consigné.")
