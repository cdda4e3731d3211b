"""`make audit` as it runs: an advisory made up about what is installed, and no way out to any network."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[3]
ENVIRONMENT = ROOT / ".audit"  # the smallest of ours that holds packages
NOWHERE = "http://127.0.0.1:9"


def audit(out: Path, *arguments: str, environment: Path = ENVIRONMENT) -> "subprocess.CompletedProcess[str]":
    """The command, whose every way out leads nowhere."""
    proxies = {
        name: NOWHERE for way in ("http", "https", "all") for name in (f"{way}_proxy", f"{way.upper()}_PROXY")
    }
    python = ENVIRONMENT / "bin/python"
    assert python.exists(), "« make .audit/.ready » first"
    return subprocess.run(
        [python, "-m", "audit", f"ours={environment}", "--out", out, *arguments],
        env={**os.environ, **proxies},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def installed(package: str) -> str:
    [info] = ENVIRONMENT.glob(f"lib/python*/site-packages/{package}-*.dist-info")
    return info.name.removesuffix(".dist-info").partition("-")[2]


def advisory(name: str, *, fixed: str) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]
    affected = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}]
    return {"id": f"MADE-UP-{fixed}", "modified": "2026-01-02T00:00:00Z", "affected": affected}


def test_what_applies_is_red_and_named_and_what_is_beside_is_not(tmp_path: Path) -> None:
    version, advisories = installed("packaging"), tmp_path / "advisories.json"
    advisories.write_text(json.dumps([advisory("Packaging", fixed="9999.1")]), "utf-8")
    hit = audit(tmp_path, "--advisories", str(advisories))
    assert hit.returncode == 1, hit.stderr
    [told] = [line.split() for line in hit.stdout.splitlines() if "MADE-UP" in line]
    assert told == ["packaging", version, "MADE-UP-9999.1", "9999.1"]

    accepted = audit(tmp_path, "--advisories", str(advisories), "--ignore", "MADE-UP-9999.1")
    assert accepted.returncode == 0, accepted.stderr

    advisories.write_text(json.dumps([advisory("packaging", fixed=version)]), "utf-8")
    beside = audit(tmp_path, "--advisories", str(advisories))
    assert beside.returncode == 0, beside.stderr
    assert "MADE-UP" not in beside.stdout


def test_each_package_installed_is_in_the_sbom(tmp_path: Path) -> None:
    """Also where there is nothing to hold it against, which is an error."""
    for arguments, said in (
        ((), "no advisory file"),
        (("--advisories", "absent.zip"), "absent.zip: there is no such"),
    ):
        done = audit(tmp_path, *arguments)
        assert done.returncode == 2
        assert said in done.stderr
    sbom = json.loads((tmp_path / "ours.cdx.json").read_text("utf-8"))
    assert sbom["bomFormat"] == "CycloneDX"
    listed = {component["purl"] for component in sbom["components"]}
    assert f"pkg:pypi/packaging@{installed('packaging')}" in listed
    assert len(listed) == len(list(ENVIRONMENT.glob("lib/python*/site-packages/*.dist-info")))


def test_an_environment_that_is_not_there_is_not_passed_over(tmp_path: Path) -> None:
    done = audit(tmp_path, environment=tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere: no such environment" in done.stderr
