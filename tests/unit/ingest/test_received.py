"""A statement without news is an event: what it covers is known, without a person and without a zero."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bilan.contracts import STATEMENT_TYPE
from bilan.home import Home
from bilan.ingest import accept_held, held_files, ingest
from bilan.ingest.received import beliefs
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger

pytestmark = pytest.mark.integration

Drop = Callable[..., Path]
ROY, COTE = "Roy;Éric;1990-01-01", "Côté;Ana;1991-02-02"
MARCH, APRIL, MAY = "2010-03-31", "2010-04-30", "2010-05-31"


def arrest(number: int, person: str = ROY) -> str:
    return f"A{number};2010-03-01;{person};autre"


def referral(number: int, day: str) -> str:
    return f"F{number};{day};SPAL;CAVAC;{ROY};;;;;;;"


def received(home: Home) -> list[tuple[str, str, str, date]]:
    """Sender, log, programme and date of each statement that was told."""
    statements = DeltaLedger(home.ledger).events().filter(pl.col("type") == STATEMENT_TYPE)
    assert statements["subject"].null_count() == statements["territory"].null_count() == statements.height
    return list(statements.select("source", "log", "programme", "reporteddate").iter_rows())


def test_a_statement_with_news_tells_its_date_by_itself(home: Home, drop: Drop) -> None:
    drop(f"SPAL/arrestations_{MARCH}.csv", arrest(1))
    ingest(home)
    assert received(home) == []


def test_a_statement_without_news_moves_its_log_s_date(home: Home, drop: Drop) -> None:
    drop(f"SPAL/arrestations_{MARCH}.csv", arrest(1))
    drop(f"SPAL/arrestations_{APRIL}.csv", arrest(1))
    _, without = ingest(home).files
    assert (without.asserted, without.corrected, without.retracted, without.unchanged) == (0, 0, 0, 1)
    assert received(home) == [("SPAL", "arrestations", "MOBILIS", date(2010, 4, 30))]
    assert verify_home(home).findings == []


def test_the_very_same_file_appends_nothing(home: Home, drop: Drop, tmp_path: Path) -> None:
    march = drop(f"SPAL/arrestations_{MARCH}.csv", arrest(1), folder=tmp_path)
    april = drop(f"SPAL/arrestations_{APRIL}.csv", arrest(1), folder=tmp_path)
    first, again = ingest(home, [march, april]), ingest(home, [march, april])
    assert again.ledger_version == first.ledger_version
    assert len(received(home)) == 1


def test_what_follows_does_not_withdraw_it(home: Home, drop: Drop) -> None:
    for day in (MARCH, APRIL, MAY):
        drop(f"SPAL/arrestations_{day}.csv", arrest(1))
    assert [file.retracted for file in ingest(home).files] == [0, 0, 0]
    assert [day for *_, day in received(home)] == [date(2010, 4, 30), date(2010, 5, 31)]


def test_news_of_one_programme_moves_the_date_of_the_other(home: Home, drop: Drop) -> None:
    drop(f"SPAL/references_{MARCH}.csv", referral(1, "2010-03-01"))
    drop("SPAL/references_2017-01-31.csv", referral(1, "2010-03-01"), referral(2, "2017-01-10"))
    ingest(home)
    assert received(home) == [("SPAL", "references", "MOBILIS", date(2017, 1, 31))]


def test_a_statement_of_refused_rows_alone_tells_nothing(home: Home, drop: Drop) -> None:
    drop(f"SPAL/arrestations_{MARCH}.csv", arrest(1))
    drop(f"SPAL/arrestations_{APRIL}.csv", "A1;;x;y;z;autre")
    ingest(home)
    assert received(home) == []


def test_an_empty_statement_that_the_steward_accepts_is_told(home: Home, drop: Drop) -> None:
    drop(f"SPAL/arrestations_{MARCH}.csv")
    ingest(home)
    assert received(home) == []
    accept_held(home, held_files(home)[0].id)
    assert received(home) == [("SPAL", "arrestations", "MOBILIS", date(2010, 3, 31))]


@pytest.mark.parametrize(("log", "place"), [("formations", None), ("arrestations", "Longueuil")])
def test_what_was_told_of_a_log_without_place_is_read_without_place(log: str, place: str | None) -> None:
    history = pl.DataFrame(
        {
            "type": ["pj.training.attended.v1", STATEMENT_TYPE],
            "log": [log] * 2,
            "territory": ["Longueuil", None],
        }
    )
    assert beliefs(history)["territory"].to_list() == [place]
