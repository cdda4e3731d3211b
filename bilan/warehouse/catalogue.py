"""What each KPI means: the entries that the KPI models carry in their own meta."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bilan.contracts import CONTRACTS

FORMATS = ("count", "rate", "days", "points", "amount", "ratio")
DISCLOSURE_CLASSES = ("public", "partner", "steward")
ROUNDINGS = ("unit", "tenth", "tenth_of_percent")


@dataclass(frozen=True)
class Kpi:
    """One entry. Texts are for readers; `format` says how a value is written.

    A figure of the steward's may read no log: what Bilan tells itself is known at once.
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

    def faults(self) -> list[str]:
        """What is wrong with the entry; empty when nothing is."""
        optional = {"breakdowns"} | ({"logs"} if self.disclosure == "steward" else set())
        empty = [f.name for f in fields(self) if f.name not in optional and not getattr(self, f.name)]
        found = [f"{self.code}: {name} is empty" for name in empty]
        for name, known in (("format", FORMATS), ("disclosure", DISCLOSURE_CLASSES), ("rounding", ROUNDINGS)):
            if getattr(self, name) not in known:
                found.append(f"{self.code}: unknown {name}")
        placed = [log for log in self.logs if log not in CONTRACTS or CONTRACTS[log].has_territory]
        if "territory" in self.grain and self.logs and not placed:
            found.append(f"{self.code}: by territory, though the rows of its logs are of no place")
        return found


def read_catalogue(manifest: Path) -> list[Kpi]:
    """The entries by code, from dbt's manifest.json. KeyError when an entry lacks a field."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    metas = (node["config"].get("meta") or {} for node in nodes if node["resource_type"] == "model")
    return sorted((_kpi(entry) for meta in metas for entry in meta.get("kpis", [])), key=lambda kpi: kpi.code)


def _kpi(entry: dict[str, Any]) -> Kpi:
    values: dict[str, Any] = {}
    for field in fields(Kpi):
        value = entry[field.name]
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return Kpi(**values)
