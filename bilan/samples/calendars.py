"""When each sender restates each log: the dates of the statements."""

from calendar import monthrange
from datetime import date

MOBILIS_START = date(2008, 9, 1)
PHASE_1_END = date(2011, 8, 31)
PJ_START = date(2016, 10, 1)
PJ_YEAR_3_END = date(2019, 9, 30)

MOBILIS_LAST = (2011, 9)
PJ_LAST = (2019, 10)


def month_ends(first: tuple[int, int], last: tuple[int, int], step: int) -> tuple[date, ...]:
    """Every `step`-th month's last day, counted back from `last` and not before `first`."""
    low, high = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    months = (divmod(month, 12) for month in range(high, low - 1, -step))
    ends = (date(year, month + 1, monthrange(year, month + 1)[1]) for year, month in months)
    return tuple(sorted(ends))


def mobilis(step: int) -> tuple[date, ...]:
    """Statements of phase 1, every `step` months, the last on 2011-09-30."""
    return month_ends((2008, 10), MOBILIS_LAST, step)


def pj(step: int) -> tuple[date, ...]:
    """Statements of Pj's first three years, every `step` months, the last on 2019-10-31."""
    return month_ends((2016, 12), PJ_LAST, step)


QUARTERLY, HALF_YEARLY, THREE_QUARTERLY, YEARLY, RARELY = 3, 6, 9, 12, 18
