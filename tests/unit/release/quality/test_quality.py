"""What a release tells of refusals, revisions, logs and checks."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.dashboards.tables import KPI_VALUES
from bilan.ingest.barred import ERASED, WITHDRAWN
from bilan.ingest.natural_keys import WAITING
from bilan.intake.advice import WARNINGS as SAID
from bilan.intake.messages import CODES
from bilan.reception import REFUSALS, STATEMENTS, TAKEN, Reception, Verified
from bilan.release.candidate.checks import Check
from bilan.release.candidate.quality.freshness import Sent
from bilan.release.candidate.quality.making import checks_in_words, judged, ledger_check, quality_of
from bilan.release.candidate.quality.tables import Quality
from bilan.release.candidate.quality.wording import REASONS, WARNINGS
from bilan.release.schema import schema_of

KNOWN_AT = date(2011, 9, 30)
SENT = Sent(
    organisations=pl.DataFrame(
        [("SPAL", "Police", "MOBILIS", None, None)],
        schema={
            "code": pl.String,
            "name": pl.String,
            "programmes": pl.String,
            "valid_from": pl.Date,
            "valid_to": pl.Date,
        },
        orient="row",
    ),
    programmes=pl.DataFrame({"programme": ["MOBILIS"], "starts_on": [date(2011, 1, 1)]}),
    years=pl.DataFrame(schema={"programme": pl.String, "ends_on": pl.Date}),
    events=pl.DataFrame(
        [
            ("MOBILIS", "SPAL", "arrestations", date(2011, 3, 1), "assert", 12),
            ("MOBILIS", "SPAL", "arrestations", date(2011, 3, 1), "correct", 2),
            ("Pj", "SPAL", "arrestations", date(2011, 3, 1), "assert", 1),
            ("MOBILIS", "SPAL", "arrestations", date(2011, 4, 1), "retract", 3),
            ("MOBILIS", "BILAN", "identity", date(2011, 4, 1), "assert", 9),
        ],
        schema=["programme", "sender", "log", "month", "action", "events"],
        orient="row",
    ),
    horizons=pl.DataFrame(
        [("SPAL", "arrestations", KNOWN_AT), ("SPAL", "accusations", KNOWN_AT)],
        schema=["sender", "log", "told_to"],
        orient="row",
    ),
)
CATALOGUE = pl.DataFrame(
    [
        ("M02", "Arrestations", "Arrests", "arrestations", "public"),
        ("M07", "Part", "Rate", "arrestations, accusations", "public"),
        ("V01", "Refus", "Refusals", "arrestations", "steward"),
    ],
    schema=["code", "name_fr", "name_en", "logs", "disclosure"],
    orient="row",
)


def quality(*refusals: tuple[Any, ...], newest: date = KNOWN_AT) -> Quality:
    total = {
        **dict.fromkeys(KPI_VALUES.columns),
        "programme": "MOBILIS",
        "period_kind": "total",
        "period_end": KNOWN_AT,
        "known_at": KNOWN_AT,
    }
    reception = Reception(
        statements=pl.DataFrame([("SPAL", "arrestations", newest, TAKEN)], schema=STATEMENTS, orient="row"),
        refusals=pl.DataFrame(list(refusals), schema=REFUSALS, orient="row"),
    )
    return quality_of(SENT, reception, pl.DataFrame([total], schema=schema_of(KPI_VALUES)), CATALOGUE)


def refusal(
    day: date = KNOWN_AT, code: str = "bad_date", heading: str = "date_arrestation"
) -> tuple[Any, ...]:
    return "SPAL", "arrestations", day, code, heading, 3


def test_every_reason_to_refuse_has_words() -> None:
    assert {*CODES, ERASED, WITHDRAWN} <= REASONS.keys()


def test_every_warning_has_words() -> None:
    assert WARNINGS.keys() == {*SAID, WAITING}
    assert not WARNINGS.keys() & REASONS.keys()


def test_a_warning_is_told_as_one_and_refuses_no_row() -> None:
    [row] = quality((*refusal(code="hidden_rows", heading="")[:-1], 0)).refusals.to_dicts()
    assert (row["reason_fr"], row["reason_en"]) == (
        "avis : des lignes masquées sont lues",
        "notice: hidden rows are read",
    )
    assert row["rows"] == 0


def test_a_refusal_is_told_in_words() -> None:
    [row] = quality(refusal()).refusals.to_dicts()
    assert (row["sender_name"], row["log_en"], row["rows"]) == ("Police", "Arrests", 3)
    assert (row["reason_fr"], row["reason_en"]) == REASONS["bad_date"]
    assert (row["heading"], row["is_open"]) == ("date_arrestation", True)


def test_a_heading_that_is_no_contracts_own_is_not_told() -> None:
    [row] = quality(refusal(heading="Jean Tremblay")).refusals.to_dicts()
    assert row["heading"] == ""


def test_a_refusal_is_open_until_a_newer_statement_is_taken() -> None:
    [row] = quality(refusal(date(2011, 8, 31))).refusals.to_dicts()
    assert row["is_open"] is False


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (KNOWN_AT, "moins d'un mois"),
        (date(2011, 8, 31), "moins d'un mois"),
        (date(2011, 8, 30), "de 1 à 3 mois"),
        (date(2011, 6, 30), "de 1 à 3 mois"),
        (date(2011, 6, 29), "plus de 3 mois"),
    ],
)
def test_a_refusal_has_an_age_when_the_release_was_known(day: date, age: str) -> None:
    [row] = quality(refusal(day)).refusals.to_dicts()
    assert row["age_fr"] == age


def test_revisions_count_events_by_month_of_report_and_none_of_bilans_own() -> None:
    told = quality().revisions.select("sender", "month_en", "asserted", "corrected", "retracted")
    assert told.rows() == [("SPAL", "March 2011", 13, 2, 0), ("SPAL", "April 2011", 0, 0, 3)]


def test_a_log_tells_the_public_indicators_that_are_read_from_it() -> None:
    [row] = quality().transmitted.to_dicts()
    assert (row["seen_fr"], row["seen_en"]) == ("Arrestations, Part", "Arrests, Rate")
    assert row["last_statement"] == KNOWN_AT


def test_a_statement_that_told_nothing_is_not_called_received() -> None:
    """It was taken, and none of its rows could be read: the ledger's last word is older."""
    told = quality(newest=date(2011, 10, 15))
    assert set(told.reports.filter(log="arrestations")["state"]) == {"refused"}
    assert told.transmitted.is_empty()
    assert "refused" not in set(quality().reports.filter(log="arrestations")["state"])


def test_checks_are_told_as_they_were_last_judged() -> None:
    came = Reception(verified=Verified(KNOWN_AT, events=1234, findings=2))
    checks = [Check("no_small_count", passed=True), *ledger_check(came)]
    frozen = checks_in_words(checks, came, KNOWN_AT)
    assert frozen.select("name", "passed", "result_en").rows() == [
        ("no_small_count", True, "satisfied"),
        ("ledger_is_sound", False, "1,234 events recomputed, findings: 2"),
    ]
    later = date(2011, 10, 5)
    told = judged(frozen, [("no_small_count", True), ("ledger_is_sound", True)], later)
    assert told.select("name", "passed", "result_fr", "at").rows() == [
        ("no_small_count", True, "satisfait", KNOWN_AT),
        ("ledger_is_sound", True, "satisfait", later),
    ]
