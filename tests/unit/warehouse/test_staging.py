"""Staging follows the contracts: every event that a log may yield is staged, with all that it keeps."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bilan.contracts import CONTRACTS, Contract, EventSpec, Kind

STAGING = Path(__file__).parents[3] / "dbt_project" / "models" / "staging"
TYPES = {
    Kind.CHOICES: " varchar[]",
    Kind.DATE: " date",
    Kind.DECIMAL: " decimal(38, 15)",
    Kind.INTEGER: " bigint",
    Kind.YES_NO: " boolean",
}
DERIVED = "date_deduite boolean"  # whether the date was told; only some models keep it
YIELDED = [(contract, event) for contract in CONTRACTS.values() for event in contract.events]


def staged() -> dict[str, list[str]]:
    """The fields of each event type, as its model writes them."""
    calls = [re.findall(r"'([^']+)'", file.read_text()) for file in STAGING.glob("*.sql")]
    return {call[0]: [field for field in call[1:] if field != DERIVED] for call in calls}


def kept(contract: Contract, event: EventSpec) -> list[str]:
    """The fields of an event, as its contract has them; a date comes with its precision."""
    columns = [contract.column(name) for name in event.data]
    fields = ([column.name + TYPES.get(column.kind, "")] for column in columns)
    precisions = ([f"{column.name}_precision"] if column.kind is Kind.DATE else [] for column in columns)
    return [name for pair in zip(fields, precisions, strict=True) for part in pair for name in part]


@pytest.mark.parametrize(("contract", "event"), YIELDED, ids=[event.type for _, event in YIELDED])
def test_an_event_is_staged_with_what_its_contract_keeps(contract: Contract, event: EventSpec) -> None:
    assert staged()[event.type] == kept(contract, event)


def test_a_field_that_a_contract_begins_to_keep_is_missed() -> None:
    contract, event = YIELDED[0]
    assert (
        kept(contract, replace(event, data=(*event.data, contract.columns[0].name))) != staged()[event.type]
    )
