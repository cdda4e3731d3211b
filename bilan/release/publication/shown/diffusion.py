"""How a release goes by where readers choose among those that are out."""

from dataclasses import dataclass
from datetime import date

from bilan.release.wording.periods import day_en, day_fr

LATEST_FR, LATEST_EN = "La plus récente", "Latest"


@dataclass(frozen=True)
class Diffusion:
    """A release as readers choose it."""

    release: int
    known_at: date
    is_newest: bool

    @property
    def french(self) -> str:
        """« La plus récente », or « n° 1 · connue au 31 octobre 2018 »."""
        return LATEST_FR if self.is_newest else f"n° {self.release} · connue au {day_fr(self.known_at)}"

    @property
    def english(self) -> str:
        """Give "Latest", or "No. 1 · known at 31 October 2018"."""
        return LATEST_EN if self.is_newest else f"No. {self.release} · known at {day_en(self.known_at)}"
