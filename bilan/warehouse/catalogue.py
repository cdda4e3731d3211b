"""What each KPI means: the entries that the KPI models carry in their own meta.

An entry is the only description of its KPI: protection, boards, reports and documentation follow from it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from bilan.contracts import CONTRACTS
from bilan.cube import PERIOD_KINDS

FORMATS = ("count", "rate", "days", "points", "amount", "ratio")
DISCLOSURE_CLASSES = ("public", "partner", "steward")
ROUNDINGS = ("unit", "tenth", "tenth_of_percent")
COUNTED = ("numerator", "denominator", "persons")  # what a figure may count
PUBLISHED = ("whole", "territory", "breakdown", "because")
COMPANION = ("code", "fr", "en")  # which, and the words around its figure, `{}`; no words: drawn, not said
SUMS = ("count", "amount")  # what is counted or added, and never estimated
ESTIMATES = ("", "none", "kaplan_meier", "mean", "median")
HOLDS = ("within", "overlaps", "at_end")


@dataclass(frozen=True)
class Kpi:
    """One entry. Texts are for readers; `format` says how a value is written.

    A figure of the steward's may read no log: what Bilan tells itself is known at once. What `counts` and
    `bounds` say is read by `bilan.disclosure.figures.counted`. What has a default is a fault where the other
    properties call for it (`faults`), but for `bounds` and `companion`, which any entry may do without.
    """

    code: str
    name_fr: str
    name_en: str
    definition_fr: str
    definition_en: str
    numerator_fr: str
    numerator_en: str
    denominator_fr: str
    denominator_en: str
    unit_fr: str
    unit_en: str
    format: str  # one of FORMATS
    grain: tuple[str, ...]
    logs: tuple[str, ...]
    source: str
    disclosure: str  # one of DISCLOSURE_CLASSES
    rounding: str  # one of ROUNDINGS
    programmes: tuple[str, ...]
    breakdowns: tuple[str, ...]
    counts: Mapping[str, str]  # of COUNTED, those that the figure has: what it counts, in words that are read
    publishes: Mapping[str, Any]  # PUBLISHED: kinds of periods, for each breakdown its own; and a reason
    holds: str  # one of HOLDS: which facts a period has
    bounds: Mapping[str, str] = field(default_factory=dict)  # parts that are never more than something else
    estimate: str = ""  # one of ESTIMATES: what the value of no sum is, `none` where it is what was counted
    attributed_to: str = ""  # whose a fact is, where partners have figures of their own
    adds_up: bool | None = None  # of a count: whether its periods add up to a running total
    signed: bool | None = None  # of a mean: whether it is written with its sign, as a gain is
    companion: Mapping[str, str] = field(default_factory=dict)  # COMPANION: another KPI, shown beside it

    def faults(self) -> list[str]:
        """What is wrong with the entry, each fault with its code and property; empty when nothing is."""
        optional = {"breakdowns", *OPTIONAL} | ({"logs"} if self.disclosure == "steward" else set())
        empty = [f.name for f in fields(self) if f.name not in optional and not getattr(self, f.name)]
        found = [f"{name} is empty" for name in empty]
        found += [f"unknown {name}" for name, known in _CHOICES.items() if getattr(self, name) not in known]
        if bool(self.attributed_to) != ("partner" in self.grain):
            found.append("attributed_to is for figures of partners")
        placed = [log for log in self.logs if log not in CONTRACTS or CONTRACTS[log].has_territory]
        if "territory" in self.grain and self.logs and not placed:
            found.append("by territory, though the rows of its logs are of no place")
        found += [*self._counting(), *self._publishing(), *self._showing()]
        return [f"{self.code}: {fault}" for fault in found]

    def _counting(self) -> Iterator[str]:
        """What is wrong with `counts`, `bounds` and `estimate`."""
        yield from (f"counts no {part}" for part in self.counts if part not in COUNTED)
        yield from (f"bounds no {part}" for part in self.bounds if part not in self.counts)
        if bool(self.estimate) == (self.format in SUMS):
            yield "estimate is for all but sums, and `none` for what is counted"
        part = "numerator" if self.format in SUMS else "denominator"
        if part not in self.counts:
            yield f"counts lacks {part}"

    def _showing(self) -> Iterator[str]:
        """What is wrong with `adds_up`, `signed` and `companion`."""
        if (self.adds_up is None) == (self.format == "count"):
            yield "adds_up is for counts, and all of them"
        if self.adds_up and (
            self.holds != "within" or self.counts.get("numerator", "").startswith("persons")
        ):
            yield "adds_up, though a person or a fact may be counted in two periods"
        if (self.signed is None) == (self.estimate == "mean"):
            yield "signed is for means, and all of them"
        if self.companion and not {"code"} <= set(self.companion) <= set(COMPANION):
            yield f"companion is not {', '.join(COMPANION)}"
        if ("fr" in self.companion) != ("en" in self.companion):
            yield "companion is not in both languages"

    def _publishing(self) -> Iterator[str]:
        """What is wrong with `publishes`."""
        if lacking := [name for name in PUBLISHED if name not in self.publishes]:
            yield f"publishes lacks {', '.join(lacking)}"
            return
        if tuple(self.publishes["breakdown"]) != self.breakdowns:
            yield "publishes.breakdown is not of its breakdowns"
        if self.publishes["territory"] and "territory" not in self.grain:
            yield "publishes by territory, though it is of no place"
        if not self.publishes["because"]:
            yield "publishes without a reason"
        levels = (self.publishes["whole"], self.publishes["territory"], *self.publishes["breakdown"].values())
        if not {kind for kinds in levels for kind in kinds} <= set(PERIOD_KINDS):
            yield "publishes an unknown kind of period"


OPTIONAL = tuple(f.name for f in fields(Kpi) if f.default is not MISSING or f.default_factory is not MISSING)
_CHOICES = {
    "format": FORMATS,
    "disclosure": DISCLOSURE_CLASSES,
    "rounding": ROUNDINGS,
    "estimate": ESTIMATES,
    "holds": HOLDS,
}


class CatalogueError(ValueError):
    """Entries are not whole: each fault with the code of its KPI and the property."""


def read_catalogue(manifest: Path) -> list[Kpi]:
    """The entries by code, from dbt's manifest.json. CatalogueError where one of them is not whole."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    metas = (node["config"].get("meta") or {} for node in nodes if node["resource_type"] == "model")
    return catalogue_of([entry for meta in metas for entry in meta.get("kpis", [])])


