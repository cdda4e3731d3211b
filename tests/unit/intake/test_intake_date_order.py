"""Day first or month first: what the dates of a file prove together, and what is asked instead of guessed."""

from datetime import date

import polars as pl
import pytest

from bilan.contracts import CONTRACTS
from bilan.intake.date_order import QUESTIONS, judge_dates
from bilan.intake.dates import Order, read_dates
from bilan.intake.inputs import ROWS_OF_A_SHEET, Answers, Doubt
from bilan.intake.troubles import ERROR_CELL, stored, trouble

ARRESTS, STATEMENT = CONTRACTS["arrestations"], date(2011, 9, 30)
FACT, BIRTH = "date_arrestation", "suspect_naissance"


def judged(
    facts: list[str | None],
    births: list[str | None] | None = None,
    dates: str | None = None,
    tabs: list[int] | None = None,
) -> Order | Doubt:
    cells = {FACT: facts} if births is None else {FACT: facts, BIRTH: births}
    columns = [pl.DataFrame({name: texts}, schema={name: pl.String}) for name, texts in cells.items()]
    rows = pl.concat(columns, how="horizontal")
    places = pl.Series(tabs or [0] * rows.height, dtype=pl.Int64)
    rows = rows.with_columns(row=pl.int_range(pl.len()) + ROWS_OF_A_SHEET * places)
    return judge_dates(rows, ARRESTS, STATEMENT, Answers(dates=dates))


def read(texts: list[str | None], order: Order = Order.DAY_FIRST) -> list[date | None]:
    return read_dates(pl.Series(texts, dtype=pl.String), order)["day"].to_list()


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [None, trouble(ERROR_CELL), "hier", "32/13/2010"],
        ["12/03/2010", "13/03/2010"],
        ["12/03/2010", "4/5/2010"],
        ["3/3/2010 12:00:00 AM"],
        ["12/03/2010 00:00:00", "25/03/2010 12:00:00 AM"],
        ["2010-03-12", "2010-03-25", "13/03/2010", "14/03/2010"],
        ["2010-03-12", "13/03/2010", "14/03/2010"],
        ["2010-04-03", "2010-11-12", "13/03/2010", "25/03/2010", "25 mars 2010"],
        ["2010-03-12", "2010-03-11", "13/03/2010", "4/03/2010"],
        ["mars 2010", "2010", "40249"],
        ["5/10/2011", "4 mars 2011"],  # one date alone is its row's matter
        ["12/03/2031", "12/14/2031 x"],
    ],
)
def test_the_day_is_first_where_nothing_speaks_for_the_month(facts: list[str | None]) -> None:
    assert judged(facts) is Order.DAY_FIRST


@pytest.mark.parametrize(
    ("facts", "births"),
    [
        (["3/4/2010", "3/25/2010"], None),
        (["3/4/2010"], ["3/25/1990"]),  # all the dates of a file are written one way
        (["13/03/2010", "3/25/2010"], None),
        (["13/03/2010"], ["3/25/1990"]),
        (["3/4/2010 12:00:00 AM", "3/5/2010 12:00:00 AM"], None),
        (["3/4/2010, 1:05 p.m."], None),
        (["5/10/2011", "4/09/2011"], None),  # 5 October is to come, May 10 is not
        (["4/3/2010"], ["3/4/2010"]),  # born a month later, or before
    ],
)
def test_the_month_is_never_first_without_being_asked(
    facts: list[str | None], births: list[str | None] | None
) -> None:
    doubt = judged(facts, births)
    assert isinstance(doubt, Doubt)
    assert doubt.code == "date_order"
    assert "jour d'abord ou mois d'abord ?" in doubt.message
    assert "--dates day-first" in QUESTIONS[doubt.code]
    assert "--dates month-first" in QUESTIONS[doubt.code]


@pytest.mark.parametrize(
    "known",
    [
        ["2010-04-03", "2010-11-12"],
        [stored("2010-04-03 00:00:00"), stored("2010-11-12 00:00:00")],
        ["40271", "40494"],
        ["40271", "40271", "n.d.", "mars 2010"],
        ["40271", "40271", "2010-02"],  # a month proves nothing
    ],
)
def test_a_column_that_a_spreadsheet_half_converted_is_asked_about(known: list[str]) -> None:
    doubt = judged([*known, "13/03/2010", "25/03/2010"])
    assert isinstance(doubt, Doubt)
    assert doubt.code == "half_converted"
    assert "--dates day-first" in QUESTIONS[doubt.code]


def test_a_day_or_a_tab_that_was_put_right_says_nothing_of_the_others() -> None:
    texts = ["13/03/2010", "25/03/2010"]
    exchanged = ["2010-04-03", "2010-11-12", "2010-05-03"]
    assert isinstance(judged([*exchanged, "2010-03-25", *texts]), Doubt)
    assert judged([*exchanged, "2010-03-25", "2010-03-26", *texts]) is Order.DAY_FIRST
    put_right = ["2010-03-25", "2010-03-26", "2010-03-27"]
    tabs = [1] * 5 + [0] * 3
    assert isinstance(judged([*exchanged, *texts, *put_right], tabs=tabs), Doubt)


@pytest.mark.parametrize("answer", Order)
def test_an_answer_holds_for_all_dates_of_the_file(answer: Order) -> None:
    assert judged(["13/03/2010", "3/25/2010"], ["2010-04-03", None], answer.value) is answer


def test_dates_are_read_in_the_order_that_was_found() -> None:
    texts = ["3/4/2010", "13/04/2010", "3/25/2010 12:00:00 AM", "2010-03-04", "4 mars 2010", "03/2010"]
    same = [date(2010, 3, 4), date(2010, 3, 4), date(2010, 3, 1)]
    assert read(list(texts)) == [date(2010, 4, 3), date(2010, 4, 13), None, *same]
    assert read(list(texts), Order.MONTH_FIRST) == [date(2010, 3, 4), None, date(2010, 3, 25), *same]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2010-03-12T02:30:00Z", date(2010, 3, 11)),
        ("2010-03-12T04:59:59.999Z", date(2010, 3, 11)),
        ("2010-03-12T05:00:00Z", date(2010, 3, 12)),
        ("2010-07-12T04:00:00Z", date(2010, 7, 12)),  # summer time
        ("2010-03-11T22:30:00-05:00", date(2010, 3, 11)),
        ("2010-03-11T22:30:00-0800", date(2010, 3, 12)),
        ("2010-03-12 03:00:00+01:00", date(2010, 3, 11)),
        ("2010-03-12T14:30", date(2010, 3, 12)),
        ("12/03/2010 02h30", date(2010, 3, 12)),
        ("2010-03-12 2:30 AM UTC", date(2010, 3, 11)),
        ("2010-03-12 2:30 PM UTC", date(2010, 3, 12)),
    ],
)
def test_a_moment_with_its_zone_is_of_the_day_that_it_was_here(text: str, day: date) -> None:
    assert read([text]) == [day]


def test_what_is_put_to_the_steward_quotes_no_cell() -> None:
    for facts in (["3/25/2011", "13/03/2011"], ["3/4/2011 1:05 PM"], ["5/10/2011", "4/09/2011"]):
        doubt = judged(list(facts))
        assert isinstance(doubt, Doubt)
        assert not any(cell[:9] in doubt.message for cell in facts)
