"""Why figures move between two states of knowledge, and how each state is named."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bilan.building.figures import as_of
from bilan.building.lineage import model_of
from bilan.cube import KEY
from bilan.errors import PlainError
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.candidate.findings import Explain
from bilan.release.register.entries import read_register
from bilan.release.register.releases import releases_of
from bilan.warehouse import reading, warehouse_file
from bilan.warehouse.cell import Cell
from bilan.warehouse.explaining import Explanation, Known, Model, Side, explain
from bilan.warehouse.query import model_by_code

CAUSES_FR = {
    "late": "appris en retard",
    "new": "nouveau",
    "corrected": "corrigé",
    "retracted": "retiré",
    "linked": "même personne reconnue",
    "unlinked": "lien défait : deux personnes",
    "context": "temps écoulé, journaux reçus",
    "indirect": "conséquence",
}
_RELEASE = re.compile(r"[Rr](\d+)")


class UnknownStateError(PlainError):
    """Neither a date nor a publication, or a later one before an earlier one."""


def state_named(home: Home, text: str) -> Known:
    """What was known at a date, or to a publication « R3 ». UnknownStateError, in French, otherwise."""
    release = _RELEASE.fullmatch(text)
    if release is None:
        try:
            return Known(date.fromisoformat(text))
        except ValueError:
            raise UnknownStateError(f"{text} : donner une date AAAA-MM-JJ ou une publication R3.") from None
    releases = releases_of(read_register(home))
    if int(release[1]) not in releases:
        raise UnknownStateError(f"La publication n° {release[1]} n'existe pas.")
    knows = releases[int(release[1])].knows
    last = DeltaLedger(home.ledger).last_sequence(knows["ledger_version"])
    return Known(date.fromisoformat(knows["known_at"]), last)


Figure = Mapping[str, Any]


def explainer(home: Home) -> Explain:
    """What tells, for the figures of a home's standing warehouse, why each moved since a release."""

    def tell(release: int, figures: Sequence[Figure]) -> list[str]:
        return _explain(home, release, figures)

    return tell


def _explain(home: Home, release: int, figures: Sequence[Figure]) -> list[str]:
    """One text per figure. The warehouse of that day is built once for all of them."""
    since = state_named(home, f"R{release}")
    standing = warehouse_file(home)
    with reading(home):
        models = model_by_code(standing)
    wanted = sorted({models[figure["code"]] for figure in figures})
    with as_of(home, wanted, known_at=since.at, through=since.through) as (earlier, _), reading(home):
        before, after = Side(earlier, since), Side(standing, Known(None))
        texts = []
        for figure in figures:
            model = models[figure["code"]]
            texts.append(_text(before, after, model_of(standing, model, {}), _cell(figure, model)))
    return texts


def _text(before: Side, after: Side, model: Model, cell: Cell) -> str:
    try:
        return _in_words(explain(before, after, model, cell))
    except PlainError as error:
        return str(error)


def _cell(figure: Figure, model: str) -> Cell:
    names = [name for name in KEY if name != "period_start"]
    start = date.fromisoformat(figure["period_start"])
    return Cell(period_start=start, period_label="", model=model, **{name: figure[name] for name in names})


def _in_words(explanation: Explanation) -> str:
    """Each cause, how many events, and what they did to the figure together."""
    effects: dict[str, list[float]] = defaultdict(list)
    for step in explanation.steps:
        effects[step.cause].append(step.contribution)
    parts = [f"{CAUSES_FR[cause]} : {sum(by):+g} ({len(by)})" for cause, by in effects.items()]
    return f"Écart : {explanation.difference:+g} ; {' ; '.join(parts) or 'aucun événement'}."
