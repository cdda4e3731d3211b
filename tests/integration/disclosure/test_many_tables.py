"""The laws of tests/unit/disclosure, on many tables."""

import pytest
from hypothesis import given, settings

from bilan.disclosure.tables.table import Cell
from tests.thorough import either
from tests.unit.disclosure.drawn import Case, Series, audited_cases, cases, series
from tests.unit.disclosure.laws import (
    audit_is_the_judges,
    every_claim_is_the_judges,
    nothing_protected_becomes_known,
    printed_bounds_are_the_judges,
)

pytestmark = pytest.mark.integration
MANY = settings(deadline=None, max_examples=either(20, 100), print_blob=True)


@given(cases())
@MANY
def test_every_sensitive_cell_is_uncertain_to_each_attacker_or_the_table_is_not_safe(case: Case) -> None:
    every_claim_is_the_judges(case)


@given(cases())
@MANY
def test_the_bounds_that_are_printed_are_exact(case: Case) -> None:
    printed_bounds_are_the_judges(case)


@given(audited_cases())
@MANY
def test_the_audit_of_any_pattern_is_exact(drawn: tuple[Case, frozenset[Cell]]) -> None:
    audit_is_the_judges(*drawn)


@given(series())
@MANY
def test_no_cell_that_a_release_protected_becomes_known_by_the_next_ones(drawn: Series) -> None:
    nothing_protected_becomes_known(drawn.tables, drawn.rules)
