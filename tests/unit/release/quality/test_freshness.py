"""Who owes what for which month: a state for each case, and what is awaited."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.reception import ALLOWED_DAYS, HELD, REFUSED, STATEMENTS, TAKEN
from bilan.release.candidate.quality.freshness import Sent, reports
from bilan.release.candidate.quality.wording import log_names
from bilan.release.publication.shown.state import awaited_in_words

BEGAN, KNOWN_AT = date(2010, 1, 1), date(2010, 6, 30)
Statement = tuple[str, str, date, str]


def sent(*begun: tuple[str, str], valid_to: date | None = None) -> Sent:
    return Sent(
        organisations=pl.DataFrame(
            [
                ("SPAL", "Police", "MOBILIS", None, None),
                ("CJM", "Centres", "MOBILIS", None, valid_to),
                ("VILLE", "Ville", "Pj", None, None),
            ],
            schema={
                "code": pl.String,
                "name": pl.String,
                "programmes": pl.String,
                "valid_from": pl.Date,
                "valid_to": pl.Date,
            },
            orient="row",
        ),
        programmes=pl.DataFrame({"programme": ["MOBILIS"], "starts_on": [BEGAN]}),
        years=pl.DataFrame(schema={"programme": pl.String, "ends_on": pl.Date}),
        events=pl.DataFrame(
            [("MOBILIS", sender, log) for sender, log in begun],
            schema={"programme": pl.String, "sender": pl.String, "log": pl.String},
            orient="row",
        ),
        horizons=pl.DataFrame(),
    )


def states(
    sender: str, log: str, *statements: Statement, of: Sent | None = None, **horizon: date
) -> list[str]:
    """The state of each month from January, in order."""
    told = {"known_at": KNOWN_AT, "last_day": KNOWN_AT, **horizon}
    horizons = pl.DataFrame([{"programme": "MOBILIS", **told}])
    taken = pl.DataFrame(list(statements), schema=STATEMENTS, orient="row")
    grid = reports(of or sent((sender, log)), taken, horizons).filter(sender=sender, log=log)
    return grid.sort("month")["state"].to_list()


def statement(day: date, outcome: str = TAKEN, sender: str = "CJM", log: str = "echanges") -> Statement:
    return sender, log, day, outcome


def test_a_month_is_received_within_the_days_allowed_and_late_beyond() -> None:
    assert ALLOWED_DAYS == 45
    told = states("CJM", "echanges", statement(date(2010, 3, 17)))  # 45 days after January's last
    assert told[:2] == ["received", "received"]
    told = states("CJM", "echanges", statement(date(2010, 3, 18)))
    assert told[:2] == ["received_late", "received"]


def test_a_statement_tells_of_the_months_that_are_over_at_its_date() -> None:
    assert states("CJM", "echanges", statement(date(2010, 3, 30)))[1:3] == ["received", "late"]
    assert states("CJM", "echanges", statement(date(2010, 3, 31)))[1:3] == ["received", "received"]


def test_a_month_that_nobody_told_of_is_late_once_the_days_allowed_are_over() -> None:
    """On 30 June, 45 days after 30 April are over, 45 days after 31 May are not."""
    assert states("CJM", "echanges") == ["late"] * 4 + ["not_due"] * 2


@pytest.mark.parametrize("outcome", [REFUSED, HELD])
def test_a_month_whose_only_statements_were_not_taken_says_so(outcome: str) -> None:
    told = states("CJM", "echanges", statement(date(2010, 2, 28)), statement(date(2010, 4, 30), outcome))
    assert told == ["received", "received", outcome, outcome, "not_due", "not_due"]


def test_a_statement_taken_later_makes_up_for_one_that_was_refused() -> None:
    told = states("CJM", "echanges", statement(date(2010, 2, 28), REFUSED), statement(date(2010, 3, 31)))
    assert told[:3] == ["received_late", "received", "received"]


def test_nothing_is_due_of_a_log_that_one_never_sent_nor_must() -> None:
    assert set(states("CJM", "references", of=sent())) == {"not_due"}
    assert "late" in states("CJM", "references", of=sent(("CJM", "references")))
    assert states("VILLE", "references", of=sent()) == []  # of another programme


def test_the_one_sender_that_a_contract_names_owes_its_log() -> None:
    assert "late" in states("SPAL", "arrestations", of=sent())


def test_of_several_that_a_contract_names_those_who_began_owe_it() -> None:
    assert "late" in states("CJM", "echanges", of=sent())
    assert set(states("CJM", "echanges", of=sent(("SPAL", "echanges")))) == {"not_due"}


def test_nothing_is_due_after_an_organisation_was_replaced() -> None:
    told = states("CJM", "echanges", of=sent(("CJM", "echanges"), valid_to=date(2010, 2, 28)))
    assert told == ["late", "late", *["not_due"] * 4]


def test_nothing_is_due_after_the_years_that_the_calendar_names() -> None:
    ended = sent(("CJM", "echanges"))
    years = pl.DataFrame({"programme": ["MOBILIS"], "ends_on": [date(2010, 2, 28)]})
    told = states("CJM", "echanges", of=replace(ended, years=years))
    assert told == ["late", "late"]


def grid(*rows: tuple[str, str, int, str]) -> pl.DataFrame:
    told: list[dict[str, Any]] = [
        {"sender": sender, "log": log, "month": date(2010, month, 1), "state": state}
        | dict(zip(("log_fr", "log_en"), log_names(log), strict=True))
        | {"month_fr": f"le mois {month}", "month_en": f"month {month}"}
        for sender, log, month, state in rows
    ]
    return pl.DataFrame(told)


def test_what_is_awaited_is_told_by_log_with_its_senders() -> None:
    told = grid(
        ("SPAL", "effectifs", 1, "received"),
        ("SPAL", "effectifs", 2, "late"),
        ("CJM", "effectifs", 2, "refused"),
        ("CAVAC", "references", 2, "held"),
        ("CAVAC", "references", 3, "not_due"),
        ("SPAL", "arrestations", 1, "late"),
        ("SPAL", "arrestations", 2, "received_late"),
        ("SPAL", "operations", 1, "late"),
        ("SPAL", "operations", 2, "late"),
    )
    assert awaited_in_words(told) == (
        "depuis le mois 1 : opérations (SPAL) ; "
        "depuis le mois 2 : effectifs (CJM, SPAL) ; références (CAVAC)",
        "since month 1: operations (SPAL); since month 2: staff (CJM, SPAL); referrals (CAVAC)",
    )
    assert awaited_in_words(told.filter(log="arrestations")) == (None, None)


def test_what_is_awaited_stays_short() -> None:
    logs = (
        "accusations",
        "arrestations",
        "echanges",
        "effectifs",
        "financements",
        "formations",
        "hebergements",
    )
    french, english = awaited_in_words(grid(*(("CISSS-ME", log, 1, "late") for log in logs)))
    assert french is not None and english is not None
    assert french.endswith("et 3 autres journaux"), french
    assert len(french.removesuffix(" et 3 autres journaux")) <= 160
    assert " other log" in english
