"""A tally as people read it."""

from collections.abc import Iterator, Sequence

from tests.mutations.catalogue import CATALOGUE
from tests.mutations.judge import Judgement, Verdict
from tests.mutations.running import Case, Tally

_SHOWN = 3  # silent files of one mutation


def counted(tally: Tally) -> str:
    """One line: files by verdict."""
    counts = ", ".join(f"{tally.files[verdict]} {verdict.value}" for verdict in Verdict)
    return f"{tally.files.total()} files: {counts}; {len(tally.leaking)} reports quote a name"


def table(tally: Tally) -> str:
    """Files by verdict, a line per mutation, then what is silent, what leaks, and good files not read."""
    headings = f"{'mutation':<46}{'right':>7}{'loud':>7}{'silent':>7}{'refused rows':>14}"
    lines = [
        *(counted(tally), "", headings, *_mutations(tally)),
        *("", "Silent:", *shown_silent(tally.silent)),
        *("", "Reports that quote a name:", *shown_leaking(tally)),
        *("", "Loud but harmless (a careful person reads these files as they are):", *shown_harmless(tally)),
    ]
    return "\n".join(lines) + "\n"


def shown_silent(silent: Sequence[tuple[Case, Judgement]]) -> Iterator[str]:
    """Some silent files of each mutation, single mutations first, each with why."""
    shown = dict.fromkeys(CATALOGUE, 0)
    for case, judgement in sorted(silent, key=lambda one: len(one[0].mutations)):
        names = [one.name for one in case.mutations]
        if min(shown[name] for name in names) < _SHOWN:
            yield f"  {_explained(case, judgement)}"
        for name in names:
            shown[name] += 1


def shown_leaking(tally: Tally) -> Iterator[str]:
    """The files of which the report quotes a name."""
    return (f"  {_told(case)}" for case, _ in tally.leaking)


def shown_harmless(tally: Tally) -> Iterator[str]:
    """The good files that were not read."""
    return (f"  {_explained(case, judgement)}" for case, judgement in tally.harmless)


def _explained(case: Case, judgement: Judgement) -> str:
    return f"{_told(case)}: {judgement.why}"


def _told(case: Case) -> str:
    names = " + ".join(one.name for one in case.mutations)
    return f"{names} ({case.draft.clean.log}, {case.draft.suffix}, {case.number})"


def _mutations(tally: Tally) -> Iterator[str]:
    for name in CATALOGUE:
        counts = [tally.verdicts[name, verdict] for verdict in Verdict]
        if sum(counts):
            mark = "  <- silent" if counts[-1] else ""
            numbers = "".join(f"{count:>7}" for count in counts)
            yield f"{name:<46}{numbers}{tally.refused_rows[name]:>14}{mark}"
