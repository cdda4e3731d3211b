"""`bilan demo`: synthetic logs, the whole pipeline, and the boards on loopback."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bilan.cli import serve
from bilan.cli import services as service
from bilan.errors import PlainError
from bilan.home import Home

SYNTHETIC_MARK = "synthetic"
RUN_DONE = (0, 3)  # 3: the samples hold rows to refuse, on purpose


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
    """Écrit des journaux synthétiques, fait tout le chemin, ouvre les tableaux de bord ; Ctrl-C arrête tout.

    Writes synthetic logs, runs the whole pipeline and opens the dashboards; Ctrl-C stops everything.
    """
    home = Home.from_environment().create()
    refuse_real_data(home)
    service.check_free(port, dagster_port)
    try:
        with service.stopping() as services:
            with step("Journaux d'exemple (synthétiques) / sample logs"):
                write_inbox(home)
            with step("De la boîte d'arrivée à la publication / inbox to publication"):
                run_pipeline()
            with step("Superset et Dagster / Superset and Dagster"):
                addresses = serve.start_all(services, home, port, dagster_port)
            typer.echo(serve.welcome(home, *addresses))
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


def write_inbox(home: Home) -> None:
    """Write the sample logs where partners' files land."""
    from bilan.samples import write_samples  # kept off every other command

    write_samples(home.inbox)


def run_pipeline() -> None:
    """`bilan run` in a process of its own, so that its memory is given back before Superset starts."""
    done = subprocess.run([Path(sys.executable).with_name("bilan"), "run"], check=False)  # noqa: S603
    if done.returncode not in RUN_DONE:
        raise DemoError(f"Le pipeline a échoué (code {done.returncode}). / The pipeline failed.")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, and the seconds it took."""
    typer.echo(f"▸ {title}")
    start = time.perf_counter()
    yield
    typer.echo(f"  {time.perf_counter() - start:.1f} s")
