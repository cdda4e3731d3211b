"""What each account can't do: other partners' files, SQL, and what gets round a rule on DuckDB."""

import json
import re
from collections.abc import Callable
from typing import Any

import duckdb
import httpx
import pytest

from tests.integration.superset.published_sample import switch_to, write_build
from tests.integration.superset.superset_pages import RunningSuperset, api_client

pytestmark = pytest.mark.integration
READERS = ("direction-spal", "ministere")


@pytest.fixture(scope="session")
def client(superset: RunningSuperset) -> Callable[[str], httpx.Client]:
    """An HTTP client per user, logged in."""
    made: dict[str, httpx.Client] = {}

    def of(user: str) -> httpx.Client:
        if user not in made:
            made[user] = api_client(superset, user)
        return made[user]

    return of


Client = Callable[[str], httpx.Client]


@pytest.fixture(scope="session")
def dataset(client: Client) -> int:
    """The number that Superset gave the dataset of figures."""
    found = client("intendance").get("/api/v1/dataset/").json()["result"]
    number: int = next(row["id"] for row in found if row["table_name"] == "chiffres")
    return number


def ask(client: httpx.Client, dataset: int, **query: Any) -> httpx.Response:
    """Ask for figures as a chart does."""
    query = {"columns": ["code", "organisation", "chiffre"], "metrics": [], "row_limit": 1000, **query}
    return client.post(
        "/api/v1/chart/data",
        json={
            "datasource": {"id": dataset, "type": "table"},
            "queries": [query],
            "result_format": "json",
            "result_type": "full",
        },
    )


def rows(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text[:300]
    found: list[dict[str, Any]] = answer.json()["result"][0]["data"]
    return found


@pytest.mark.parametrize(
    ("user", "own"),
    [("direction-spal", "SPAL"), ("direction-cjm", "CJM"), ("ministere", None), ("intendance", None)],
)
def test_each_account_reads_its_own_file(client: Client, dataset: int, user: str, own: str | None) -> None:
    organisations = {row["organisation"] for row in rows(ask(client(user), dataset))}
    expected = {"Ensemble des organisations"} | ({f"Votre organisation ({own})"} if own else set())
    assert organisations == expected


def test_two_directors_in_turn_never_get_each_other_s_answer(client: Client, dataset: int) -> None:
    query = {"columns": ["organisation"], "filters": [{"col": "niveau", "op": "==", "val": "organisation"}]}
    for _ in range(3):
        for code in ("SPAL", "CJM"):
            answer = rows(ask(client(f"direction-{code.lower()}"), dataset, **query))
            assert {row["organisation"] for row in answer} == {f"Votre organisation ({code})"}


def test_a_partner_without_a_file_opens_nothing_and_no_path_is_told(
    client: Client, dataset: int, superset: RunningSuperset
) -> None:
    answer = ask(client("direction-kekpart"), dataset)
    assert answer.status_code == 403
    assert "Aucune donnée" in answer.json()["errors"][0]["message"]
    assert str(superset.home.root) not in answer.text


TRICKS = [
    "1 < ANY (SUMMARIZE kpi_values)",
    "1 IN (SELECT count(*) FROM read_csv('/etc/passwd'))",
    "1 IN (SELECT count(*) FROM read_text('/etc/passwd'))",
    "1 IN (SELECT count(*) FROM (PIVOT kpi_values ON code USING sum(value)))",
    "1 IN (SELECT count(*) FROM duckdb_settings())",
    "1 IN (SELECT count(*) FROM '/etc/passwd')",
    "getenv('HOME') <> ''",
    "1=1) ; COPY kpi_values TO '/tmp/bilan-fuite.csv' --",
]


@pytest.mark.parametrize("user", READERS)
@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_in_a_chart_s_extras_are_refused(client: Client, dataset: int, user: str, trick: str) -> None:
    answer = ask(client(user), dataset, extras={"where": trick})
    assert answer.status_code >= 400
    assert "root:" not in answer.text


def test_tricks_in_an_ad_hoc_column_are_refused(client: Client, dataset: int) -> None:
    column = {
        "label": "x",
        "sqlExpression": "(SELECT content FROM read_text('/etc/passwd'))",
        "expressionType": "SQL",
    }
    answer = ask(client("direction-spal"), dataset, columns=[column])
    assert answer.status_code >= 400
    assert "root:" not in answer.text


@pytest.mark.parametrize("user", READERS)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sqllab/"),
        ("POST", "/api/v1/sqllab/execute/"),
        ("GET", "/api/v1/sqllab/"),
        ("GET", "/api/v1/database/"),
        ("GET", "/api/v1/database/1/schemas/"),
        ("POST", "/api/v1/database/"),
        ("GET", "/api/v1/query/"),
        ("GET", "/api/v1/saved_query/"),
        ("POST", "/api/v1/dataset/"),
        ("DELETE", "/api/v1/dashboard/1"),
        ("PUT", "/api/v1/chart/1"),
        ("GET", "/api/v1/log/"),
        ("GET", "/api/v1/security/users/"),
        ("GET", "/api/v1/security/roles/"),
        ("GET", "/api/v1/assets/export/"),
        ("GET", "/api/v1/dataset/export/?q=!(1)"),
        ("GET", "/api/v1/rowlevelsecurity/"),
        ("POST", "/api/v1/security/guest_token/"),
    ],
)
def test_readers_have_no_sql_and_no_administration(client: Client, user: str, method: str, path: str) -> None:
    answer = client(user).request(method, path, json={} if method != "GET" else None)
    assert answer.status_code in {302, 401, 403, 404, 405}, answer.text[:200]


