"""Starting, waiting for and stopping child processes."""

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from bilan.cli.services import ServiceError, Services, answers, check_free, is_free, stopping, superset_bin
from bilan.home import Home

HELLO = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 500)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_hello(services: Services, log: Path, page: str = "ready") -> int:
    port = free_port()
    command = [sys.executable, "-c", HELLO, str(port)]
    services.start("Bonjour", command, {}, log, f"http://127.0.0.1:{port}/{page}")
    return port


def test_a_service_is_ready_when_its_probe_answers_and_stops_with_the_block(tmp_path: Path) -> None:
    with stopping() as services:
        port = start_hello(services, tmp_path / "bonjour.log")
        services.wait_ready(30)
        assert not is_free(port)
        with pytest.raises(ServiceError, match="déjà pris"):
            check_free(port)
    assert is_free(port)
    assert (tmp_path / "bonjour.log").stat().st_mode & 0o777 == 0o600


@pytest.mark.integration
def test_a_page_that_fails_is_not_ready(tmp_path: Path) -> None:
    with stopping() as services:
        port = start_hello(services, tmp_path / "bonjour.log", page="broken")
        with pytest.raises(ServiceError, match="ne répond pas"):
            services.wait_ready(1.5)
        assert not answers(f"http://127.0.0.1:{port}/broken")


def test_a_service_that_ends_is_reported_with_its_log(tmp_path: Path) -> None:
    log = tmp_path / "fin.log"
    with stopping() as services:
        services.start("Fin", [sys.executable, "-c", "raise SystemExit(7)"], {}, log, "http://127.0.0.1:9/")
        with pytest.raises(ServiceError, match=r"code 7.*fin\.log"):
            services.wait_ready(30)


def test_sigterm_ends_the_block_and_what_it_started(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), stopping() as services:
        port = start_hello(services, tmp_path / "bonjour.log")
        services.wait_ready(30)
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
    assert is_free(port)


def test_a_missing_environment_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_SUPERSET_VENV", str(tmp_path))
    with pytest.raises(ServiceError, match="make setup"):
        superset_bin()


def test_the_welcome_names_every_address_and_user(tmp_path: Path) -> None:
    from bilan.cli.serve import welcome  # noqa: PLC0415  # typer only here

    home = Home(tmp_path).create()
    (home.superset / "passwords.json").write_text('{"ministere": "m-secret", "direction-spal": "d-secret"}')
    text = welcome(home, "http://127.0.0.1:8088", None)
    assert "http://127.0.0.1:8088/superset/dashboard/bilan-pj/" in text
    assert "ministere       m-secret" in text
    assert "Dagster" not in text
