"""Superset's room is not a package: its modules are found beside `superset_config.py`."""

import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parents[3] / "superset_config"
sys.path.insert(0, str(ROOM))
