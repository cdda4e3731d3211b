"""Files by the thousand: single mutations and pairs that compose, each judged."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count, islice
from random import Random
from zipfile import BadZipFile

from openpyxl.utils.exceptions import IllegalCharacterError

from bilan.contracts import CONTRACTS
from tests.mutations.catalogue import CATALOGUE, Expect, Mutation, Stage
from tests.mutations.clean import Clean, draw_clean
from tests.mutations.draft import Draft
from tests.mutations.judge import Judgement, Verdict, judged
from tests.mutations.writing import written

_STATEMENTS = 4  # of each log, in one run


@dataclass(frozen=True)
class Case:
    """One mutated file."""

    number: str  # seed and place, which make it again
    mutations: tuple[Mutation, ...]
    draft: Draft
    content: bytes

    @property
    def same(self) -> bool:
        """Whether a careful reader reads the same events."""
        return all(one.expect is Expect.SAME for one in self.mutations)


@dataclass
class Tally:
    """Verdicts by mutation. A pair counts for both."""

    verdicts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    files: Counter[Verdict] = field(default_factory=Counter)
    refused_rows: Counter[str] = field(default_factory=Counter)
    good: int = 0  # files that a careful person reads as they are
    pairs: int = 0
    logs: set[str] = field(default_factory=set)
    harmless: list[tuple[Case, Judgement]] = field(default_factory=list)  # good files that were not read
    silent: list[tuple[Case, Judgement]] = field(default_factory=list)
    leaking: list[tuple[Case, Judgement]] = field(default_factory=list)

    def add(self, case: Case, judgement: Judgement) -> None:
        """Count one file."""
        self.files[judgement.verdict] += 1
        self.logs.add(case.draft.clean.log)
        self.pairs += len(case.mutations) > 1
        self.good += case.same
        for one in case.mutations:
            self.verdicts[one.name, judgement.verdict] += 1
            self.refused_rows[one.name] += judgement.refused_rows
        if case.same and judgement.verdict is Verdict.LOUD:
            self.harmless.append((case, judgement))
        if judgement.verdict is Verdict.SILENT:
            self.silent.append((case, judgement))
        if judgement.leaks:
            self.leaking.append((case, judgement))


def run(files: int, seed: int, only: str | None = None) -> Tally:
    """Judge that many files; `only`: those of mutations whose name begins so, alone."""
    tally = Tally()
    for case in cases(files, seed, only):
        tally.add(case, judged(case.draft, case.content))
    return tally


def cases(files: int, seed: int, only: str | None = None) -> Iterator[Case]:
    """That many seeded files: every mutation in turn, alone, and as many pairs."""
    chosen = [one for name, one in CATALOGUE.items() if name.startswith(only or "")]
    made = (_case(place, seed, chosen, pairs=not only) for place in count())
    yield from islice((case for case in made if case is not None), files)


def _case(place: int, seed: int, chosen: list[Mutation], *, pairs: bool) -> Case | None:
    random = Random(f"{seed}-{place}")
    first = chosen[(place // 2 if pairs else place) % len(chosen)]
    second = _partner(random, first) if pairs and place % 2 else None
    return make_case(random, f"{seed}-{place}", statements(seed), first, second)


@cache
def statements(seed: int) -> tuple[Clean, ...]:
    """Clean statements of every log."""
    return tuple(
        draw_clean(Random(f"{seed}-{log}-{number}"), log)
        for log in CONTRACTS
        for number in range(_STATEMENTS)
    )


def make_case(
    random: Random, number: str, clean: Sequence[Clean], first: Mutation, second: Mutation | None = None
) -> Case | None:
    """A file that the mutations make of a clean statement; None when they fit none of those."""
    chosen = sorted(filter(None, (first, second)), key=lambda one: one.stage)
    suffixes = [suffix for suffix in first.suffixes if second is None or suffix in second.suffixes]
    tried = [(one, suffix) for one in clean for suffix in suffixes]
    random.shuffle(tried)
    for one, suffix in tried:
        draft = Draft(one, suffix, random)
        content = mutated(draft, chosen)
        if content is not None:
            return Case(number, tuple(chosen), draft, content)
    return None


def mutated(draft: Draft, chosen: list[Mutation]) -> bytes | None:
    """The file of a draft through mutations, in the order of their stages; None when one does not fit."""
    for stage in Stage:
        if stage is Stage.SPLIT:
            draft.lay_out()
        if not all(one.apply(draft) for one in chosen if one.stage is stage):
            return None
    if len(draft.writing.needed) > 1:
        return None  # no library writes both
    try:
        return written(draft)
    except (UnicodeEncodeError, IllegalCharacterError, BadZipFile):  # one edits what another made no workbook
        return None


def _partner(random: Random, first: Mutation) -> Mutation:
    """Another mutation that composes with the first."""
    return random.choice([one for one in CATALOGUE.values() if _compose(first, one)])


def _compose(one: Mutation, other: Mutation) -> bool:
    delicate = one.delicate or other.delicate
    return (
        one.family != other.family
        and bool({*one.suffixes} & {*other.suffixes})
        and (not delicate or Expect.SAME in (one.expect, other.expect))
    )
