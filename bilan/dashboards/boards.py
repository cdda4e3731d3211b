"""The boards, a line each: where a board is, what it is called, who reads it.

What a board shows is written by the module of `superset_config/bundle/boards` that has its name: a new board
is a line here and a module there.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

# The roles that read boards; `bilan_superset.roles` says what else they may.
PARTNER_DIRECTOR = "PartnerDirector"
MINISTRY_REVIEWER = "MinistryReviewer"
DATA_STEWARD = "DataSteward"


@dataclass(frozen=True)
class Entry:
    """A board: its slug, its title and its label in the menu (French, English), the roles that read it."""

    slug: str
    title: tuple[str, str]
    label: tuple[str, str]
    readers: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its module and dbt's exposure are called."""
        return self.slug.replace("-", "_")

    def slug_in(self, language: str) -> str:
        """Its slug in that language."""
        return self.slug if language == "fr" else f"{self.slug}-{language}"

    def address(self, language: str) -> str:
        """Where it is found in that language."""
        return f"/superset/dashboard/{self.slug_in(language)}/"


# In the order of the menu.
BOARDS = (
    Entry(
        "bilan-mobilis",
        ("Bilan MOBILIS", "MOBILIS review"),
        ("Bilan MOBILIS", "MOBILIS review"),
        (PARTNER_DIRECTOR, MINISTRY_REVIEWER, DATA_STEWARD),
    ),
    Entry(
        "bilan-pj",
        ("Bilan Prévention Jeunesse", "Prévention Jeunesse review"),
        ("Bilan Pj", "Pj review"),
        (PARTNER_DIRECTOR, MINISTRY_REVIEWER, DATA_STEWARD),
    ),
    Entry(
        "mon-organisation",
        ("Mon organisation", "My organisation"),
        ("Mon organisation", "My organisation"),
        (PARTNER_DIRECTOR, DATA_STEWARD),
    ),
    Entry(
        "trajectoires",
        ("Trajectoires et prévention secondaire", "Paths and secondary prevention"),
        ("Trajectoires", "Paths"),
        (PARTNER_DIRECTOR, DATA_STEWARD),
    ),
    Entry(
        "qualite",
        ("Qualité et fraîcheur", "Quality and freshness"),
        ("Qualité", "Quality"),
        (PARTNER_DIRECTOR, DATA_STEWARD),
    ),
)
HOME = BOARDS[0]  # where readers arrive: each of them reads it
BY_SLUG = {entry.slug_in(language): (entry, language) for entry in BOARDS for language in LANGUAGES}
