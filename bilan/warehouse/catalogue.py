"""What each KPI means: the entries that the KPI models carry in their own meta."""

import json
from collections.abc import Iterator, Mapping
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
ESTIMATES = ("", "kaplan_meier", "mean", "median")
HOLDS = ("within", "overlaps", "at_end")


@dataclass(frozen=True)
class Kpi:
    """One entry. Texts are for readers; `format` says how a value is written.

    A figure of the steward's may read no log: what Bilan tells itself is known at once. What `counts` and
    `bounds` say is read by `bilan.disclosure.kpi.counted`.
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
    bounds: Mapping[str, str] = field(default_factory=dict)  # parts that are never more than something else
    estimate: str = ""  # one of ESTIMATES: what the value is where it is not what was counted
    holds: str = "within"  # one of HOLDS: which facts a period has
    attributed_to: str = ""  # whose a fact is, where partners have figures of their own

    def faults(self) -> list[str]:
        """What is wrong with the entry; empty when nothing is."""
        optional = {"breakdowns", *OPTIONAL} | ({"logs"} if self.disclosure == "steward" else set())
        empty = [f.name for f in fields(self) if f.name not in optional and not getattr(self, f.name)]
        found = [f"{name} is empty" for name in empty]
        found += [f"unknown {name}" for name, known in _CHOICES.items() if getattr(self, name) not in known]
        if bool(self.attributed_to) != ("partner" in self.grain):
            found.append("attributed_to is for figures of partners")
        placed = [log for log in self.logs if log not in CONTRACTS or CONTRACTS[log].has_territory]
        if "territory" in self.grain and self.logs and not placed:
            found.append("by territory, though the rows of its logs are of no place")
        return [f"{self.code}: {fault}" for fault in (*found, *self._counting(), *self._publishing())]

    def _counting(self) -> Iterator[str]:
        """What is wrong with `counts` and `bounds`."""
        yield from (f"counts no {part}" for part in self.counts if part not in COUNTED)
        yield from (f"bounds no {part}" for part in self.bounds if part not in self.counts)

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


def read_catalogue(manifest: Path) -> list[Kpi]:
    """The entries by code, from dbt's manifest.json. KeyError, with its code, when an entry lacks a field."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    metas = (node["config"].get("meta") or {} for node in nodes if node["resource_type"] == "model")
    return sorted((_kpi(entry) for meta in metas for entry in meta.get("kpis", [])), key=lambda kpi: kpi.code)


def _kpi(entry: dict[str, Any]) -> Kpi:
    lacking = [f.name for f in fields(Kpi) if f.name not in {*OPTIONAL, *entry}]
    if lacking:
        raise KeyError(f"{entry.get('code')}: {', '.join(lacking)}")
    values: dict[str, Any] = {
        name: tuple(told) if isinstance(told, list) else told for name, told in entry.items()
    }
    return Kpi(**values)
