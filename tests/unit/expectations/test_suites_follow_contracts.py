"""The suites are derived from the contracts and the catalogue: these tests fail when they drift apart."""

from datetime import date

import polars as pl
import pytest

from bilan.contracts import CONTRACTS, Column, Contract, Kind, Presence
from bilan.cube import COMPUTED, KEY
from bilan.intake import Reference, Source, load_reference, read_statement
from expectations.batches import SHEET_ROW, landed_batch
from expectations.engine import ROW
from expectations.kpis import kpi_rules
from expectations.landed import FILE, NOT_LANDED, SEPARATOR, landed_rules
from expectations.verdicts import Rule

LISTED = (Kind.CHOICE, Kind.CHOICES)
DIMENSIONS = ("programme", "territoire")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(None)


def rules_on(column: str, contract: Contract, reference: Reference) -> list[Rule]:
    return [rule for rule in landed_rules(contract, reference) if column in rule.columns]


def is_closed_list(column: object) -> bool:
    return isinstance(column, Column) and column.kind in LISTED and column.name not in DIMENSIONS


every_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda c: c.log)
COLUMNS = [
    pytest.param(contract, column, id=f"{contract.log}.{column.name}")
    for contract in CONTRACTS.values()
    for column in contract.columns
    if column.kind not in NOT_LANDED
]
every_column = pytest.mark.parametrize(("contract", "column"), COLUMNS)
every_closed_list = pytest.mark.parametrize(
    ("contract", "column"), [case for case in COLUMNS if is_closed_list(case.values[1])]
)


def empty_batch(contract: Contract, reference: Reference) -> pl.DataFrame:
    source = Source("", "SPAL", contract.log, date(2010, 3, 31), ".csv")
    return landed_batch([read_statement(b"", source, reference)], reference)


@every_contract
def test_no_rule_and_no_batch_looks_at_a_nominative_column(contract: Contract, reference: Reference) -> None:
    hidden = {column.name for column in contract.columns if column.kind in NOT_LANDED}
    hidden |= {"subject_key", "subject_ref"}
    looked_at = {name for rule in landed_rules(contract, reference) for name in rule.columns}
    assert not hidden & looked_at
    assert not hidden & set(empty_batch(contract, reference).columns)


@every_contract
def test_every_rule_looks_at_columns_of_the_batch(contract: Contract, reference: Reference) -> None:
    columns = set(empty_batch(contract, reference).columns)
    assert {ROW, FILE, SHEET_ROW} <= columns
    for rule in landed_rules(contract, reference):
        assert rule.columns
        assert set(rule.columns) <= columns


@every_contract
def test_rules_have_names_of_their_own(contract: Contract, reference: Reference) -> None:
    names = [rule.name for rule in landed_rules(contract, reference)]
    assert len(names) == len(set(names))


@every_column
def test_every_column_is_looked_at(contract: Contract, column: Column, reference: Reference) -> None:
    names = (column.name, f"{column.name}_precision")
    unlimited = column.kind in (Kind.INTEGER, Kind.DECIMAL) and column.minimum is column.maximum is None
    assert unlimited or any(rules_on(name, contract, reference) for name in names)


@every_column
def test_what_the_contract_requires_must_be_there(
    contract: Contract, column: Column, reference: Reference
) -> None:
    present = [
        rule
        for rule in rules_on(column.name, contract, reference)
        if rule.name == f"{column.name}_present" and "row_condition" not in rule.kwargs
    ]
    always = column.required or column.default is not None or column.name in DIMENSIONS
    assert bool(present) == always


@every_closed_list
def test_closed_lists_are_the_contracts(contract: Contract, column: Column, reference: Reference) -> None:
    [rule] = [r for r in landed_rules(contract, reference) if r.name == f"{column.name}_in_list"]
    if column.kind is Kind.CHOICE:
        assert tuple(rule.kwargs["value_set"]) == column.choices
    else:
        cell = pl.Series([SEPARATOR.join(column.choices), column.choices[0], "inconnu au contrat"])
        assert cell.str.contains(rule.kwargs["regex"]).to_list() == [True, True, False]


@every_column
def test_limits_are_the_contracts(contract: Contract, column: Column, reference: Reference) -> None:
    found = [r.kwargs for r in landed_rules(contract, reference) if r.name == f"{column.name}_in_range"]
    if column.minimum is None and column.maximum is None:
        assert found == []
    else:
        [limits] = found
        assert (limits.get("min_value"), limits.get("max_value")) == (column.minimum, column.maximum)


@every_column
def test_a_cell_that_another_makes_necessary_has_its_rule(
    contract: Contract, column: Column, reference: Reference
) -> None:
    conditional = [
        rule
        for rule in rules_on(column.name, contract, reference)
        if column.required_if and rule.name == f"{column.name}_present_if_{column.required_if[0]}"
    ]
    assert len(conditional) == (1 if column.required_if else 0)


@every_contract
def test_the_key_and_the_person_are_the_contracts(contract: Contract, reference: Reference) -> None:
    rules = {rule.name: rule for rule in landed_rules(contract, reference)}
    key = rules["key_unique"].kwargs["column_list"]
    assert key[: len(contract.key) + 1] == [FILE, *contract.key]
    assert ("subject_hash" in key) == contract.key_has_subject
    always = contract.subject.presence in (Presence.NAMED, Presence.NAMED_OR_REFERENCE)
    assert ("subject_present" in rules) == always
    sometimes = contract.subject.required_if is not None
    assert any(name.startswith("subject_present_if_") for name in rules) == sometimes
    assert ("consent_respected" in rules) == (contract.subject.consent is not None)


def test_the_lists_of_the_reference_are_used(reference: Reference) -> None:
    [contract] = [c for c in CONTRACTS.values() if c.log == "echanges"]
    rules = {rule.name: rule.kwargs for rule in landed_rules(contract, reference)}
    assert set(reference.partners) < set(rules["de_known"]["value_set"])
    assert rules["territoire_known"]["value_set"] == list(reference.territories)
    assert rules["programme_known"]["value_set"] == list(reference.programmes)


def test_figures_are_held_to_the_catalogue_given() -> None:
    catalogue = pl.DataFrame({"code": ["M02", "P01"], "format": ["count", "count"]})
    rules = {rule.name: rule.kwargs for rule in kpi_rules(catalogue, ("MOBILIS",), ("Longueuil",))}
    assert rules["code_in_catalogue"]["value_set"] == ["M02", "P01"]
    assert rules["programme_known"]["value_set"] == ["MOBILIS"]
    assert rules["territory_known"]["value_set"] == ["Longueuil"]
    assert rules["grain_unique"]["column_list"] == list(KEY)
    assert "suppressed" not in COMPUTED  # hidden later, never by a model
