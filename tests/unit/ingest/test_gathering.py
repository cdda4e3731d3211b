"""What a release is told of statements: outcomes and reasons, and nothing of any cell."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.ingest import accept_held, held_files, ingest, refuse_held
from bilan.ingest.gathering import gather
from bilan.ingest.verification import verify_home

pytestmark = pytest.mark.integration

Drop = Callable[..., Path]
ROY = "Roy;Éric;1990-01-01"
MARCH, APRIL = date(2010, 3, 31), date(2010, 4, 30)


def arrest(number: int, motif: str = "autre", day: str = "2010-03-01") -> str:
    return f"A{number};{day};{ROY};{motif}"


@pytest.fixture
def held(home: Home, drop: Drop) -> str:
    """March is taken, April is empty and held; the number that it waits under."""
    drop("SPAL/arrestations_2010-03-31.csv", arrest(1))
    drop("SPAL/arrestations_2010-04-30.csv")
    ingest(home)
    [waiting] = held_files(home)
    return waiting.id


def statements(home: Home) -> list[tuple[object, ...]]:
    return gather(home).statements.rows()


def test_nothing_is_told_of_a_home_where_nothing_came(home: Home) -> None:
    gathered = gather(home)
    assert (gathered.statements.height, gathered.refusals.height, gathered.verified) == (0, 0, None)


def test_statements_are_told_with_their_outcome(home: Home, drop: Drop, held: str) -> None:
    (home.inbox / "CJM").mkdir()
    (home.inbox / "CJM/echanges_2010-03-31.csv").write_text("une;autre;chose\n1;2;3\n")
    ingest(home)
    assert statements(home) == [
        ("CJM", "echanges", MARCH, "refused"),
        ("SPAL", "arrestations", MARCH, "taken"),
        ("SPAL", "arrestations", APRIL, "held"),
    ]


def test_the_stewards_word_on_a_held_statement_is_its_outcome(home: Home, held: str) -> None:
    refuse_held(home, held)
    assert ("SPAL", "arrestations", APRIL, "refused") in statements(home)


def test_a_held_statement_that_was_accepted_is_taken(home: Home, held: str) -> None:
    accept_held(home, held)
    assert statements(home)[1:] == [("SPAL", "arrestations", APRIL, "taken")]


def test_refusals_are_counted_by_reason_and_heading_without_any_value(home: Home, drop: Drop) -> None:
    rows = [arrest(1), arrest(2, motif="Jean Tremblay"), arrest(3, motif="x"), arrest(4, day="hier")]
    drop("SPAL/arrestations_2010-03-31.csv", *rows)
    ingest(home)
    refusals = gather(home).refusals
    assert refusals.rows() == [
        ("SPAL", "arrestations", MARCH, "bad_date", "date_arrestation", 1),
        ("SPAL", "arrestations", MARCH, "unknown_value", "motif", 2),
    ]
    assert "Tremblay" not in refusals.write_csv()


def test_a_warning_is_told_and_refuses_no_row(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", arrest(1), arrest(2))
    ingest(home)
    drop("SPAL/arrestations_2010-04-30.csv", arrest(1), f";2010-03-01;{ROY};autre")
    ingest(home)
    assert gather(home).refusals.rows() == [
        ("SPAL", "arrestations", APRIL, "missing_value", "no_evenement", 1),
        ("SPAL", "arrestations", APRIL, "withdrawals_wait", "", 0),
    ]


def test_a_verification_is_told_with_its_date(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", arrest(1))
    ingest(home)
    verified = gather(home, verify_home(home), now=datetime(2010, 5, 1, tzinfo=UTC)).verified
    assert verified is not None
    assert (verified.on, verified.events, verified.sound) == (date(2010, 5, 1), 1, True)