def test_the_steward_too_only_reads(client: Client) -> None:
    """Even where an administrator may open SQL Lab, the guard and the locked file stand behind it."""
    databases = client("intendance").get("/api/v1/database/").json()["result"]
    answer = client("intendance").post(
        "/api/v1/sqllab/execute/",
        json={"database_id": databases[0]["id"], "sql": "SELECT * FROM read_text('/etc/passwd')"},
    )
    assert answer.status_code >= 400
    assert "root:" not in answer.text


def test_a_new_build_is_read_at_the_next_question(
    client: Client, dataset: int, superset: RunningSuperset
) -> None:
    where = [
        {"col": "code", "op": "==", "val": "M02"},
        {"col": "periode", "op": "==", "val": "Phase 1"},
        {"col": "niveau", "op": "==", "val": "ensemble"},
        {"col": "territoire", "op": "==", "val": "Tous les territoires"},
    ]

    def arrests(user: str) -> list[str]:
        return [
            row["chiffre"] for row in rows(ask(client(user), dataset, columns=["chiffre"], filters=where))
        ]

    write_build(superset.home.root, 2, arrests=95)
    try:
        assert [arrests("ministere"), arrests("direction-spal")] == [["95"], ["95"]]
        for number, expected in ((1, "90"), (2, "95"), (1, "90")):
            switch_to(superset.home.root, number)
            assert [arrests("ministere"), arrests("direction-spal")] == [[expected], [expected]]
    finally:
        switch_to(superset.home.root, 1)


def test_a_stranger_is_sent_to_the_login(superset: RunningSuperset) -> None:
    for path in ("/", "/superset/dashboard/bilan-mobilis/", "/chart/list/"):
        answer = httpx.get(superset.address + path, timeout=60)
        assert answer.status_code == 302
        assert "/login" in answer.headers["location"]
    assert httpx.get(f"{superset.address}/api/v1/chart/data", timeout=60).status_code in {401, 405}
    assert httpx.get(f"{superset.address}/superset/language_pack/fr/", timeout=60).json()["locale_data"]


REACHING_OUT = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SET threads = 1",
    "ATTACH '/tmp/x.duckdb'",
    "COPY kpi_values TO '/tmp/x.csv'",
    "CREATE TABLE t AS SELECT 1",
)


def test_a_file_as_superset_opens_it_is_locked(superset: RunningSuperset) -> None:
    """The second wall, without the guard in front: DuckDB itself refuses files and settings."""
    from bilan_superset.connections import LOCKED  # noqa: PLC0415  # found once conftest has set the path

    path = superset.home.published / "current/public.duckdb"
    config: dict[str, Any] = dict(LOCKED)
    with duckdb.connect(str(path), read_only=True, config=config) as connection:
        for sql in REACHING_OUT:
            with pytest.raises(duckdb.Error):
                connection.execute(sql)


def test_what_the_bootstrap_leaves_is_private(superset: RunningSuperset) -> None:
    for path in superset.home.superset.glob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path.name
    made = json.loads((superset.home.superset / "passwords.json").read_text())
    assert len(set(made.values())) == len(made)
    assert all(re.fullmatch(r"[\w-]{16}", password) for password in made.values())
