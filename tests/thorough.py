"""What a run of every day leaves to a longer one, asked for by `BILAN_LONG=1`: more of the same cases."""

import os
from typing import TypeVar

T = TypeVar("T")
_LONG = bool(os.environ.get("BILAN_LONG"))


def either(usual: T, longer: T) -> T:
    """What this run tries."""
    return longer if _LONG else usual
