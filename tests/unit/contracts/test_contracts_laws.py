"""What must hold of every contract, so that the rooms that read them need not ask."""

import pickle
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from bilan import contracts
from bilan.contracts import CONTRACTS, LINK_TYPE, Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.common import COMMON, OF_THE_WHOLE
from bilan.contracts.lists import AUTRE

NOMINATIVE = {Kind.NAME, Kind.BIRTH_DATE, Kind.REFERENCE}
YES_NO = {Kind.YES_NO: {"oui", "non"}, Kind.YES_NO_UNKNOWN: {"oui", "non", "inconnu"}}
VERSIONED = re.compile(r"[a-z]+\.[a-z]+\.[a-z]+\.v[1-9]\d*")

every_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=list(CONTRACTS))


def specs() -> Iterator[tuple[Contract, EventSpec]]:
    for contract in CONTRACTS.values():
        for event in contract.events:
            yield contract, event


every_event = pytest.mark.parametrize(
    ("contract", "event"), list(specs()), ids=lambda value: getattr(value, "type", "")
)


def values_of(column: Column) -> set[str]:
    """What a cell of the column may mean."""
    return YES_NO.get(column.kind, set(column.choices))


def names_of(contract: Contract) -> list[str]:
    return [column.name for column in contract.columns]


def test_every_contract_of_the_package_is_that_of_a_log() -> None:
    modules = [import_module(f"bilan.contracts.{one.name}") for one in iter_modules(contracts.__path__)]
    found = {
        (module.__name__.removeprefix("bilan.contracts."), told.log)
        for module in modules
        for told in vars(module).values()
        if isinstance(told, Contract)
    }
    assert found == {(log, log) for log in CONTRACTS}, "add it to CONTRACTS in bilan/contracts/__init__.py"


def test_a_choice_is_its_french_word_and_brings_its_english_along() -> None:
    other = pickle.loads(pickle.dumps(AUTRE))  # as the process that reads files apart is given it
    assert (other, other.en) == ("autre", "other")


def test_event_types_are_versioned_and_belong_to_one_log() -> None:
    types = [event.type for _, event in specs()] + [LINK_TYPE]
    assert all(VERSIONED.fullmatch(name) for name in types)
    assert Counter(types).most_common(1)[0][1] == 1


@every_event
def test_events_keep_only_columns_of_their_contract(contract: Contract, event: EventSpec) -> None:
    mentioned = {event.time, *event.data, *(event.when or ())[:1], *filter(None, [event.when_present])}
    assert mentioned <= set(names_of(contract))
    assert contract.column(event.time).kind is Kind.DATE


@every_event
def test_nothing_nominative_and_no_free_text_reaches_an_event(contract: Contract, event: EventSpec) -> None:
    kinds = {contract.column(name).kind for name in event.data}
    assert not kinds & (NOMINATIVE | {Kind.FREE_TEXT})
    assert not set(event.data) & set(contract.subject.columns)


@every_event
def test_the_condition_of_an_event_can_be_met(contract: Contract, event: EventSpec) -> None:
    if event.when:
        column, wanted = event.when
        assert wanted
        assert wanted <= values_of(contract.column(column))


@every_event
def test_an_event_has_a_date_or_derives_it(contract: Contract, event: EventSpec) -> None:
    dated = contract.column(event.time).required or event.when_present == event.time
    assert dated or event.derives_time


@every_contract
def test_columns_are_named_once_and_common_ones_are_there(contract: Contract) -> None:
    assert Counter(names_of(contract)).most_common(1)[0][1] == 1
    shared = COMMON if contract.has_territory else OF_THE_WHOLE
    assert contract.columns[-len(shared) :] == shared


@every_contract
def test_the_key_exists_and_is_never_blank(contract: Contract) -> None:
    assert contract.key
    for name in contract.key:
        column = contract.column(name)
        assert column.required or column.default is not None
        assert column.kind in {Kind.NUMBER, Kind.INTEGER}


@every_contract
def test_a_person_in_the_key_is_never_optional(contract: Contract) -> None:
    assert not (contract.key_has_subject and contract.subject.presence is Presence.OPTIONAL)


@every_contract
def test_nominative_columns_are_the_subject_s_and_no_others(contract: Contract) -> None:
    nominative = {column.name for column in contract.columns if column.kind in NOMINATIVE}
    assert nominative == set(contract.subject.columns)
    assert bool(nominative) == (contract.subject.presence is not Presence.NOBODY)
    assert contract.subject.reference or contract.subject.presence is not Presence.NAMED_OR_REFERENCE
    for name in contract.subject.columns:
        assert contract.column(name).required == (contract.subject.presence is Presence.NAMED)


@every_contract
def test_the_principal_date_is_a_required_date(contract: Contract) -> None:
    column = contract.column(contract.principal_date)
    assert column.required
    assert column.kind is Kind.DATE
    assert contract.events[0].time == contract.principal_date


@every_contract
def test_what_makes_a_cell_necessary_can_occur(contract: Contract) -> None:
    for column in contract.columns:
        if column.required_if:
            other, value = column.required_if
            assert value in values_of(contract.column(other))
            assert not column.required


@every_contract
def test_lists_and_defaults_fit_their_kind(contract: Contract) -> None:
    for column in contract.columns:
        listed = column.kind in {Kind.CHOICE, Kind.CHOICES} and column not in COMMON
        assert bool(column.choices) == listed
        assert len(set(column.choices)) == len(column.choices)
        if column.default is not None:
            assert column.default in column.choices or column.kind is Kind.INTEGER


@every_contract
def test_consent_is_a_yes_or_no_of_logs_where_a_person_is_optional(contract: Contract) -> None:
    if contract.subject.consent is not None:
        assert contract.column(contract.subject.consent).kind is Kind.YES_NO
        assert contract.subject.presence is Presence.OPTIONAL


@every_contract
def test_what_makes_a_person_necessary_can_occur(contract: Contract) -> None:
    if contract.subject.required_if is not None:
        other, value = contract.subject.required_if
        assert value in values_of(contract.column(other))
        assert contract.subject.presence is Presence.OPTIONAL


@every_contract
def test_bounds_are_for_numbers(contract: Contract) -> None:
    bounded = [column for column in contract.columns if (column.minimum, column.maximum) != (None, None)]
    assert all(column.kind in {Kind.INTEGER, Kind.DECIMAL} for column in bounded)


@every_contract
def test_whoever_is_born_has_an_age(contract: Contract) -> None:
    assert (contract.subject.ages is None) == (contract.subject.birth_date is None)
    if contract.subject.ages:
        least, most = contract.subject.ages
        assert 0 < least < most


@every_contract
def test_dates_follow_dates_of_their_log(contract: Contract) -> None:
    for column in contract.columns:
        if column.kind is Kind.DATE:
            assert all(contract.column(other).kind is Kind.DATE for other in column.not_before)
            assert column.name not in column.not_before
        else:
            assert not column.not_before
            assert not column.planned_years


@every_contract
def test_what_an_event_is_dated_by_has_happened(contract: Contract) -> None:
    assert all(contract.column(event.time).planned_years == 0 for event in contract.events)


@every_contract
def test_an_end_comes_after_its_start(contract: Contract) -> None:
    names = names_of(contract)
    for name in names:
        start = name.replace("_fin", "_debut")
        if name.endswith("_fin") and start in names:
            assert start in contract.column(name).not_before
