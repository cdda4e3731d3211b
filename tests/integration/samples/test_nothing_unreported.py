"""An outside reader, with a published file alone: does any figure tell what nobody has told?

The file lists which logs an indicator reads and when each sender's last statement was. A zero of a period
that begins after the last statement of one of those logs is a statement that nobody made.
"""

from pathlib import Path

import duckdb
import pytest

from bilan.home import Home
from bilan.release.publication.publish import CURRENT

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3600)]

UNTOLD_ZEROS = """
SELECT DISTINCT f.release, f.programme, f.code, f.period_kind, f.period_start
FROM main.figures AS f
INNER JOIN main.kpi_catalogue AS c ON f.code = c.code
INNER JOIN main.transmitted AS t ON list_contains(string_split(c.logs, ', '), t.log)
WHERE f.value = 0 AND f.period_start > (
    SELECT max(last_statement) FROM main.transmitted AS told WHERE told.log = t.log
)
"""
UNTOLD_RUNNING = """
SELECT DISTINCT code, period_start FROM main.figures
WHERE running IS NOT NULL AND (status = 'not_yet_reported' OR covered_to < period_start AND value = 0)
"""
NO_PLACE = "'formations', 'sous_comite', 'concertation', 'financements', 'rayonnement'"
TOLD_OF_A_TOWN = f"""
SELECT DISTINCT f.code, f.territory
FROM main.figures AS f INNER JOIN main.kpi_catalogue AS c ON f.code = c.code
WHERE f.territory IS NOT NULL AND c.logs <> ''
AND list_has_all([{NO_PLACE}], string_split(c.logs, ', '))
"""


@pytest.fixture(scope="module")
def published(everything: Home) -> Path:
    """The steward's file, which holds what everybody reads and who sent what."""
    return everything.published / CURRENT / "steward.duckdb"


def asked(file: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(file, read_only=True) as reader:
        return reader.execute(query).fetchall()


def test_no_zero_is_told_of_a_period_that_no_statement_reaches(published: Path) -> None:
    assert asked(published, UNTOLD_ZEROS) == []


def test_what_no_statement_reaches_is_said_to_be_awaited(published: Path) -> None:
    [(awaited,)] = asked(
        published,
        "SELECT count(*) FROM main.figures WHERE code = 'M02' AND period_start > '2011-09-30' "
        "AND status = 'not_yet_reported'",
    )
    assert awaited


def test_no_running_total_goes_beyond_what_is_told(published: Path) -> None:
    assert asked(published, UNTOLD_RUNNING) == []


def test_no_town_is_told_anything_by_logs_that_name_no_place(published: Path) -> None:
    assert asked(published, TOLD_OF_A_TOWN) == []


def test_months_without_a_statement_are_not_months_without_money(published: Path) -> None:
    """Of MOBILIS's months, those after the last statement are in no denominator."""
    [(months,)] = asked(
        published,
        "SELECT count(*) FROM main.figures WHERE code = 'P14.funded_share' "
        "AND programme = 'MOBILIS' AND period_kind = 'total' AND level = 'all' AND denominator > 37",
    )
    assert not months