def catalogue_of(entries: Iterable[Mapping[str, Any]]) -> list[Kpi]:
    """Those entries by code. CatalogueError, with all that is wrong, where one of them is not whole."""
    told = list(entries)
    found = [fault for entry in told for fault in _lacking(entry)]
    if not found:
        kpis = sorted((_kpi(entry) for entry in told), key=lambda kpi: kpi.code)
        found = [*(fault for kpi in kpis for fault in kpi.faults()), *_strangers(kpis)]
    if found:
        raise CatalogueError(
            "dbt_project/models/kpi: the entries of the KPI catalogue are not whole:\n" + "\n".join(found)
        )
    return kpis


def _lacking(entry: Mapping[str, Any]) -> Iterator[str]:
    """The properties that an entry does not say, and those that none has."""
    code = entry.get("code")
    yield from (f"{code}: {f.name} is missing" for f in fields(Kpi) if f.name not in {*OPTIONAL, *entry})
    known = {f.name for f in fields(Kpi)}
    yield from (f"{code}: {name} is no property of a KPI" for name in entry if name not in known)


def _strangers(kpis: Sequence[Kpi]) -> Iterator[str]:
    """Codes that stand twice, or that an entry names though none has them."""
    codes = [kpi.code for kpi in kpis]
    yield from (f"{code}: has two entries" for code in sorted({c for c in codes if codes.count(c) > 1}))
    named = ((kpi.code, kpi.companion["code"]) for kpi in kpis if "code" in kpi.companion)
    yield from (f"{code}: companion {other} has no entry" for code, other in named if other not in codes)


def _kpi(entry: Mapping[str, Any]) -> Kpi:
    values: dict[str, Any] = {
        name: tuple(told) if isinstance(told, list) else told for name, told in entry.items()
    }
    return Kpi(**values)
