"""Partnerships drawn at random: who did what for whom, and its exact figures, added up in plain Python.

The codes are real ones, so that what is known of them (what makes what, who is among whom) holds here too.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import TypeVar

import polars as pl

from tests.unit.disclosure.figures.figures import EVERY_KIND, KINDS, SCHEMA, START, catalogue, day

Z = 1.959963984540054
MONTHS_AFTER = 6  # of P08.at_6_months


@dataclass(frozen=True)
class Meeting:
    """A youth met in a month; `referred` is whether to a resource that time."""

    month: int
    territory: str
    youth: int
    sex: str
    referred: bool


@dataclass(frozen=True)
class Reference:
    """A reference decided in a month by a partner; `why` it was refused, or None where it was accepted."""

    month: int
    territory: str
    partner: str
    youth: int
    why: str | None


@dataclass(frozen=True)
class Path:
    """One first seen at the secondary axis in a month; `turned`: the month of the tertiary one, or None."""

    month: int
    territory: str
    youth: int
    turned: int | None


Told = TypeVar("Told", Meeting, Reference, Path)


@dataclass(frozen=True)
class Partnership:
    """Everything that happened in so many months, counted from `START`."""

    months: int
    territories: Sequence[str]
    partners: Sequence[str]
    meetings: Sequence[Meeting]
    references: Sequence[Reference]
    paths: Sequence[Path]

    def until(self, months: int) -> "Partnership":
        """What was known after its first months; who turns later has not turned yet."""
        early = self.within(0, months - 1, None)
        paths = [path if (path.turned or 0) < months else replace(path, turned=None) for path in early.paths]
        return replace(early, months=months, paths=paths)

    def within(self, first: int, last: int, territory: str | None) -> "Partnership":
        """What happened in those months, in a territory or in all."""

        def here(facts: Sequence[Told]) -> list[Told]:
            return [f for f in facts if first <= f.month <= last and territory in (None, f.territory)]

        return replace(
            self, meetings=here(self.meetings), references=here(self.references), paths=here(self.paths)
        )


def drawn(seed: int) -> Partnership:
    """A partnership of 12 to 24 months, 2 to 5 territories, 2 to 4 partners, and any density."""
    draw = random.Random(seed)
    months = draw.randint(12, 24)
    territories = [f"T{at}" for at in range(draw.randint(2, 5))]
    partners = [f"P{at}" for at in range(draw.randint(2, 4))]
    mean = draw.choice((0.4, 1.0, 3.0, 9.0))
    weights = [draw.expovariate(1) + 0.1 for _ in territories]

    def happening() -> Iterator[tuple[int, str, int]]:
        """The months, territories and youths of the facts of one log."""
        for month in range(months):
            for _ in range(round(draw.expovariate(1 / (mean * len(territories))))):
                yield month, draw.choices(territories, weights)[0], draw.randrange(int(20 * mean) + 5)

    reasons = (None, None, None, "manque de place", "autre")
    return Partnership(
        months,
        territories,
        partners,
        [Meeting(*one, "FM"[one[2] % 5 == 0], draw.random() < 0.7) for one in happening()],
        [Reference(*one[:2], draw.choice(partners), one[2], draw.choice(reasons)) for one in happening()],
        list(_first_paths(draw, happening())),
    )


def _first_paths(draw: random.Random, seen: Iterator[tuple[int, str, int]]) -> Iterator[Path]:
    """One path for each youth, from the first time it was seen."""
    known: set[int] = set()
    for month, territory, youth in seen:
        if youth not in known:
            known.add(youth)
            yield Path(month, territory, youth, month + draw.randint(0, 9) if draw.random() < 0.35 else None)


def exact_of(partnership: Partnership) -> pl.DataFrame:
    """The exact figures, for everybody and for each partner, as the warehouse would give them."""
    rows: list[dict[str, object]] = []
    territories = partnership.territories
    for kind, first, last in periods(partnership.months):
        for territory in (None, *territories):
            where: dict[str, object] = {
                "programme": "MOBILIS",
                "territory": territory,
                "period_kind": kind,
                "period_start": day(first),
                "period_end": day(last, last=True),
            }
            rows.extend(_rows(partnership.within(first, last, territory), where))
    return pl.DataFrame(rows, schema=SCHEMA)


def periods(months: int) -> Iterator[tuple[str, int, int]]:
    """The kind, first and last month of each period that is over, and of the whole time."""
    for kind, size in KINDS.items():
        for first in range(0, months, size):
            if kind == "total" or first + size <= months:
                yield kind, first, min(first + size, months) - 1


def _rows(here: Partnership, where: dict[str, object]) -> Iterator[dict[str, object]]:
    """All figures of one place, given what happened there."""
    meetings, references = here.meetings, here.references
    referred = [one for one in meetings if one.referred]
    youths = _youths(meetings)
    yield _count(where, "M05.meetings", len(meetings), youths)
    yield _count(where, "M05.met", youths, youths)
    yield _count(where, "M05", _youths(referred), _youths(referred))
    for sex in sorted({one.sex for one in referred}):
        some = _youths([one for one in referred if one.sex == sex])
        yield _count({**where, "breakdown": "sexe", "breakdown_value": sex}, "M05", some, some)
    yield from _decided(where, references)
    for partner in here.partners:
        own = [one for one in references if one.partner == partner]
        yield from (row for row in _decided({**where, "partner": partner}, own) if not row.get("breakdown"))
    yield from _curve(where, here.paths, here.months)


def _decided(where: dict[str, object], references: Sequence[Reference]) -> Iterator[dict[str, object]]:
    """References decided: the share accepted, and those refused, by reason."""
    refused = [one for one in references if one.why is not None]
    accepted = len(references) - len(refused)
    yield _share(where, "P09.accepted_share", accepted, len(references), _youths(references))
    yield _count(where, "P09.refused", len(refused), _youths(refused))
    for why in sorted({one.why for one in refused if one.why}):
        some = [one for one in refused if one.why == why]
        yield _count(
            {**where, "breakdown": "raison_refus", "breakdown_value": why},
            "P09.refused",
            len(some),
            _youths(some),
        )


def _curve(where: dict[str, object], paths: Sequence[Path], months: int) -> Iterator[dict[str, object]]:
    """The share that turned so far, and the share that has after six months, by Kaplan and Meier."""
    turned = [one for one in paths if one.turned is not None]
    yield _share(where, "P08", len(turned), len(paths), len(paths))
    share, low, high = survival(paths, months)
    soon = sum(one.turned is not None and one.turned - one.month <= MONTHS_AFTER for one in paths)
    row = _share(where, "P08.at_6_months", soon, len(paths), len(paths))
    yield {**row, "value": share, "low": low, "high": high, "status": "missing" if share is None else "value"}


def survival(paths: Sequence[Path], months: int) -> tuple[float | None, float | None, float | None]:
    """The share that turned within six months, and its interval (Greenwood, log-log); None if unknown."""
    spans = [
        ((months if one.turned is None else one.turned) - one.month, one.turned is not None) for one in paths
    ]
    if not any(span >= MONTHS_AFTER for span, _ in spans):
        return None, None, None
    left, spread = 1.0, 0.0
    for at in range(MONTHS_AFTER + 1):
        followed = sum(span >= at for span, _ in spans)
        came = sum(span == at and event for span, event in spans)
        if came:
            left *= 1 - came / followed
            spread += came / (followed * (followed - came)) if followed > came else 0.0
    if not 0 < left < 1:
        return 1 - left, None, None
    width = Z * sqrt(spread) / abs(log(left))
    return 1 - left, 1 - left ** exp(-width), 1 - left ** exp(width)


def _youths(facts: Sequence[Meeting] | Sequence[Reference]) -> int:
    return len({fact.youth for fact in facts})


def _count(where: dict[str, object], code: str, worth: int, persons: int) -> dict[str, object]:
    return {
        **where,
        "code": code,
        "value": float(worth),
        "numerator": float(worth),
        "n_persons": persons,
        "status": "value" if worth else "true_zero",
        "known_at": START,
    }


def _share(where: dict[str, object], code: str, part: int, whole: int, persons: int) -> dict[str, object]:
    return {
        **where,
        "code": code,
        "value": part / whole if whole else None,
        "numerator": float(part),
        "denominator": float(whole),
        "n_persons": persons,
        "status": "value" if whole else "missing",
        "known_at": START,
    }


FORMATS = {
    "M05": "count",
    "M05.met": "count",
    "M05.meetings": "count",
    "P08": "rate",
    "P08.at_6_months": "rate",
    "P09.accepted_share": "rate",
    "P09.refused": "count",
}

_MET, _DECIDED, _COHORT = "met_youths", "decisions", "cohort"
# What each counts, as the catalogue would say it to the protection.
COUNTED = catalogue(
    {
        "code": "M05",
        "counts_numerator": f"persons of {_MET} where referred",
        "counts_persons": f"persons of {_MET} where referred",
        "publishes_breakdown": f"sexe: {EVERY_KIND}",
    },
    {"code": "M05.met", "counts_numerator": f"persons of {_MET}", "counts_persons": f"persons of {_MET}"},
    {"code": "M05.meetings", "counts_numerator": f"events of {_MET}", "counts_persons": f"persons of {_MET}"},
    {
        "code": "P08",
        "format": "rate",
        "counts_numerator": f"persons of {_COHORT} where turned",
        "counts_denominator": f"persons of {_COHORT}",
        "counts_persons": f"persons of {_COHORT}",
    },
    {
        "code": "P08.at_6_months",
        "format": "rate",
        "estimate": "kaplan_meier",
        "counts_numerator": f"persons of {_COHORT} where turned and by_6",
        "counts_denominator": f"persons of {_COHORT}",
        "counts_persons": f"persons of {_COHORT}",
    },
    {
        "code": "P09.accepted_share",
        "format": "rate",
        "attributed_to": "sender",
        "counts_numerator": f"events of {_DECIDED} where decision=accepted",
        "counts_denominator": f"events of {_DECIDED}",
        "counts_persons": f"persons of {_DECIDED}",
    },
    {
        "code": "P09.refused",
        "attributed_to": "sender",
        "counts_numerator": f"events of {_DECIDED} where decision=refused",
        "counts_persons": f"persons of {_DECIDED} where decision=refused",
        "publishes_breakdown": f"raison_refus: {EVERY_KIND}",
    },
)


WORDS = {
    "M05": "Nombre de jeunes distincts rencontrés et référés.",
    "M05.met": "Nombre de jeunes distincts rencontrés.",
    "P08.at_6_months": "Probabilité estimée par Kaplan-Meier, 6 mois après.",
}
LOGS = {"M05": "jeunes_rencontres", "P08": "depistages", "P09": "references", "P10": "trajectoires"}


def catalogue_of(formats: Mapping[str, str]) -> pl.DataFrame:
    """What is published of codes beside them, as far as a reader needs it; `formats` gives that of each."""
    codes = list(formats)
    nothing = [""] * len(codes)
    return pl.DataFrame(
        {
            "code": codes,
            "format": list(formats.values()),
            "definition_fr": [WORDS.get(code, "Nombre dans la période.") for code in codes],
            "numerator_fr": nothing,
            "denominator_fr": nothing,
            "unit_fr": ["jeunes"] * len(codes),
            "logs": [LOGS[code[:3]] for code in codes],
        }
    )
