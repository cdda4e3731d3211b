"""`bilan demo`: synthetic logs, two bilans one after the other, and the boards on loopback."""

import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.cli import serve
from bilan.cli import services as service
from bilan.errors import PlainError
from bilan.home import Home

SYNTHETIC_MARK = "synthetic"
DEMO_APPROVERS = {"demo-1": "Première personne (démonstration)", "demo-2": "Seconde personne (démonstration)"}
RUN_DONE = (0, 3)  # 3: the samples hold rows to refuse, on purpose
# MOBILIS's three-year bilan. A day on which Prévention Jeunesse had figures too costs it most of those of its
# last bilan: what a release still out has told, the next one must make up for.
FIRST_BILAN = date(2011, 9, 30)


class DemoError(PlainError):
    """The demonstration would mix invented logs with others, or its pipeline failed."""


def command(
    port: Annotated[
        int, typer.Option("--port", help="Port de Superset / Superset's port")
    ] = service.SUPERSET_PORT,
    dagster_port: Annotated[
        int, typer.Option("--dagster-port", help="Port de Dagster / Dagster's port")
    ] = service.DAGSTER_PORT,
) -> None:
    """Écrit des journaux synthétiques, publie deux bilans, ouvre les tableaux de bord ; Ctrl-C arrête tout.

    Writes synthetic logs, publishes two bilans, one after the other, and opens the dashboards; Ctrl-C stops
    everything.
    """
    home = Home.from_environment().create()
    refuse_real_data(home)
    service.check_free(port, dagster_port)
    try:
        with service.stopping() as services:
            for after, until in bilans(home):
                publish_bilan(home, after, until)
            with step("Superset et Dagster / Superset and Dagster"):
                address, link = serve.start_all(services, home, port, dagster_port)
            typer.echo(serve.welcome(home, address, link))
            service.wait_for_the_end(services)
    except KeyboardInterrupt:
        typer.echo("Tout est arrêté. / Everything is stopped.")


def refuse_real_data(home: Home) -> None:
    """DemoError when the home already holds events that are not said to be synthetic."""
    if any(home.ledger.iterdir()) and not (home.root / SYNTHETIC_MARK).exists():
        raise DemoError(
            f"{home.root} contient déjà des données : donnez un autre BILAN_HOME à la démonstration. / "
            "This home already holds data: give the demo another BILAN_HOME."
        )


def bilans(home: Home) -> list[tuple[date, date]]:
    """The statements that each bilan adds, as dates (after, until]: two bilans, so that boards show a change.

    One alone where something was taken in already: what is older than the last statement taken would be held.
    """
    if any(home.ledger.iterdir()):
        return [(date.min, date.max)]
    return [(date.min, FIRST_BILAN), (FIRST_BILAN, date.max)]


def publish_bilan(home: Home, after: date, until: date) -> None:
    """From the sample statements dated in (after, until] to a release that is out."""
    known = "tout / all" if until == date.max else f"au / to {until}"
    with step(f"Journaux d'exemple (synthétiques) / sample logs, {known}"):
        write_inbox(home, after, until)
    with step("De la boîte d'arrivée à une candidate / inbox to release candidate"):
        run_pipeline()
    with step("Deux approbations de démonstration / two demonstration approvals"):
        approve_by_ourselves(home)


def write_inbox(home: Home, after: date, until: date) -> None:
    """Write the sample logs of the statements dated in (after, until] where partners' files land."""
    from bilan.samples import write_samples  # kept off every other command

    write_samples(home.inbox, after=after, until=until)


def run_pipeline() -> None:
    """`bilan run` in a process of its own, so that its memory is given back before Superset starts.

    Says what came of it in short. DemoError when it fails.
    """
    bilan = Path(sys.executable).with_name("bilan")
    done = subprocess.run([bilan, "run", "--json"], check=False, stdout=subprocess.PIPE)  # noqa: S603
    outcome = json.loads(done.stdout or "{}")
    if done.returncode not in RUN_DONE:
        why = outcome.get("failure") or f"code {done.returncode}"
        raise DemoError(f"Le pipeline a échoué ({why}). / The pipeline failed.")
    for line in in_short(outcome["files"]):
        typer.echo(f"  {line}")


def in_short(files: list[dict[str, Any]]) -> Iterator[str]:
    """What was taken and refused of files, as `bilan run --json` tells them: a line per sender, then where to
    read why.
    """
    senders: dict[str, Counter[str]] = defaultdict(Counter)
    for file in files:
        counts = {name: file[name] for name in ("accepted", "refused")} | {"told": len(file["warnings"])}
        senders[file["sender"] or "?"].update(counts | {"files": 1})
    for sender, counts in sorted(senders.items()):
        yield (
            f"{sender:<10} {counts['files']:>3} fichiers, {counts['accepted']:>5} lignes prises, "
            f"{counts['refused']:>3} refusées, {counts['told']:>3} avis"
        )
    refused = sum(counts["refused"] for counts in senders.values())
    yield (
        f"{refused} lignes refusées, exprès : pourquoi, dans outbox/<EXPÉDITEUR>/ et au tableau Qualité. / "
        "Rows refused on purpose: why, in outbox/ and on the Quality board."
    )


def approve_by_ourselves(home: Home) -> None:
    """Have two people who do not exist approve what waits: on synthetic logs alone.

    Their keys stay in the home, which no real approver's may. DemoError on any other home.
    """
    from datetime import UTC, datetime

    from bilan.account import current_account
    from bilan.release import approve, resume
    from bilan.release.candidate.provenance import is_synthetic
    from bilan.release.register.approvers import add_demonstration, standing
    from bilan.release.register.entries import read_register
    from bilan.release.register.transitions import State

    if not is_synthetic(home):
        raise DemoError(
            "Ces journaux ne sont pas synthétiques : deux vraies personnes doivent approuver. / "
            "These logs are not synthetic: two real people must approve."
        )
    known = {person.account for person in standing(read_register(home))}
    for account, name in DEMO_APPROVERS.items():
        if account not in known:
            key = demo_key(home, account)
            key.unlink(missing_ok=True)
            add_demonstration(home, name, account, key, who=current_account(), now=datetime.now(UTC))
    waiting = [release.number for release in resume(home).values() if release.state is State.CHECKED]
    for number in waiting[-1:]:
        for account, name in DEMO_APPROVERS.items():
            approve(home, number, demo_key(home, account), run_by=current_account())
            typer.echo(f"  {name} : publication n° {number} signée (personne ne l'a lue). / Nobody read it.")


def demo_key(home: Home, account: str) -> Path:
    """Where a demonstration approver's key is."""
    return home.keys / f"{account}.key"


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, and the seconds it took."""
    typer.echo(f"▸ {title}")
    start = time.perf_counter()
    yield
    typer.echo(f"  {time.perf_counter() - start:.1f} s")
