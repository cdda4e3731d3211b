"""The figures of the partnership, protected together: counts, parts of rates, and what adds up to what."""

from bilan.disclosure.figures.levels import CALENDAR, counting, of_levels, whole_grids
from bilan.disclosure.figures.memory import Earlier
from bilan.disclosure.figures.protect import Protected, protect_figures

__all__ = ["CALENDAR", "Earlier", "Protected", "counting", "of_levels", "protect_figures", "whole_grids"]
