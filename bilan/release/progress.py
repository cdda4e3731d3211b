"""How a long step of a release tells what it is about to do."""

from collections.abc import Callable

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Report nothing."""
