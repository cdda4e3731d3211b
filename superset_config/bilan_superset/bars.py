"""The style sheet of the bars: their lengths, since no style may be written in line, and whose they are."""

import csv
from functools import cache

from bilan_superset.brand import BLUE
from bilan_superset.partners import REFERENCE

STEPS = range(101)  # a bar is as long as the class that its percentage names
# One hue for each milieu, on every board; red for nobody.
HUES = {
    "police": BLUE,
    "protection de la jeunesse": "#8C6D00",
    "santé et services sociaux": "#00775A",
    "scolaire": "#B25E00",
    "municipal": "#6B4C9A",
    "aide aux victimes": "#A8457A",
    "communautaire": "#2F7F9E",
    "coordination": "#55677A",
}
# What logs call a source of a milieu.
SOURCES = {"école": "scolaire", "organisme communautaire": "communautaire"}


@cache
def bars() -> str:
    """The rules for lengths, then for each milieu's hue: its own bars, its sources', its partners'."""
    lengths = (
        f".bilan-w-{step} {{ width: {step}%; }} .bilan-h-{step} {{ height: {1.1 * step:.0f}px; }}"
        for step in STEPS
    )
    hues = (f"{_selector(part)} {{ background: {HUES[milieu]}; }}" for part, milieu in _milieux().items())
    return "\n".join((*lengths, *hues, ""))


def _milieux() -> dict[str, str]:
    """The milieu of each part that has one."""
    with REFERENCE.open(encoding="utf-8", newline="") as stream:
        partners = {row["code"]: row["milieu_fr"] for row in csv.DictReader(stream)}
    return {milieu: milieu for milieu in HUES} | SOURCES | partners


def _selector(part: str) -> str:
    """The class that a template writes: a part of several words is a class for each."""
    return ".bilan-milieu-" + part.replace(" ", ".")
