"""The judge says silent of each silence, and only of those."""

from dataclasses import replace
from random import Random

import pytest

from tests.mutations.clean import Clean
from tests.mutations.draft import CSV, Draft
from tests.mutations.judge import Verdict, careful_facts, judge, leaked, plain_facts
from tests.mutations.reading import Fact, Read, Told
from tests.mutations.running import statements

REFUSAL = Told("bad_date", "« date » n'est pas une date possible.", None, 3, "date_arrestation")
WARNING = Told("read_otherwise", "Lu autrement.", None, None, None)


@pytest.fixture
def clean() -> Clean:
    return next(one for one in statements(5) if one.log == "arrestations")


@pytest.fixture
def draft(clean: Clean) -> Draft:
    return Draft(clean, CSV, Random(1))


@pytest.fixture
def facts(clean: Clean) -> tuple[Fact, ...]:
    told = tuple(fact for fact in plain_facts(clean) if fact is not None)
    assert len(told) == len(clean.rows)
    return told


def got(*facts: Fact, refusals: tuple[Told, ...] = (), warnings: tuple[Told, ...] = ()) -> Read:
    numbered = tuple(enumerate(facts, 2))
    return Read(numbered, len(facts), refusals, warnings, ("Remarques",), kept_out=False)


def moved(fact: Fact) -> Fact:
    return tuple((name, "autre chose" if name == "motif" else value) for name, value in fact)


def verdict(draft: Draft, read: Read) -> Verdict:
    return judge(draft, careful_facts(draft), read)[0]


def test_the_same_rows_in_any_order_are_right(draft: Draft, facts: tuple[Fact, ...]) -> None:
    assert verdict(draft, got(*facts[::-1])) is Verdict.RIGHT


def test_a_row_that_nobody_wrote_is_silent_whatever_is_refused(draft: Draft, facts: tuple[Fact, ...]) -> None:
    assert verdict(draft, got(moved(facts[0]), *facts[1:])) is Verdict.SILENT
    assert verdict(draft, got(moved(facts[0]), *facts[2:], refusals=(REFUSAL,))) is Verdict.SILENT


def test_a_warning_must_name_what_is_wrong(draft: Draft, facts: tuple[Fact, ...]) -> None:
    draft.touched_columns, draft.touched_rows = {"motif"}, {0}
    wrong = moved(facts[0]), *facts[1:]
    elsewhere = replace(WARNING, column="gang"), replace(WARNING, row=9)
    assert verdict(draft, got(*wrong, warnings=elsewhere)) is Verdict.SILENT
    for told in (WARNING, replace(WARNING, column="motif"), replace(WARNING, row=2)):
        assert verdict(draft, got(*wrong, warnings=(told,))) is Verdict.LOUD


def test_each_row_that_is_gone_is_owed_a_refusal(draft: Draft, facts: tuple[Fact, ...]) -> None:
    assert verdict(draft, got(*facts[1:])) is Verdict.SILENT
    assert verdict(draft, got(*facts[1:], refusals=(REFUSAL,))) is Verdict.LOUD
    assert verdict(draft, got(*facts[2:], refusals=(REFUSAL,))) is Verdict.SILENT


def test_a_warning_speaks_for_the_rows_that_were_touched(draft: Draft, facts: tuple[Fact, ...]) -> None:
    assert verdict(draft, got(*facts[1:], warnings=(WARNING,))) is Verdict.SILENT
    draft.touched_rows = {0}
    assert verdict(draft, got(*facts[1:], warnings=(WARNING,))) is Verdict.LOUD


def test_what_nobody_can_know_must_not_be_taken(draft: Draft, facts: tuple[Fact, ...]) -> None:
    draft.lose(draft.lines[0])
    assert verdict(draft, got(*facts)) is Verdict.SILENT
    assert verdict(draft, got(*facts[1:])) is Verdict.SILENT
    assert verdict(draft, got(*facts[1:], refusals=(REFUSAL,))) is Verdict.RIGHT


def test_a_file_kept_out_is_loud(draft: Draft) -> None:
    assert verdict(draft, replace(got(), kept_out=True)) is Verdict.LOUD


def test_what_must_be_told_is_told(draft: Draft, facts: tuple[Fact, ...]) -> None:
    draft.must_tell = True
    assert verdict(draft, got(*facts)) is Verdict.SILENT
    assert verdict(draft, got(*facts, warnings=(WARNING,))) is Verdict.RIGHT


def test_thousands_of_lines_say_nothing(draft: Draft, facts: tuple[Fact, ...]) -> None:
    draft.most_lines = 60
    lines = tuple(replace(REFUSAL, row=row) for row in range(100))
    assert verdict(draft, got(*facts, refusals=lines)) is Verdict.SILENT
    assert verdict(draft, got(*facts, refusals=lines[:50])) is Verdict.RIGHT


def test_what_a_clean_statement_is_told_is_not_news() -> None:
    known = frozenset({(WARNING.code, WARNING.message, WARNING.column)})
    assert got(warnings=(WARNING,)).beyond(known).warnings == ()
    assert got(warnings=(replace(WARNING, column="motif"),)).beyond(known).warnings


def test_a_name_in_a_report_is_a_leak(draft: Draft, facts: tuple[Fact, ...]) -> None:
    name = str(draft.clean.rows[0]["suspect_nom"])
    assert not leaked(draft, got(*facts, refusals=(REFUSAL,)))
    assert leaked(draft, replace(got(*facts), extra_columns=(f"Suivi {name.upper()}",)))
    draft.canaries = ["Wojtkiewicz"]
    assert leaked(draft, got(*facts, warnings=(replace(WARNING, sheet="Wojtkiewicz"),)))
