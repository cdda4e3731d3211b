"""Access periods: each line of the table, what is never due, and laws that hold for every history."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.contracts.lists import ISSUES_CONCLUANTES
from bilan.erasure.access_table import RulesError, load_rules
from bilan.erasure.periods import CONCLUSION, Record, due_of_person, plus

RULES = load_rules(Path("no-such-folder"))
BORN = date(1995, 4, 5)
CHARGED, CONCLUDED = date(2010, 3, 1), date(2011, 1, 31)


def case(outcome: str = "", *, event: str | None = "a", on: date = CONCLUDED) -> Record:
    facts = ((CONCLUSION, on),) if outcome else ()
    return Record("accusations", outcome, facts, event, CHARGED)


@pytest.mark.parametrize(
    ("outcome", "rule", "day"),
    [
        ("plaidoyer de culpabilité", "guilty", date(2016, 1, 31)),
        ("verdict de culpabilité", "guilty", date(2016, 1, 31)),
        ("acquittement", "acquittal", date(2011, 5, 2)),  # 30 days to appeal, then two months
        ("retrait", "withdrawn", date(2011, 3, 31)),
        ("arrêt des procédures", "stay", date(2012, 1, 31)),
    ],
)
def test_each_outcome_of_our_log(outcome: str, rule: str, day: date) -> None:
    due = due_of_person([case(outcome)], RULES, BORN)
    assert due is not None
    assert (due.rule, due.day, due.precision, due.confirmed) == (rule, day, "day", False)


def test_every_outcome_has_its_rule() -> None:
    assert all(due_of_person([case(outcome)], RULES, BORN) for outcome in ISSUES_CONCLUANTES)


@pytest.mark.parametrize("born", [date(1995, 1, 1), BORN, date(1995, 12, 31)])
def test_youth_protection_tells_the_year_of_birth_alone(born: date) -> None:
    due = due_of_person([Record("echanges")], RULES, born)
    assert due is not None
    assert (due.day, due.precision, due.rule) == (date(2039, 1, 1), "year", "youth_protection")


@pytest.mark.parametrize(
    ("records", "born"),
    [
        ([], BORN),
        ([case()], BORN),  # not concluded
        ([case("retrait"), case()], BORN),  # one of two is not
        ([case("retrait"), Record("formations")], BORN),  # no rule speaks of it
        ([case("retrait")], None),
        ([Record("echanges")], None),
        ([case("retrait")], date(1992, 3, 1)),  # 18 on the day of the charge
        ([Record("arrestations", event="b"), case("retrait", event="a")], BORN),  # an arrest of no case
    ],
)
def test_never_due(records: list[Record], born: date | None) -> None:
    assert due_of_person(records, RULES, born) is None


def test_a_minor_is_one_until_the_day_before_eighteen() -> None:
    assert due_of_person([case("retrait")], RULES, date(1992, 3, 2)) is not None


def test_an_arrest_goes_with_its_case_and_the_last_record_counts() -> None:
    first, second = case("retrait"), case("verdict de culpabilité", event="b")
    arrests = [Record("arrestations", event="b"), Record("arrestations", event="a")]
    due = due_of_person([*arrests, first, second], RULES, BORN)
    assert due is not None
    assert due.day == date(2016, 1, 31)


def test_a_person_is_confirmed_only_if_every_rule_is() -> None:
    confirmed = [replace(rule, status="confirmed") for rule in RULES]
    partly = [replace(r, status="confirmed" if r.rule == "guilty" else r.status) for r in RULES]
    records = [case("verdict de culpabilité"), case("acquittement", event="b")]
    for rules, expected in ((confirmed, True), (partly, False)):
        due = due_of_person(records, rules, BORN)
        assert due is not None
        assert due.confirmed is expected


def test_months_end_where_the_month_does() -> None:
    assert plus(date(2012, 2, 29), 1, "year") == date(2013, 2, 28)
    assert plus(date(2011, 12, 31), 2, "month") == date(2012, 2, 29)


def test_the_steward_replaces_a_line(tmp_path: Path) -> None:
    head = "rule,log,outcome,applies_to,counted_from,amount,unit,source,status\n"
    line = "withdrawn,accusations,retrait,minor,conclusion,6,month,avis,confirmed\n"
    (tmp_path / "access_periods.csv").write_text(head + line, "utf-8")
    rules = load_rules(tmp_path)
    assert len(rules) == len(RULES)
    due = due_of_person([case("retrait")], rules, BORN)
    assert due is not None
    assert (due.day, due.confirmed) == (date(2011, 7, 31), True)


@pytest.mark.parametrize("line", ["a,x,,minor,birth,1,year,s,assumed", "a,,,minor,birth,-1,year,s,assumed",
                                  "a,,,adult,birth,1,year,s,assumed", "a,,,minor,birth,1,week,s,assumed",
                                  "a,,,minor,birth,1,year,s,signed"])  # fmt: skip
def test_a_line_that_says_nothing_known_is_refused(tmp_path: Path, line: str) -> None:
    head = "rule,log,outcome,applies_to,counted_from,amount,unit,source,status\n"
    (tmp_path / "access_periods.csv").write_text(head + line + "\n", "utf-8")
    with pytest.raises(RulesError, match="ligne 2"):
        load_rules(tmp_path)
    (tmp_path / "access_periods.csv").write_text("rule,log\na,b\n", "utf-8")
    with pytest.raises(RulesError, match="manque"):
        load_rules(tmp_path)


DAYS = st.dates(date(2008, 9, 1), date(2020, 12, 31))
CASES = st.builds(
    case, st.sampled_from(["", *ISSUES_CONCLUANTES]), event=st.sampled_from(["a", "b", None]), on=DAYS
)
YOUTHS = st.sampled_from([Record("echanges"), Record("references")])
ARRESTS = st.builds(lambda event: Record("arrestations", event=event), st.sampled_from(["a", "b"]))
RECORDS = st.lists(CASES | YOUTHS | ARRESTS, min_size=1, max_size=6)
BIRTHS = st.dates(date(1988, 1, 1), date(2004, 12, 31))


@given(RECORDS, BIRTHS, st.randoms())
def test_the_order_of_records_says_nothing(records: list[Record], born: date, random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = due_of_person(records, RULES, born), due_of_person(shuffled, RULES, born)
    assert (one and one.day) == (other and other.day)


@given(RECORDS, RECORDS, BIRTHS)
def test_a_record_more_never_closes_sooner(first: list[Record], more: list[Record], born: date) -> None:
    alone, both = due_of_person(first, RULES, born), due_of_person([*first, *more], RULES, born)
    assert alone is None or both is None or both.day >= alone.day


@given(RECORDS, BIRTHS, st.integers(0, 364))
def test_births_of_one_year_are_not_told_apart_by_age(records: list[Record], born: date, days: int) -> None:
    youths = [record for record in records if record.log in ("echanges", "references")] or [
        Record("echanges")
    ]
    other = date(born.year, 1, 1) + timedelta(days=days)
    assert due_of_person(youths, RULES, born) == due_of_person(youths, RULES, other)
