"""What a bundle is made of, before it becomes YAML."""

import uuid
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bilan.dashboards.boards import Language

HERE = Path(__file__).resolve().parent
VERSION = "1.0.0"
DATABASE_NAME = "Bilan publié"

# The filters of a board, by name, and the column that each narrows (without the suffix of its language).
KIND, PERIOD, TERRITORY, RELEASE, PROGRAMME = "kind", "period", "territory", "release", "programme"
FILTERED_COLUMNS = {
    KIND: "period_kind",
    PERIOD: "period",
    TERRITORY: "territory",
    RELEASE: "diffusion",
    PROGRAMME: "programme",
}
PLACE_AND_TIME = frozenset({PERIOD, TERRITORY, RELEASE})

# Stable for ever: an asset keeps its uuid as long as it keeps its kind and key.
_NAMESPACE = uuid.UUID("6f0c9a54-0b3e-5d1c-9f55-0d6f4f1b7a10")


def identifier(kind: str, key: str) -> str:
    """The uuid of the asset `key` of a kind (database, dataset, chart, dashboard)."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{key}"))


@cache
def text(name: str) -> str:
    """A file of `bundle/text`, by its name.

    A template comes back on one line: Superset reads its output as Markdown, where an empty line
    would end the HTML.
    """
    content = (HERE / "text" / name).read_text("utf-8")
    return "".join(map(str.strip, content.splitlines())) if name.endswith(".hbs") else content


@dataclass(frozen=True)
class Dataset:
    """A table or view of the published file, as charts see it.

    `columns` maps a column to its DuckDB type and the heading that readers see; `metrics` maps the
    name of a measure to its SQL.
    """

    key: str
    columns: dict[str, tuple[str, str]]
    metrics: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """A chart: its key in the bundle, its title, Superset's kind and that kind's parameters.

    `reached` names the filters of the board that narrow it; the others leave it alone.
    """

    key: str
    title: str
    viz: str
    dataset: str
    params: dict[str, Any]
    reached: frozenset[str] = PLACE_AND_TIME


@dataclass(frozen=True)
class Cell:
    """A place on a board, across the page: a chart or a few words of Markdown; height in units of 8 px."""

    content: Chart | str
    height: int


@dataclass(frozen=True)
class Filter:
    """A choice that a board offers: which, and the value that it opens on (None: none)."""

    name: str
    opens_on: str | None = None


@dataclass(frozen=True)
class Board:
    """A dashboard in one language: its cells, one under the other, and its filters.

    `programme` narrows what the filters offer; None where the programme is itself a filter.
    """

    slug: str
    language: Language
    title: str
    programme: str | None
    filters: tuple[Filter, ...]
    cells: tuple[Cell, ...]

    @property
    def charts(self) -> list[Chart]:
        """Its charts, in reading order."""
        return [cell.content for cell in self.cells if isinstance(cell.content, Chart)]
