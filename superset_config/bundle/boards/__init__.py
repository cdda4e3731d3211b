"""The five boards, each in French and in English."""

from functools import cache

from bundle.boards.mobilis import mobilis
from bundle.boards.organisation import organisation
from bundle.boards.prevention import prevention
from bundle.boards.quality import quality
from bundle.boards.trajectories import trajectories
from bundle.model import Board
from bundle.words import LANGUAGES

BOARDS_OF_A_LANGUAGE = (mobilis, prevention, organisation, trajectories, quality)


@cache
def boards() -> tuple[Board, ...]:
    """Every board, the five of a language after one another."""
    return tuple(board(language) for language in LANGUAGES for board in BOARDS_OF_A_LANGUAGE)
