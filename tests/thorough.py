"""What a run of every day leaves to a longer one, asked for by `BILAN_LONG=1`, and a commit to a day's."""

import os
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
_LONG = bool(os.environ.get("BILAN_LONG"))


def either(usual: T, longer: T) -> T:
    """What this run tries."""
    return longer if _LONG else usual


def examples(usual: int) -> int:
    """How many examples a law is tried on: fewer where the run's profile asks for fewer than is usual."""
    asked = settings().max_examples
    return min(usual, asked) if asked < settings.get_profile("default").max_examples else usual
