"""Make Superset ready, in one process and as often as wanted: metadata, roles, users, dashboards.

    BILAN_HOME=... python superset_config/bootstrap.py [--seconds FILE]

Runs in Superset's environment. Nothing that people changed by hand in the bundle's own assets
survives it: `bundle`, which writes them, is the only source.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOM = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOM), str(ROOM.parent)]

from bilan_superset.setup import accounts, bundle, metadata  # noqa: E402  # after the path above
from bundle.write import files  # noqa: E402  # idem


def main() -> None:
    """Run every step in order and write how long each took."""
    options = argparse.ArgumentParser(description="Prépare Superset / Make Superset ready")
    options.add_argument("--seconds", type=Path, help="write the seconds of each step there, as JSON")
    arguments = options.parse_args()
    seconds: dict[str, float] = {}

    app = _timed(seconds, "create", metadata.application)
    with app.app_context():
        _timed(seconds, "upgrade", metadata.upgrade)
        _timed(seconds, "init", metadata.init)
        _timed(seconds, "users", accounts.create_users)
        _timed(seconds, "import", lambda: bundle.install(files()))
        _timed(seconds, "doors", bundle.check_doors)
        _timed(seconds, "roles", bundle.grant_reading)
    if arguments.seconds:
        arguments.seconds.write_text(json.dumps(seconds))


def _timed(seconds: dict[str, float], step: str, run: Callable[[], Any]) -> Any:
    start = time.monotonic()
    result = run()
    seconds[step] = round(time.monotonic() - start, 1)
    return result


if __name__ == "__main__":
    main()
