"""The guard on queries: plain readings pass, everything that gets round a rule on DuckDB does not.

Held in this environment and in Superset's own, whose parser is of another version.
"""

import json
import subprocess
from pathlib import Path

import pytest
from bilan_superset.queries import PUBLISHED_TABLES, QueryRefusedError, only_plain_queries, what_is_not_plain
from bundle.datasets import datasets

from bilan.cli.services import superset_bin
from bilan.dashboards.tables import TABLES
from bilan.dashboards.views import views

ROOM = Path(__file__).resolve().parents[3] / "superset_config"

PLAIN = [
    "SELECT code, SUM(value) AS v FROM main.board_figures WHERE code IN ('M02') GROUP BY code ORDER BY v",
    "SELECT DATE_TRUNC('month', known_at), MAX(value) FROM board_figures GROUP BY 1",
    "SELECT * FROM (WITH a AS (SELECT * FROM kpi_catalogue) SELECT name_fr FROM a) AS virtual_table LIMIT 10",
    "SELECT CASE WHEN value IS NULL THEN '—' END FROM board_figures UNION ALL SELECT code FROM kpi_catalogue",
    *(f"SELECT * FROM main.{table}" for table in sorted(PUBLISHED_TABLES)),
]
REFUSED = [
    "PIVOT board_figures ON code USING sum(value)",
    "SELECT * FROM (PIVOT board_figures ON code USING sum(value))",
    "UNPIVOT board_figures ON value INTO NAME n VALUE v",
    "SUMMARIZE board_figures",
    "SELECT * FROM (SUMMARIZE board_figures)",
    "SELECT * FROM board_figures WHERE 1 < ANY (SUMMARIZE board_figures)",
    "DESCRIBE board_figures",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM "/etc/passwd"',
    "SELECT * FROM glob('*')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM main.events",
    "SELECT * FROM autre.main.board_figures",
    "SELECT * FROM query('select 1')",
    "SELECT * FROM query_table(['board_figures'])",
    "SELECT getenv('HOME')",
    "SELECT current_setting('access_mode')",
    "SELECT value FROM board_figures; SELECT 1",
    "COPY board_figures TO '/tmp/x.csv'",
    "ATTACH '/tmp/x.duckdb'",
    "PRAGMA database_list",
    "SET threads = 1",
    "CREATE TABLE t AS SELECT 1",
    "INSTALL httpfs",
    "SELECT (",
    "",
    "SELECT COLUMNS('.*') FROM board_figures",
    "FROM board_figures TABLESAMPLE 10%",
    "SELECT unnest([1])",
]


@pytest.mark.parametrize("sql", PLAIN)
def test_a_plain_reading_passes_unchanged(sql: str) -> None:
    assert only_plain_queries(sql, database=None, security_manager=None) == sql


def test_what_may_be_read_is_what_boards_read_and_nothing_behind_it() -> None:
    read = {dataset.key for dataset in datasets()}
    assert read <= {table.name for table in TABLES} | set(views())
    for behind in ("figures", "companions", "reports", "kpi_values"):
        assert what_is_not_plain(f"SELECT * FROM {behind}") == "table"


@pytest.mark.parametrize("sql", REFUSED)
def test_anything_else_is_refused(sql: str) -> None:
    with pytest.raises(QueryRefusedError, match="n'est pas permise"):
        only_plain_queries(sql)


@pytest.mark.integration
def test_superset_s_own_parser_decides_the_same() -> None:
    script = (
        "import json, sys; from bilan_superset.queries import what_is_not_plain; "
        "print(json.dumps([what_is_not_plain(sql) is None for sql in json.load(sys.stdin)]))"
    )
    ran = subprocess.run(
        [superset_bin() / "python", "-c", script],
        input=json.dumps(PLAIN + REFUSED),
        env={"PYTHONPATH": f"{ROOM}:{ROOM.parent}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == [what_is_not_plain(sql) is None for sql in PLAIN + REFUSED]
