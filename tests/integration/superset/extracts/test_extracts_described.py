"""The API is what its description says: schemathesis tries it, from `openapi.json` alone."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.superset.extracts.extracts_client import API, Get
from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration
HERE = Path(__file__).resolve().parent
MANUAL = HERE.parents[3] / "docs/extraits.md"
# A withdrawn release is one of the answers that a good question may have.
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "401", "403", "404", "410"]
"""


def test_it_holds_under_generated_calls(superset: RunningSuperset, token: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)
    ran = subprocess.run(
        [
            Path(sys.executable).parent / "schemathesis", "run", f"{superset.address}{API}/openapi.json",
            "--header", f"Authorization: Bearer {token}", "--phases", "examples,coverage,fuzzing",
            "--max-examples", "60", "--seed", "1", "--checks", "all",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(HERE),
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
            "EXTRACTS_DATABASE": str(superset.home.superset / "extracts.db"),
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "Tested: 5" in ran.stdout  # every operation, or one went untried


def test_each_call_of_the_manual_answers(get: Get) -> None:
    calls = re.findall(rf"\$BILAN{API}/([^\"\s]+)", MANUAL.read_text("utf-8"))
    assert len(calls) == 8
    for call in calls:
        assert get(call).status_code == 200, call


def test_the_manual_names_every_problem() -> None:
    from bilan_superset.extracts.problems import KINDS  # noqa: PLC0415  # found once conftest has set the path

    said = MANUAL.read_text("utf-8")
    for kind in KINDS:
        assert f"`{kind.name}`" in said
        assert str(kind.status) in said
