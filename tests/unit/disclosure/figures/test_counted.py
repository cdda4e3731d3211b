"""What the catalogue says that figures count is read, and tells what is a part of what."""

import pytest

from bilan.disclosure.figures.counted import PARTS, VALUES, Counted, CountedError, parse
from tests.catalogue import entries

AT_MOST = "at most "
MET = "persons of met_youths where referred"


ENTRIES = {entry["code"]: entry for entry in entries()}


def counted(text: str) -> Counted:
    told = parse(text, "X01")
    assert told is not None
    return told


def of(code: str, part: str = "numerator") -> Counted:
    return counted(ENTRIES[code]["counts"][part])


TOLD_BY_THE_PROGRAMME = {"M01"}  # the staff that partners release


@pytest.mark.parametrize("code", ENTRIES)
def test_every_entry_says_what_it_counts(code: str) -> None:
    for part, text in ENTRIES[code]["counts"].items():
        told = parse(text, code)
        assert part in PARTS
        assert told is not None or part != "persons" or code in TOLD_BY_THE_PROGRAMME


@pytest.mark.parametrize("code", [code for code, entry in ENTRIES.items() if "bounds" in entry])
def test_every_bound_is_of_something_counted_and_not_already_told(code: str) -> None:
    for part, text in ENTRIES[code]["bounds"].items():
        assert text.startswith(AT_MOST)
        assert not of(code, part).is_at_most(counted(text.removeprefix(AT_MOST)))


@pytest.mark.parametrize("text", [MET, "events of stays where begun and lieu=sur le territoire|à distance"])
def test_an_expression_is_written_as_it_was_read(text: str) -> None:
    assert parse(str(counted(text)), "X01") == counted(text)


