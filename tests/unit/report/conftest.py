"""A hand-made release of a few MOBILIS figures, as its readers get it."""

from tests.unit.release.conftest import home, make_home, once_out, published
from tests.unit.report.hand_made import Make, make, source
from tests.unit.superset.conftest import ROOM  # puts the boards' room where its palette is found

__all__ = ["ROOM", "Make", "home", "make", "make_home", "once_out", "published", "source"]
