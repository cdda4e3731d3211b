"""Why figures moved since a release, in the words of `bilan explain`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bilan.building.figures import as_of
from bilan.building.lineage import model_of
from bilan.building.states import CAUSES_FR, state_named
from bilan.cube import KEY
from bilan.errors import PlainError
from bilan.home import Home
from bilan.release.candidate.findings import Explain
from bilan.warehouse import reading, warehouse_file
from bilan.warehouse.cell import Cell
from bilan.warehouse.explaining import Explanation, Known, Model, Side, explain
from bilan.warehouse.query import model_by_code

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
    told = [f"{CAUSES_FR[cause]} : {sum(by):+g} ({len(by)})" for cause, by in effects.items()]
    return f"Écart : {explanation.difference:+g} ; {' ; '.join(told) or 'aucun événement'}."
