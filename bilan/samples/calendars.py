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

CALENDARS: dict[tuple[str, str], tuple[date, ...]] = {
    ("SPAL", "arrestations"): mobilis(1),
    ("SPAL", "accusations"): mobilis(2),
    ("SPAL", "jeunes_rencontres"): mobilis(2),
    ("SPAL", "echanges"): mobilis(QUARTERLY),
    ("CJM", "echanges"): mobilis(QUARTERLY),
    # Two senders were there in both programmes: a log restated whole keeps its old rows.
    ("SPAL", "references"): mobilis(QUARTERLY) + pj(QUARTERLY),
    ("KEKPART", "references"): mobilis(QUARTERLY) + pj(QUARTERLY),
    ("CJM", "references"): mobilis(QUARTERLY),
    ("CISSS-ME", "references"): pj(QUARTERLY),
    ("CSMV", "references"): pj(QUARTERLY),
    ("CAVAC", "references"): pj(HALF_YEARLY),
    ("2159", "references"): pj(HALF_YEARLY),
    ("COORD", "formations"): pj(HALF_YEARLY),
    ("CISSS-ME", "formations"): pj(HALF_YEARLY),
    ("SPAL", "effectifs"): mobilis(RARELY) + pj(YEARLY),
    ("KEKPART", "effectifs"): mobilis(RARELY) + pj(RARELY),
    ("CJM", "effectifs"): mobilis(RARELY),
    ("CISSS-ME", "effectifs"): pj(YEARLY),
    ("CISSS-MC", "effectifs"): pj(RARELY),
    ("CSMV", "effectifs"): pj(RARELY),
    ("VILLE", "effectifs"): pj(RARELY),
    ("CAVAC", "effectifs"): pj(RARELY),
    ("2159", "effectifs"): pj(RARELY),
    ("KEKPART", "sans_p_ni_e"): mobilis(THREE_QUARTERLY),
    ("SPAL", "sans_p_ni_e"): mobilis(RARELY),
    ("SPAL", "operations"): mobilis(YEARLY),
    ("SPAL", "financements"): mobilis(YEARLY),
    ("COORD", "financements"): pj(YEARLY),
    ("SPAL", "rayonnement"): mobilis(YEARLY),
    ("COORD", "rayonnement"): pj(YEARLY),
    ("COORD", "concertation"): pj(THREE_QUARTERLY),
    ("COORD", "sous_comite"): pj(HALF_YEARLY),
    ("SPAL", "depistages"): pj(THREE_QUARTERLY),
    ("CISSS-ME", "depistages"): pj(THREE_QUARTERLY),
    ("CSMV", "depistages"): pj(YEARLY),
    ("KEKPART", "depistages"): pj(YEARLY),
    ("CAVAC", "depistages"): pj(YEARLY),
    ("CISSS-ME", "trajectoires"): pj(HALF_YEARLY),
    ("KEKPART", "trajectoires"): pj(YEARLY),
    ("2159", "trajectoires"): pj(YEARLY),
    ("SPAL", "reseaux_sociaux"): pj(THREE_QUARTERLY),
    ("CISSS-ME", "reseaux_sociaux"): pj(YEARLY),
    ("CISSS-ME", "hebergements"): pj(THREE_QUARTERLY),
    ("2159", "hebergements"): pj(YEARLY),
}
