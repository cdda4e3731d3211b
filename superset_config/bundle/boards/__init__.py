"""The boards, a module each, named as its line in `bilan.dashboards.boards`."""

from functools import cache
from importlib import import_module

from bilan.dashboards.boards import BOARDS, LANGUAGES, Entry, Language
from bundle.assets import Board


@cache
def boards() -> tuple[Board, ...]:
    """Every board, those of a language after one another. ModuleNotFoundError: one has no module."""
    return tuple(_written(entry, language) for language in LANGUAGES for entry in BOARDS)


def _written(entry: Entry, language: Language) -> Board:
    board: Board = import_module(f"{__name__}.{entry.name}").board(entry, language)
    return board
