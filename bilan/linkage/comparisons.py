"""The model of linkage: what is compared, and how much each likeness weighs.

Fellegi and Sunter: each comparison has levels; a level has m, how often two tellings of one person
fall there, and u, how often two tellings of different persons do. All are fixed data, not estimated:
a vault of 300 persons holds too few pairs for expectation-maximisation, and the same two tellings
must score the same this month and the next, alone or among ten thousand.
"""

from dataclasses import dataclass

# Above this, two tellings are linked at once; what is linked wrongly is harder to see than what waits.
LINK_THRESHOLD = 0.95
# From this to the former, a person decides. Below, more than half of the pairs would be strangers.
REVIEW_THRESHOLD = 0.5
# How many of all possible pairs are one person. For n persons known twice it is near 1/n; 1/10,000 is
# that of the largest vault foreseen, and errs to the side of not linking in a smaller one.
PRIOR = 1e-4

PRODUCTION = ("surname", "given_name", "birth_date")


@dataclass(frozen=True)
class Level:
    """One degree of likeness: SQL over `_l` and `_r` columns, and how often it is met."""

    says: str
    sql: str
    m: float
    u: float


@dataclass(frozen=True)
class Comparison:
    """One attribute, from its likest level to the last, which takes what is left; null weighs nothing."""

    name: str
    missing: str
    levels: tuple[Level, ...]


