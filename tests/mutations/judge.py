"""Right, loud or silent: what was read of a file, held against what a careful person would have written."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from random import Random

from bilan.contracts import CONTRACTS, Kind
from tests.mutations.clean import Clean
from tests.mutations.draft import CSV, Draft, Writing
from tests.mutations.reading import Fact, Read, read, reference
from tests.mutations.writing import written

_LEFT_ASIDE = "de côté"  # reports say it; somebody's name is Côté


class Verdict(Enum):
    """What a file's reading is worth."""

    RIGHT = "right"
    LOUD = "loud"
    SILENT = "silent"


@dataclass(frozen=True)
class Judgement:
    """The verdict on one file, why, and what its report let out that it must not."""

    verdict: Verdict
    why: str
    leaks: int
    refused_rows: int


def judged(draft: Draft, content: bytes) -> Judgement:
    """What a file was read as, held against what is read of the careful rows in a plain file."""
    got = read(content, draft.clean.source(draft.suffix)).beyond(said_of_clean(draft.clean, draft.suffix))
    verdict, why = judge(draft, careful_facts(draft), got)
    return Judgement(verdict, why, len(leaked(draft, got)), got.refused_rows)


@cache
def said_of_clean(clean: Clean, suffix: str) -> frozenset[tuple[str, str, str | None]]:
    """What is said of the statement without any mutation: code, message, column."""
    told = read(plainly(clean, suffix), clean.source(suffix)).warnings
    return frozenset((one.code, one.message, one.column) for one in told)


def careful_facts(draft: Draft) -> tuple[Fact | None, ...]:
    """By place, what a careful person's row says; None where she would leave it out."""
    clean, truth = draft.clean, draft.truth
    changed = [place for place, row in enumerate(truth) if row is not None and row != clean.rows[place]]
    facts = list(plain_facts(clean))
    told = plain_facts(replace(clean, rows=tuple(truth[place] or {} for place in changed))) if changed else ()
    for place, fact in zip(changed, told, strict=True):
        facts[place] = fact
    return tuple(None if row is None else fact for row, fact in zip(truth, facts, strict=True))


@cache
def plain_facts(clean: Clean) -> tuple[Fact | None, ...]:
    """What is read of each row, written without any untidiness; None for one that is refused."""
    facts = dict(read(plainly(clean, CSV), clean.source(CSV)).facts)
    return tuple(facts.get(place + 2) for place in range(len(clean.rows)))  # below the headings


def plainly(clean: Clean, suffix: str) -> bytes:
    """The statement as a file without any untidiness."""
    draft = Draft(clean, suffix, Random(0))
    draft.writing = Writing()
    draft.lay_out()
    return written(draft)


def judge(draft: Draft, facts: tuple[Fact | None, ...], got: Read) -> tuple[Verdict, str]:
    """The verdict on what was read of a draft's file, and why; `facts` as `careful_facts` gives them."""
    if got.kept_out:
        return Verdict.LOUD, "the file is kept out"
    wrong, missing = got.counted - _counted(facts), _counted(facts) - got.counted
    silence = _silence(draft, facts, got, wrong, missing)
    if silence:
        return Verdict.SILENT, silence
    return (Verdict.LOUD, "told") if wrong or missing else (Verdict.RIGHT, "the same events")


def _counted(facts: Iterable[Fact | None]) -> "Counter[Fact]":
    return Counter(fact for fact in facts if fact is not None)


def _silence(
    draft: Draft, facts: tuple[Fact | None, ...], got: Read, wrong: "Counter[Fact]", missing: "Counter[Fact]"
) -> str | None:
    """What should have been said and was not."""
    owed = missing.total() + facts.count(None) - wrong.total()
    kept = (fact for place, fact in enumerate(facts) if place not in draft.touched_rows)
    said = bool(got.warnings or got.refusals)
    if draft.most_lines is not None and len(got.refusals) > draft.most_lines:
        return "so many lines that they say nothing"
    if any(fact in wrong and not _named(number, draft, got) for number, fact in got.facts):
        return f"rows that nobody wrote: {_differences(wrong, missing)}"
    if owed > got.refused_rows * draft.abreast and not got.warnings:
        return "rows went without a word"
    if (missing & _counted(kept)).total() > got.refused_rows:
        return "other rows went without a word"
    return None if said or not draft.must_tell else "nothing is said of what was set aside or shown otherwise"


def _named(number: int, draft: Draft, got: Read) -> bool:
    """Whether a warning names the row that is wrong, one of its columns that are, its sheet or the file."""
    if draft.renamed and len(got.extra_columns) > 1:
        return True
    return any(
        told.row == number or (told.row is None and (told.column is None or _concerns(told.column, draft)))
        for told in got.warnings
    )


def _concerns(column: str, draft: Draft) -> bool:
    """Whether that column is one that mutations touched; one without a heading goes by its letter."""
    return column in draft.touched_columns or (draft.unnamed and column.startswith("colonne "))


def _differences(wrong: "Counter[Fact]", missing: "Counter[Fact]") -> str:
    """The columns in which wrong rows differ from the nearest missing ones."""
    columns: set[str] = set()
    for fact in wrong:
        nearest = min((_apart(fact, other) for other in missing), key=len, default={"every column"})
        columns |= nearest
    return ", ".join(sorted(columns))


def _apart(one: Fact, other: Fact) -> set[str]:
    return {name for name, value in one if dict(other)[name] != value}


def leaked(draft: Draft, got: Read) -> set[str]:
    """The nominative values of the file that its report quotes."""
    said = " \0 ".join(got.said()).replace(_LEFT_ASIDE, "")
    return {
        value for value in _nominative(draft) if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", said, re.I)
    }


def _nominative(draft: Draft) -> Iterable[str]:
    """What must never be told: canaries, and names that are no word of the contracts."""
    yield from draft.canaries
    for column in draft.kinds(Kind.NAME, Kind.REFERENCE):
        for row in draft.clean.rows:
            value = row[column.name]
            if isinstance(value, str) and len(value) > 3 and value.casefold() not in _vocabulary():
                yield value


@cache
def _vocabulary() -> str:
    """Every word that a message may hold."""
    words: list[str] = [*reference().partners, *reference().territories]
    for contract in CONTRACTS.values():
        words.append(contract.title)
        for column in contract.columns:
            words += [column.name, column.meaning, *column.choices]
    return " ".join(words).casefold()
