"""Superset and Dagster as child processes: start them, wait until they answer, stop them all.

For `bilan serve`, `bilan demo` and the tests. Both listen on loopback alone, behind `bilan.front`. Standard
library only.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bilan.errors import PlainError
from bilan.front.admission import loopback_origins
from bilan.home import PRIVATE_FILE, Home
from orchestration.storage import dagster_environment

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
ORIGINS = "BILAN_ORIGINS"
SUPERSET_PORT = 8088
DAGSTER_PORT = 3000
SECONDS_TO_ANSWER = 240.0
SECONDS_TO_STOP = 15.0


class ServiceError(PlainError):
    """A service did not start, did not answer in time, or ended by itself. Its log says why."""


@dataclass
class Service:
    """A running child process, the address that it answers at (if any) and the log that it writes."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    probe: str | None = None

    def check_alive(self) -> None:
        """ServiceError if the process has ended."""
        if self.process.poll() is not None:
            raise ServiceError(
                f"{self.name} s'est arrêté (code {self.process.returncode}) ; voir {self.log}. / It ended."
            )


@dataclass
class Services:
    """The services started so far, in order."""

    running: list[Service] = field(default_factory=list)

    def start(
        self,
        name: str,
        command: list[str],
        environment: Mapping[str, str],
        log: Path,
        probe: str | None = None,
    ) -> Service:
        """Start a process in a group of its own, its output in `log` (0600, begun anew)."""
        log.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as output:
            process = subprocess.Popen(  # noqa: S603  # our own commands, no shell
                command,
                env={**os.environ, **environment},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,  # what it writes under the home is its owner's alone
            )
        service = Service(name, process, log, probe)
        self.running.append(service)
        return service

    def wait_ready(self, seconds: float = SECONDS_TO_ANSWER) -> None:
        """Wait until every probe answers 200; ServiceError if one ends or stays silent too long."""
        deadline = time.monotonic() + seconds
        for service in self.running:
            while service.probe and not answers(service.probe):
                self.check_alive()
                if time.monotonic() > deadline:
                    raise ServiceError(f"{service.name} ne répond pas ; voir {service.log}. / No answer.")
                time.sleep(0.3)

    def check_alive(self) -> None:
        """ServiceError if any of them has ended."""
        for service in self.running:
            service.check_alive()

    def stop(self) -> None:
        """Ask every process group to end, last started first; kill what is still there after a while."""
        for service in reversed(self.running):
            _signal_group(service, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        for service in self.running:
            with suppress(subprocess.TimeoutExpired):
                service.process.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(service, signal.SIGKILL)
            service.process.wait()
        self.running.clear()


def _signal_group(service: Service, number: signal.Signals) -> None:
    try:
        os.killpg(service.process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def stopping() -> Iterator[Services]:
    """Services that all stop at the end of the block, however it ends; SIGTERM ends it like Ctrl-C."""
    services = Services()
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield services
    finally:
        services.stop()
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def answers(address: str) -> bool:
    """True when the loopback address answers 200."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310  # our own loopback address
            return bool(response.status == 200)  # noqa: PLR2004  # HTTP's own number
    except (urllib.error.URLError, OSError):
        return False


def is_free(port: int) -> bool:
    """True when nothing listens on that loopback port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def check_free(*ports: int) -> None:
    """ServiceError names a port that is already taken."""
    for port in ports:
        if not is_free(port):
            raise ServiceError(
                f"Le port {port} est déjà pris ; choisissez-en un autre. / Port {port} is taken."
            )


def origins(port: int) -> dict[str, str]:
    """Where browsers find a service of that port: on this machine, and where the environment says besides."""
    return {ORIGINS: ",".join(filter(None, (loopback_origins(port), os.environ.get(ORIGINS))))}


# --- Superset


def superset_bin() -> Path:
    """The programs of Superset's own environment (`BILAN_SUPERSET_VENV`, else `.superset/venv`)."""
    folder = Path(os.environ.get("BILAN_SUPERSET_VENV", ROOT / ".superset/venv")) / "bin"
    if not (folder / "gunicorn").exists():
        raise ServiceError(
            f"L'environnement de Superset n'est pas installé ({folder}) : « make setup ». / Run make setup."
        )
    return folder


def superset_environment(home: Home) -> dict[str, str]:
    """What Superset must know to run with our settings on this home."""
    room = ROOT / "superset_config"
    return {
        "BILAN_HOME": str(home.root),
        "SUPERSET_CONFIG_PATH": str(room / "superset_config.py"),
        "PYTHONPATH": f"{room}{os.pathsep}{ROOT}",  # its settings, and `bilan.front`
        "PYTHONWARNINGS": "ignore",
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }


def bootstrap_superset(home: Home) -> dict[str, float]:
    """Make Superset ready (idempotent); the seconds of each step. ServiceError if it fails."""
    home.create()
    log, seconds = home.superset / "bootstrap.log", home.superset / "bootstrap.json"
    command = [
        str(superset_bin() / "python"),
        str(ROOT / "superset_config/bootstrap.py"),
        "--seconds",
        str(seconds),
    ]
    with stopping() as services:
        service = services.start("Superset (préparation)", command, superset_environment(home), log)
        if service.process.wait() != 0:
            raise ServiceError(
                f"Superset n'a pu être préparé ; voir {log}. / Superset could not be made ready."
            )
    measured: dict[str, float] = json.loads(seconds.read_text("utf-8"))
    return measured


def start_superset(services: Services, home: Home, port: int = SUPERSET_PORT, *, workers: int = 2) -> str:
    """Start Superset, already bootstrapped; its address. `Services.wait_ready` says when it answers.

    The probe is the login page: `/health` answers while every page still fails.
    """
    address = f"http://{LOOPBACK}:{port}"
    command = [
        str(superset_bin() / "gunicorn"), "--bind", f"{LOOPBACK}:{port}", "--worker-class", "gthread",
        "--workers", str(workers), "--threads", "6", "--timeout", "120", "--graceful-timeout", "5",
        "superset.app:create_app()",
    ]  # fmt: skip
    log = home.superset / "superset.log"
    environment = {**superset_environment(home), **origins(port)}
    services.start("Superset", command, environment, log, f"{address}/login/")
    return address


def passwords(home: Home) -> dict[str, str]:
    """The passwords that the bootstrap made, by user name."""
    made: dict[str, str] = json.loads((home.superset / "passwords.json").read_text("utf-8"))
    return made


# --- Dagster


def start_dagster(services: Services, home: Home, port: int = DAGSTER_PORT) -> str:
    """Start Dagster's web server on `orchestration.definitions`; its address.

    Dagster asks nobody who they are: its front does, by the link that `entrance` gives.
    """
    environment = {**_dagster_environment(home), **origins(port)}
    server = [sys.executable, "-m", "orchestration.webserver", "--port", str(port)]
    address = f"http://{LOOPBACK}:{port}"
    services.start("Dagster", server, environment, home.dagster / "webserver.log", f"{address}/health")
    return address


def start_dagster_daemon(services: Services, home: Home) -> None:
    """Start what looks at the inbox and at the clock; it listens nowhere."""
    daemon = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "-m", "orchestration.definitions"]
    services.start("Dagster (démon)", daemon, _dagster_environment(home), home.dagster / "daemon.log")


def _dagster_environment(home: Home) -> dict[str, str]:
    """What Dagster must know to run on this home; its settings are written there."""
    return {"BILAN_HOME": str(home.root), **dagster_environment(home)}


def entrance(home: Home) -> str:
    """The link that lets one browser into Dagster once it answers; another takes its place when it served."""
    return (home.dagster / "entrance").read_text("ascii").strip()


def wait_for_the_end(services: Services, pause: Callable[[float], None] = time.sleep) -> None:
    """Return never: until KeyboardInterrupt, or ServiceError when a service ends by itself."""
    while True:
        services.check_alive()
        pause(1.0)
