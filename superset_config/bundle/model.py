"""What a bundle is made of, before it becomes YAML."""

import uuid
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VERSION = "1.0.0"
DATABASE_NAME = "Bilan publié"

# Stable for ever: an asset keeps its uuid as long as it keeps its kind and key.
_NAMESPACE = uuid.UUID("6f0c9a54-0b3e-5d1c-9f55-0d6f4f1b7a10")


def identifier(kind: str, key: str) -> str:
    """The uuid of the asset `key` of a kind (database, dataset, chart, dashboard)."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{key}"))


@cache
def text(name: str) -> str:
    """A file of `bundle/text` or `bundle/sql`, by its name.

    A template comes back on one line: Superset reads its output as Markdown, where an empty line
    would end the HTML.
    """
    folder = HERE / ("sql" if name.endswith(".sql") else "text")
    content = (folder / name).read_text("utf-8")
    return "".join(map(str.strip, content.splitlines())) if name.endswith(".hbs") else content


@dataclass(frozen=True)
class Dataset:
    """A table of the published file, or a query on them (`sql`), as charts see it.

    `columns` maps a column to its DuckDB type and the heading that readers see; `metrics` maps the
    French name of a measure to its SQL.
    """

    key: str
    columns: dict[str, tuple[str, str]]
    metrics: dict[str, str] = field(default_factory=dict)
    sql: str | None = None


@dataclass(frozen=True)
class Chart:
    """A chart: its key in the bundle, its title, Superset's kind and that kind's parameters."""

    key: str
    title: str
    viz: str
    dataset: str
    params: dict[str, Any]
    filtered: bool = True  # False: the filters of the board do not reach it


@dataclass(frozen=True)
class Cell:
    """A place on a board: a chart or a few words of Markdown; width of 12, height in units of 8 px."""

    content: Chart | str
    width: int
    height: int


@dataclass(frozen=True)
class Board:
    """A dashboard: rows of cells, and the type and name of the period that it opens on."""

    slug: str
    title: str
    programme: str
    opens_on: tuple[str, str]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def charts(self) -> list[Chart]:
        """Its charts, in reading order."""
        return [cell.content for row in self.rows for cell in row if isinstance(cell.content, Chart)]
