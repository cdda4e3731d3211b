"""What boards have in common: keys by language, filters, headings, the end of each page."""

from collections.abc import Callable, Sequence
from typing import Any

from bundle.assets import KIND, PERIOD, PROGRAMME, RELEASE, TERRITORY, Cell, Chart, Filter
from bundle.kinds.drawn import detail
from bundle.kinds.written import definitions
from bundle.wording import Words

EVERYBODY_S, OWN = ("all", "breakdown"), ("partner",)  # levels of figures
SOURCES = {
    "arrests": ("journal des arrestations (SPAL)", "log of arrests (SPAL)"),
    "charges": ("journal des accusations et issues (SPAL)", "log of charges and outcomes (SPAL)"),
    "meetings": ("journal des jeunes rencontrés (SPAL)", "log of youths met (SPAL)"),
    "exchanges": ("journal des échanges (CJM, SPAL)", "log of exchanges (CJM, SPAL)"),
    "referrals": ("journal des références (tous)", "log of referrals (all)"),
    "school": ("journal « Sans P ni E » (Kekpart, SPAL)", "log of “Sans P ni E” (Kekpart, SPAL)"),
    "funding": ("journal du financement", "log of funding"),
    "outreach": ("journal du rayonnement", "log of outreach"),
    "training": (
        "journal des formations (coordination, CISSS-ME)",
        "log of training (coordination, CISSS-ME)",
    ),
    "subcommittee": ("journal du sous-comité (coordination)", "log of the subcommittee (coordination)"),
    "detections": ("journal du dépistage (tous)", "log of detections (all)"),
    "networks": ("journal des réseaux sociaux (tous)", "log of social networks (all)"),
    "housing": ("journal de l'hébergement (tous)", "log of housing (all)"),
    "services": ("journal des trajectoires de services (tous)", "log of service paths (all)"),
    "detections_services": (
        "journaux du dépistage et des trajectoires (tous)",
        "logs of detections and of service paths (all)",
    ),
}

# What the boards about prevention both say.
PREVENTION = {
    "matrix": (
        "Jeunes dépistés et servis, par axe et cible",
        "Youths detected and served, by axis and target",
    ),
    "axis": ("Axe", "Axis"),
    "detected": ("dépistés", "detected"),
    "served": ("servis", "served"),
    "hole": ("trou : personne n'est servi", "hole: nobody is served"),
    "turn_title": ("Du secondaire au tertiaire", "From secondary to tertiary"),
    "curve": (
        "Part passée au tertiaire, selon les mois écoulés, et intervalle à 95 %",
        "Share that reached the tertiary axis, by months since, with its 95 % interval",
    ),
    "funnel_housing": (
        "Hébergement : demandées, offertes, occupées, refusées, refusées faute de place",
        "Housing: asked, offered, occupied, refused, refused for want of a place",
    ),
}


def key(words: Words, name: str) -> str:
    """A chart's key: French ones are bare, so that they keep their uuid."""
    return name if words.language == "fr" else f"{name}_en"


class Page:
    """A board being written: its cells in reading order, its charts keyed and titled in its language."""

    def __init__(self, words: Words) -> None:
        self.cells: list[Cell] = []
        self._words = words

    def head(self, title: str, note: str) -> None:
        """The title of a part of the story, and a sentence under it; both are keys of the catalogue."""
        self.cells.append(Cell(f"## {self._words[title]}\n{self._words[note]}\n", 8))

    def add(
        self, kind: Callable[..., Chart], name: str, title: str, *what: Any, height: int, **more: Any
    ) -> None:
        """A chart of a kind across the page: its key's stem, its title's key, and what the kind takes."""
        chart = kind(self._words, key(self._words, name), self._words[title], *what, **more)
        self.cells.append(Cell(chart, height))


def filters(words: Words, kind: str, period: str, *, programme: str | None = None) -> tuple[Filter, ...]:
    """The filters that people use. `programme`: the one that the board opens on, where it is a choice."""
    chosen = (Filter(PROGRAMME, programme),) if programme else ()
    return (
        *chosen,
        Filter(KIND, kind),
        Filter(PERIOD, period),
        Filter(TERRITORY, words["everywhere"]),
        Filter(RELEASE, words["newest"]),
    )


def end(
    words: Words, name: str, programme: str | None, codes: Sequence[str], levels: Sequence[str] = EVERYBODY_S
) -> tuple[Cell, Cell]:
    """The detail, of those levels, then the definitions."""
    prefix = key(words, name)
    return (
        Cell(detail(words, prefix, programme, levels), 62),
        Cell(definitions(words, prefix, list(dict.fromkeys(codes))), 60),
    )
