"""The parts of a programme's bilan. A code that a release does not tell is left out where it is named."""

from dataclasses import dataclass

from bilan.report.vocabulary import Words


@dataclass(frozen=True)
class OverTime:
    """A measure by quarter, or by year."""

    code: str


@dataclass(frozen=True)
class Running:
    """The running total of a count of events."""

    code: str


@dataclass(frozen=True)
class Parts:
    """A measure by the values of a breakdown."""

    code: str
    breakdown: str


@dataclass(frozen=True)
class ByTerritory:
    """A measure by territory."""

    code: str


@dataclass(frozen=True)
class ByYear:
    """A measure by programme year and over the whole, with its intervals."""

    code: str


@dataclass(frozen=True)
class Compare:
    """Several measures of the same unit, side by side."""

    title: Words
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Curve:
    """The same share after so many months, one measure each."""

    title: Words
    steps: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class BeforeAfter:
    """A score before and after, by programme year."""

    title: Words
    before: str
    after: str


@dataclass(frozen=True)
class Matrix:
    """A measure by a breakdown of two dimensions, whose values read « row × column »."""

    code: str
    breakdown: str


Drawing = OverTime | Running | Parts | ByTerritory | ByYear | Compare | Curve | BeforeAfter | Matrix


@dataclass(frozen=True)
class Question:
    """A chapter: what it asks, what to know before reading it, its drawings (one or two a row), its table."""

    title: Words
    lead: Words
    drawings: tuple[tuple[Drawing, ...], ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Programme:
    """A programme's bilan. `period_kind` is that of its headline period, as its board opens."""

    code: str
    period_kind: str
    key: tuple[str, ...]
    questions: tuple[Question, ...]
    by_territory: tuple[str, ...]
