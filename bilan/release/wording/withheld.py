"""What a release does not show, in words: levels that are withheld whole, and exceptions to a rule."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bilan.disclosure.figures import CALENDAR
from bilan.release.wording.periods import PERIOD_KINDS
from bilan.release.wording.vocabulary import BREAKDOWNS

LANGUAGES = ("fr", "en")
_LEVELS = {"fr": ("ensemble", "par territoire", "selon {}"), "en": ("whole", "by territory", "by {}")}
_CUT = {
    "fr": "de ce qui compte quelqu'un : leurs périodes coupent les années ou les trimestres du programme",
    "en": "of what counts somebody: their periods cut across the programme's years or quarters",
}


def withheld(levels: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """A line for each indicator, and for each kind of period that is another calendar's.

    `levels` have `programme`, `code`, `breakdown`, `by_territory`, `period_kind` and `reason`.
    """
    lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    crossing = set()
    for level in levels:
        kind = PERIOD_KINDS[level["period_kind"]][LANGUAGES.index(language)]
        if level["reason"] == CALENDAR:
            crossing.add(f"{level['programme']} : {kind} ({_CUT[language]})")
        else:
            lines[f"{level['programme']} {level['code']}"][_level(level, language)].append(kind.lower())
    few = [
        f"{name} : " + " ; ".join(f"{level} ({', '.join(kinds)})" for level, kinds in levels_of.items())
        for name, levels_of in lines.items()
    ]
    return [*sorted(crossing), *few]


def exceptions(taken: Sequence[Mapping[str, Any]]) -> list[str]:
    """The decisions to show what a rule would hide, with their reason (in French) and who took them."""
    return [
        f"{one['programme']} {one['code']} : {one['reason']} ({one['decided_by']}, {one['decided_on']})"
        for one in taken
    ]


def _level(level: Mapping[str, Any], language: str) -> str:
    whole, territory, breakdown = _LEVELS[language]
    if level["breakdown"]:
        name = level["breakdown"]
        wording = BREAKDOWNS.get(name)
        return breakdown.format(wording[LANGUAGES.index(language)] if wording else name)
    return territory if level["by_territory"] else whole
