"""What each programme's bilan asks, in which order: questions, drawings and tables, as data."""

from bilan.report.programmes.mobilis import MOBILIS
from bilan.report.programmes.parts import Programme
from bilan.report.programmes.pj import PJ

PROGRAMMES: dict[str, Programme] = {programme.code: programme for programme in (MOBILIS, PJ)}

__all__ = ["PROGRAMMES", "Programme"]
