"""The fixed filters of a chart, as Superset writes them."""

from typing import Any

Condition = dict[str, Any]


def only(column: str, value: str | list[str]) -> Condition:
    """The column is that value, or one of those."""
    return {
        "clause": "WHERE",
        "subject": column,
        "operator": "IN" if isinstance(value, list) else "==",
        "comparator": value,
        "expressionType": "SIMPLE",
    }


def known(column: str) -> Condition:
    """The column holds something."""
    return {"clause": "WHERE", "subject": column, "operator": "IS NOT NULL", "expressionType": "SIMPLE"}


def of_programme(programme: str | None) -> list[Condition]:
    """The programme that a board is about; none where its readers choose it."""
    return [only("programme", programme)] if programme else []