_ELSE = "ELSE"
BORN_TOGETHER = "named alike and born together"


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _near(column: str, likeness: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {likeness}"


def _edits(column: str, count: int) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= {count}"


def _missing(*columns: str) -> str:
    return " or ".join(f"{column}_{side} is null" for column in columns for side in "lr")


# Both names are one comparison, because they are swapped together. u of an equal surname: the commonest
# of Quebec are borne by 1 %, two persons at random share one 4 times in 1,000. Given names: a cohort's
# fashion makes it 8. The same surname with another given name is a brother or a sister, which the last
# level of `given_name` must outweigh even for twins: hence its m.
_SWAPPED = "surname_l = given_name_r and given_name_l = surname_r"
# Twins are named alike more often than a name is cut short: Julie and Julien, Marc-André and Marc-Antoine.
# The u of this level is that among two of one surname born on one day, who are mostly brother and sister.
_TWINS = (
    f"{_same('surname')} and {_same('birth_date')} and (starts_with(given_name_l, given_name_r)"
    f" or starts_with(given_name_r, given_name_l) or {_near('given_name', 0.8)})"
    f" and not ({_edits('given_name', 1)} and length(given_name_l) = length(given_name_r))"
)
_NAMES = (
    Comparison(
        "surname",
        _missing("surname"),
        (
            Level("equal", _same("surname"), 0.86, 0.004),
            # the given name's comparison says nothing of swapped names: their weight stands here alone
            Level("swapped with the given name", _SWAPPED, 0.01, 0.00002),
            Level(
                "one slip of the keyboard", f"{_edits('surname', 1)} and length(surname_l) > 3", 0.07, 0.002
            ),
            Level("near", _near("surname", 0.88), 0.03, 0.006),
            Level("other", _ELSE, 0.03, 0.988),
        ),
    ),
    Comparison(
        "given_name",
        f"{_missing('given_name')} or ({_SWAPPED})",
        (
            Level("equal", _same("given_name"), 0.84, 0.008),
            Level(BORN_TOGETHER, _TWINS, 0.03, 0.15),
            Level(
                "one slip of the keyboard",
                f"{_edits('given_name', 1)} and length(given_name_l) > 3",
                0.07,
                0.004,
            ),
            Level("near", _near("given_name", 0.88), 0.03, 0.012),
            Level("other", _ELSE, 0.03, 0.976),
        ),
    ),
)
# A date known to the month or the year is stored as its first day: on such days only what is sure is
# compared. u of an equal day: youths of ten cohorts, 1 in 3,650, a little more for siblings.
_BIRTH = Comparison(
    "birth_date",
    _missing("birth_date"),
    (
        Level("equal", f"{_same('birth_date')} and birth_day_l is not null", 0.90, 0.0003),
        Level(
            "day and month swapped",
            "birth_year_l = birth_year_r and birth_month_l = birth_day_r and birth_day_l = birth_month_r",
            0.01,
            0.0003,
        ),
        Level(
            "as far as both are known",
            "birth_year_l = birth_year_r and (birth_day_l is null or birth_day_r is null)"
            " and coalesce(birth_month_l = birth_month_r, true)",
            0.02,
            0.01,
        ),
        # namesakes of one cohort differ by a figure of the year as often as a figure is mistyped: with
        # names alone beside it, this is for a person to decide
        Level("one slip of the keyboard", _edits("birth_date", 1), 0.04, 0.01),
        Level(
            "two of year, month and day",
            "(birth_year_l = birth_year_r)::int + (birth_month_l = birth_month_r)::int"
            " + (birth_day_l = birth_day_r)::int >= 2",
            0.015,
            0.01,
        ),
        Level("other", _ELSE, 0.015, 0.9694),
    ),
)
# What the benchmark's files have besides.
_PLACES = (
    Comparison(
        "suburb",
        _missing("suburb"),
        (
            Level("equal", _same("suburb"), 0.85, 0.002),
            Level("near", _near("suburb", 0.88), 0.09, 0.004),
            Level("other", _ELSE, 0.06, 0.994),
        ),
    ),
    Comparison(
        "postcode",
        _missing("postcode"),
        (
            Level("equal", _same("postcode"), 0.87, 0.001),
            Level("one slip of the keyboard", _edits("postcode", 1), 0.10, 0.008),
            Level("other", _ELSE, 0.03, 0.991),
        ),
    ),
    Comparison(
        "state",
        _missing("state"),
        (Level("equal", _same("state"), 0.93, 0.25), Level("other", _ELSE, 0.07, 0.75)),
    ),
)
_COMPARISONS = {comparison.name: comparison for comparison in (*_NAMES, _BIRTH, *_PLACES)}

# Pairs are looked at when one of these holds (over `l.` and `r.`), and the columns that it needs are given.
_BLOCKS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"birth_date"}), "l.birth_date = r.birth_date"),
    (frozenset({"surname", "given_name"}), "l.surname = r.surname and l.given_name = r.given_name"),
    (frozenset({"surname", "given_name"}), "l.surname = r.given_name and l.given_name = r.surname"),
    (frozenset({"surname", "birth_date"}), "l.surname = r.surname and l.birth_year = r.birth_year"),
    (frozenset({"given_name", "birth_date"}), "l.given_name = r.given_name and l.birth_year = r.birth_year"),
    (
        frozenset({"surname", "given_name", "birth_date"}),
        "l.birth_year = r.birth_year and left(l.surname, 2) = left(r.surname, 2)"
        " and left(l.given_name, 2) = left(r.given_name, 2)",
    ),
    (
        frozenset({"surname", "given_name"}),
        "l.surname = r.surname and left(l.given_name, 2) = left(r.given_name, 2)",
    ),
    (
        frozenset({"surname", "given_name"}),
        "l.given_name = r.given_name and left(l.surname, 3) = left(r.surname, 3)",
    ),
    (frozenset({"postcode", "surname"}), "l.postcode = r.postcode and l.surname = r.surname"),
    (frozenset({"postcode", "given_name"}), "l.postcode = r.postcode and l.given_name = r.given_name"),
    (frozenset({"postcode", "suburb"}), "l.postcode = r.postcode and l.suburb = r.suburb"),
)


def comparisons(columns: tuple[str, ...]) -> list[Comparison]:
    """The comparisons of the given columns. Raises KeyError for a column that the model does not know."""
    return [_COMPARISONS[column] for column in columns]


def blocks(columns: tuple[str, ...]) -> list[str]:
    """The rules that the given columns allow."""
    return [sql for needed, sql in _BLOCKS if needed <= set(columns)]