def test_what_counts_nobody_is_nothing() -> None:
    assert parse("nothing", "X01") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("youths of met_youths", "« youths of met_youths » is not"),
        ("persons in met_youths", "is not « persons"),
        ("persons of met_youths where", "is not « persons"),
        ("persons of met_youths where referred and referred", "one condition twice"),
        ("persons of met_youths where Referred", "« Referred » is not a condition"),
        ("events of cases where issue=guilty", "« issue=guilty » is not among plaidoyer"),
        ("events of cases where issue", "« issue » is not among plaidoyer"),
        ("events of cases where sort=new", "« sort=new » is not among properties with values"),
        ("", "is not « persons"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_name_of_its_entry(text: str, fault: str) -> None:
    with pytest.raises(CountedError, match=r"^M05: ") as refused:
        parse(text, "M05")
    assert fault in str(refused.value)


def test_more_conditions_make_a_part_and_the_same_make_one_number() -> None:
    referred, met = counted(MET), counted("persons of met_youths")
    assert referred.is_within(met)
    assert not met.is_within(referred)
    assert met.is_within(met)
    assert met.is_same(counted("persons of met_youths"))
    assert not met.is_same(counted("persons of charges"))
    assert not referred.is_within(counted("persons of charges"))


def test_fewer_values_make_a_part() -> None:
    guilty = counted("events of cases where issue=verdict de culpabilité")
    concluded = counted("events of cases where issue=verdict de culpabilité|acquittement")
    assert guilty.is_within(concluded)
    assert not concluded.is_within(guilty)
    assert guilty.is_within(counted("events of cases"))


def test_persons_are_no_part_of_their_events_and_never_more() -> None:
    persons, events = counted(MET), counted("events of met_youths")
    assert not persons.is_within(events)
    assert persons.is_at_most(events)
    assert not events.is_at_most(persons)


def test_where_a_person_has_one_fact_events_and_persons_are_one_number() -> None:
    events, persons = of("P09.days_to_first_start", "denominator"), of("P09.days_to_first_start", "persons")
    assert events.is_same(persons)
    assert persons.is_at_most(events)
    assert events.is_at_most(persons)
    assert not of("P09.served").is_same(of("P09.served", "persons"))


def test_a_breakdown_adds_its_condition_and_a_matrix_two() -> None:
    box = of("P15.detected").under("axe_cible", "primaire × victime")
    assert box.is_within(of("P15.detected"))
    assert not of("P15.detected").is_within(box)
    assert box.is_within(of("P07").under("axe", "primaire"))
    assert box.is_within(of("P07").under("cible", "victime"))
    assert not box.is_within(of("P07").under("axe", "tertiaire"))


def test_a_value_with_the_sign_of_products_is_one_value_elsewhere() -> None:
    assert of("M05").under("ressource", "a × b").conditions[-1].values == ("a × b",)


SAME = [
    (of("M04"), of("M04.presented")),
    (of("M04", "denominator"), of("M04.concluded")),
    (of("M07", "denominator"), of("M02", "persons")),
    (of("P08.with_service", "denominator"), of("P08")),
    (of("P10", "denominator"), of("P09.requested", "persons")),
    (of("P10.paths"), of("P09.served")),
    (of("P12.no_place"), of("P12.refused").under("raison_refus", "manque de place")),
    (of("P12.no_place", "persons"), of("P12.refused", "persons").under("raison_refus", "manque de place")),
]
PARTS_OF = [
    (of("M05"), of("M05.met")),
    (of("M08", "persons"), of("M03")),
    (of("M09", "persons"), of("M05.met")),
    (of("P03", "denominator"), of("P02.attendances")),
    (of("P09.received"), of("P09")),
    (of("P10.returns"), of("P09.served")),
    (of("P10.returns"), of("P10")),
    (of("P10.transfers"), of("P10")),
    (of("P11.duplicates"), of("P11")),
    (of("P12.in_territory", "persons"), of("P12.housed")),
    (of("P13.replaced", "persons"), of("P13", "denominator")),
    (of("P15.served"), of("P09.served", "persons")),
    (of("P08.at_3_months"), of("P08.at_6_months")),
    (of("P08.at_24_months"), of("P08")),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=str)
def test_one_number_under_two_indicators_is_one_expression(one: Counted, other: Counted) -> None:
    assert one.is_same(other)


@pytest.mark.parametrize(("part", "whole"), PARTS_OF, ids=str)
def test_an_indicator_within_another_is_a_part_by_its_words(part: Counted, whole: Counted) -> None:
    assert part.is_within(whole)
    assert not whole.is_within(part)


def test_events_of_the_values_of_a_property_make_its_events() -> None:
    accepted, refused = of("P09.accepted_share"), of("P09.refused")
    assert of("P09.accepted_share", "denominator").is_sum_of([accepted, refused])
    assert counted("events of referral_decisions").is_sum_of([accepted, refused])
    assert of("P10").is_sum_of([of("P10.returns"), of("P10.transfers")])
    guilty = [of("M04.concluded").under("issue", f"{how} de culpabilité") for how in ("plaidoyer", "verdict")]
    assert of("M04").is_sum_of(guilty)
    assert of("M04.presented", "denominator").is_sum_of(
        [*guilty, of("M04.concluded").under("issue", "acquittement")]
    )


def test_a_sum_lacks_no_value_counts_none_twice_and_is_not_of_persons() -> None:
    returns, transfers, starts = of("P10.returns"), of("P10.transfers"), of("P09.served")
    assert not of("P10").is_sum_of([returns])
    assert not of("P10").is_sum_of([starts, transfers])
    assert not of("P10").is_sum_of([returns, returns, transfers])
    assert not of("P10").is_sum_of([returns, of("P09.refused")])
    assert not of("P10").is_sum_of([of("P10")])
    assert not of("P09.accepted_share", "persons").is_sum_of([of("P09.refused", "persons")])


def test_what_a_log_requires_is_always_said() -> None:
    assert of("P15.detected").is_same(of("P07"))
    assert not of("P15.served").is_same(of("P09.served", "persons"))


def test_every_value_is_once_among_its_own() -> None:
    for name, values in VALUES.items():
        assert len(values) == len(set(values)) > 1, name
