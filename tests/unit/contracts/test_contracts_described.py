"""The page that partners read says what the contracts say."""

from dataclasses import replace
from pathlib import Path

from bilan.contracts import CONTRACTS
from bilan.contracts.describe import describe

PAGE = Path(__file__).parents[3] / "docs" / "journaux.md"


def test_the_page_has_not_drifted_from_the_contracts() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert said == describe(CONTRACTS.values()), "run: python -m bilan.contracts.describe docs/journaux.md"


def test_a_changed_contract_changes_the_page() -> None:
    arrests = CONTRACTS["arrestations"]
    changed = replace(arrests, columns=(replace(arrests.columns[0], required=False), *arrests.columns[1:]))
    assert describe([changed]) != describe([arrests])


def test_every_column_and_event_is_told() -> None:
    page = describe(CONTRACTS.values())
    for contract in CONTRACTS.values():
        section = page.split(f"(`{contract.log}`)")[1].split("\n## ")[0]
        for column in contract.columns:
            assert f"| `{column.name}`" in section
        for event in contract.events:
            assert f"| `{event.type}`" in section
