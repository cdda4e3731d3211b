"""Homes with a warehouse of a few figures, as the unit tests have them."""

from tests.unit.release.conftest import another_figure, home, make_home, unnamed_period

__all__ = ["another_figure", "home", "make_home", "unnamed_period"]
