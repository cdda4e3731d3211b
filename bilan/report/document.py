"""The document as a tree: what is said, in which order; how it looks is its writers' business.

Every text is already typeset in the document's language. Blocks name their kind, by which a writer's
template finds how to lay them out.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bilan.report.typography import Language


@dataclass(frozen=True)
class Span:
    """A run of text; its style is nothing, `strong` or `code`."""

    text: str
    style: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its tone is nothing, or `note` for what goes beside the story."""

    kind: ClassVar[str] = "paragraph"
    spans: Spans
    tone: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Figure:
    """A drawing. `alt` says in words all that it shows; `source` where that comes from."""

    title: str
    svg: str
    width: float  # in points, on paper
    height: float
    alt: str
    source: str


@dataclass(frozen=True)
class Figures:
    """One drawing over the whole width, or two side by side."""

    kind: ClassVar[str] = "figures"
    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Cell:
    """A figure and what is said under it (n, interval), or a status in words."""

    text: str
    notes: tuple[str, ...] = ()
    is_status: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is about, in which unit, and its cells."""

    name: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with its column headings, the first of which is that of the rows' names."""

    kind: ClassVar[str] = "table"
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    source: str
    numeric: bool = True  # its cells are figures, set to the right


@dataclass(frozen=True)
class Card:
    """A key figure: large, or its status in words; then its name, its unit and what is said of it."""

    figure: str
    is_status: bool
    name: str
    unit: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Cards:
    """The key figures."""

    kind: ClassVar[str] = "cards"
    items: tuple[Card, ...]


@dataclass(frozen=True)
class Term:
    """An indicator as the catalogue defines it."""

    code: str
    name: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Definitions, by code."""

    kind: ClassVar[str] = "terms"
    items: tuple[Term, ...]


@dataclass(frozen=True)
class Pairs:
    """Names and what they stand for."""

    kind: ClassVar[str] = "pairs"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mark:
    """A square code to scan, and what it holds."""

    kind: ClassVar[str] = "mark"
    svg: str
    alt: str
    content: str


@dataclass(frozen=True)
class Command:
    """A line to type."""

    kind: ClassVar[str] = "command"
    text: str


Block = Paragraph | Bullets | Heading | Figures | Table | Cards | Terms | Pairs | Mark | Command


@dataclass(frozen=True)
class Chapter:
    """A chapter, titled by the question that it answers."""

    title: str
    blocks: tuple[Block, ...]
    follows: bool = False  # it may begin on the page where the one before ends


@dataclass(frozen=True)
class Report:
    """The whole document. `published_on` is the one date that its file bears."""

    language: Language
    title: str
    programme: str
    subtitle: str  # the period that it is about
    dates: str  # from when to when
    facts: tuple[tuple[str, str], ...]  # of the cover: release, known at, published on
    banner: str  # nothing where the data are real
    running: str  # at the foot of each page
    contents: str  # title of the table of contents
    how_to_read: str  # title of the signs
    signs: tuple[tuple[str, str], ...]  # what stands for a figure or beside it, and what it means
    page: str  # "page", between the running foot and its number
    published_on: date
    chapters: tuple[Chapter, ...]
