"""What is stored, what is asked, and what a chart's settings say that it asks for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]


class RefusedError(Exception):
    """What is asked is not the query of a board. The message is for the journal and for tests."""


@dataclass(frozen=True)
class Chart:
    """A chart as the metadata database holds it: its number, its dataset's number, its settings."""

    number: int
    dataset: int
    params: Json


@dataclass(frozen=True)
class Board:
    """A dashboard that the user may open: its charts by number, its native filters as configured."""

    charts: Mapping[int, Chart]
    filters: tuple[Json, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A query context: the dataset's number (None for any other source), and each query's own fields."""

    dataset: int | None
    form: Json
    queries: tuple[Json, ...]
    result_type: str = "full"
    result_format: str = "json"


@dataclass(frozen=True)
class Stored:
    """One query that a chart's settings, or a filter's, give.

    `columns` and `metrics` are compared whole; `order` holds what else it may sort by (and, for a
    metric, may have to ask for); `where` its own filters, each as `condition` writes it.
    """

    columns: frozenset[str]
    metrics: frozenset[str]
    order: frozenset[str]
    where: frozenset[str]
    settings: Json = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Everything that this query may name."""
        return self.columns | self.metrics | self.order


def name_of(value: Any) -> str:
    """A column or metric as one text: its name, or its whole definition when it is ad hoc."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        kept = {key: part for key, part in value.items() if key != "optionName" and part is not None}
        return json.dumps(kept, sort_keys=True, ensure_ascii=False)
    raise RefusedError(f"a {type(value).__name__} where a column or metric was expected")


def condition(column: Any, operator: Any, value: Any) -> str:
    """A filter as one text, the same however it is written."""
    return json.dumps([name_of(column), str(operator).upper(), value], sort_keys=True, ensure_ascii=False)


def as_list(value: Any) -> list[Any]:
    """Settings hold one value, several, or none."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
