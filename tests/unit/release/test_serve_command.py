"""The boards are served on what the version that serves them has written, and on nothing that was altered."""

import socket

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.cli.releases import REFUSED
from bilan.home import Home
from bilan.release.candidate.folder import candidate_folder
from tests import releasing


@pytest.mark.integration
def test_a_build_of_an_older_version_is_not_served_where_its_release_was_altered(home: Home) -> None:
    releasing.publish(home)
    digest = home.published / "current" / "digest"
    digest.chmod(0o600)
    digest.write_text("of an older version")
    with (candidate_folder(home, 1) / "public.parquet").open("ab") as file:
        file.write(b" ")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["serve", "--no-dagster", "--port", str(port)]
    result = CliRunner().invoke(app, arguments, env={"BILAN_HOME": str(home.root)})
    assert result.exit_code == REFUSED, result.output
    assert "public.parquet" in result.stderr
    assert not (home.superset / "passwords.json").exists()
