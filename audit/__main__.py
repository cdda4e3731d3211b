"""List what both environments hold, and hold it against an advisory file: `make audit`.

python -m audit --out FOLDER --advisories FILE [--ignore ID ...] NAME=ENVIRONMENT ...

Writes FOLDER/NAME.cdx.json, an SBOM in CycloneDX. Exit code: 0 nothing applies, 1 something does
(pip-audit's table says package, version, advisory and the versions that mend it), 2 nothing could be said.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from audit.advisories import Advisories, AdvisoriesError
from audit.answering import answering

UNKNOWN = 2
TOOLS = Path(sys.executable).parent


def main() -> int:
    """Do both, and return the exit code."""
    options = argparse.ArgumentParser(prog="python -m audit", description="SBOM, and known weaknesses")
    options.add_argument("environments", nargs="+", metavar="NAME=ENVIRONMENT")
    options.add_argument("--out", type=Path, required=True, help="where the SBOMs are written")
    options.add_argument("--advisories", default="", help="OSV: a JSON list, a folder of JSON, or a zip")
    options.add_argument("--ignore", nargs="*", default=[], help="advisories known and accepted")
    chosen = options.parse_args()
    environments = dict(one.split("=", 1) for one in chosen.environments)
    for name, place in environments.items():
        if not (Path(place) / "bin/python").exists():
            return _failed(f"{place}: no such environment; « make setup » first")
        _list(Path(place), chosen.out / f"{name}.cdx.json")
    if not chosen.advisories:
        return _failed("no advisory file: ADVISORIES=FILE, as osv.dev publishes for PyPI")
    try:
        advisories = Advisories(Path(chosen.advisories))
    except AdvisoriesError as problem:
        return _failed(str(problem))
    print(f"{advisories.count} advisories, the newest of {advisories.newest or 'an unknown date'}")
    with answering(advisories) as address:
        codes = [_examined(name, Path(place), address, chosen.ignore) for name, place in environments.items()]
    return max(codes)


def _list(place: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [
        TOOLS / "cyclonedx-py",
        "environment",
        "--no-validate",
        "--output-file",
        out,
        place,
    ]
    subprocess.run(command, check=True)  # validated, it takes a minute more
    print(f"{place}: {out}")


def _examined(name: str, place: Path, address: str, ignored: list[str]) -> int:
    """pip-audit's word on one environment; what it can't examine is an error, not a pass."""
    print(f"— {name} ({place})", flush=True)
    [packages] = place.glob("lib/python*/site-packages")
    accepted = [word for one in ignored for word in ("--ignore-vuln", one)]
    with tempfile.TemporaryDirectory() as cache:
        command: list[str | Path] = [
            TOOLS / "pip-audit", "--strict", "--path", packages,
            "--vulnerability-service", "osv", "--osv-url", address,
            "--desc", "off", "--progress-spinner", "off", "--cache-dir", cache, *accepted,
        ]  # fmt: skip
        unproxied = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        done = subprocess.run(command, check=False, env={**os.environ, **unproxied})
    return done.returncode


def _failed(why: str) -> int:
    print(f"audit: {why}", file=sys.stderr)
    return UNKNOWN


if __name__ == "__main__":
    sys.exit(main())
