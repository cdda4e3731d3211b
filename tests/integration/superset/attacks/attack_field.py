"""The field of the attacks: planted rows, who attacks, and what Superset holds to be attacked.

Everything is found through the steward's API, nothing is known by name: the suite follows the boards.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import httpx

from tests.integration.superset.superset_pages import RunningSuperset

# The server closes a connection that is idle for two seconds.
BRIEF = httpx.Limits(keepalive_expiry=1.0)
STRANGER, MINISTRY, SPAL, CJM, NO_FILE, STEWARD = (
    "stranger", "ministere", "direction-spal", "direction-cjm", "direction-kekpart", "intendance",
)  # fmt: skip
ROLES = (STRANGER, MINISTRY, SPAL, CJM, NO_FILE, STEWARD)
CANARY = re.compile(r"CANARI-([A-Z]+)-(\d+)")
# Columns that say whose a row is, and columns that people read in it.
WHOSE = ("partner", "sender", "organisation")
READ = ("partner", "sender", "organisation", "organisation_name", "sender_name", "figure_fr", "n_fr")
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|id="csrf_token"[^>]*value="([^"]+)"')


def plant(published: Path, source: int, number: int) -> None:
    """Copy a build, and mark each partner's rows, in its own file, with its canary; Kekpart has no file."""
    shutil.copytree(published / str(source), published / str(number))
    (published / str(number) / "partners/KEKPART.duckdb").unlink(missing_ok=True)
    for path in (published / str(number) / "partners").glob("*.duckdb"):
        with duckdb.connect(str(path)) as connection:
            for table, columns in _columns(connection).items():
                _mark(connection, table, columns, path.stem, f"CANARI-{path.stem}-{number}")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    tables = "SELECT table_name FROM duckdb_tables()"  # views show what is planted behind them
    query = f"SELECT table_name, column_name FROM duckdb_columns() WHERE table_name IN ({tables})"
    for table, column in connection.execute(query).fetchall():
        found.setdefault(table, []).append(column)
    return found


def _mark(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], partner: str, canary: str
) -> None:
    whose = next((column for column in WHOSE if column in columns), None)
    marked = [column for column in READ if column in columns]
    if whose is not None:
        changes = ", ".join(f"{column} = '{canary}'" for column in marked)
        connection.execute(f"UPDATE {table} SET {changes} WHERE {whose} = '{partner}'")


def canaries(answer: httpx.Response) -> set[str]:
    """The partners whose rows are in an answer, workbooks and archives opened."""
    return {partner for partner, _ in marks(answer)}


def marks(answer: httpx.Response) -> set[tuple[str, int]]:
    """The partners and builds whose rows are in an answer."""
    return {(partner, int(build)) for partner, build in CANARY.findall(readable(answer))}


def readable(answer: httpx.Response) -> str:
    """All the text of an answer, its headers too."""
    content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace") + str(answer.headers)


@dataclass
class Field:
    """Superset, a browser-like client per role, and what there is to attack."""

    superset: RunningSuperset
    clients: dict[str, httpx.Client] = field(default_factory=dict)
    boards: dict[str, int] = field(default_factory=dict)
    charts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    database: int = 0

    def client(self, role: str) -> httpx.Client:
        """The role's own client, logged in once through the login form."""
        if role not in self.clients:
            self.clients[role] = new_client(self.superset, None if role == STRANGER else role)
        return self.clients[role]

    def look_around(self) -> None:
        """Find boards, charts and the database, as the steward."""
        steward = self.client(STEWARD)
        for board in steward.get("/api/v1/dashboard/?q=(page_size:100)").json()["result"]:
            self.boards[board["slug"]] = board["id"]
            charts = steward.get(f"/api/v1/dashboard/{board['id']}/charts").json()["result"]
            self.charts[board["slug"]] = [
                {**chart["form_data"], "slice_id": chart["id"], "dashboardId": board["id"]}
                for chart in charts
            ]
        self.database = steward.get("/api/v1/database/").json()["result"][0]["id"]

    def raw_charts(self, slug: str) -> list[dict[str, Any]]:
        """The charts of a board that list rows: tables and written parts."""
        return [chart for chart in self.charts[slug] if chart.get("query_mode") == "raw"]

    def target(self) -> dict[str, Any]:
        """The chart that is attacked: the one with most columns, on a board that all readers open."""
        charts = self.raw_charts("bilan-mobilis")
        return max(charts, key=lambda chart: len(chart["all_columns"]))


def new_client(superset: RunningSuperset, user: str | None) -> httpx.Client:
    """A client with a session of its own, through the login form; a stranger's for None."""
    headers = {"Referer": superset.address}
    client = httpx.Client(base_url=superset.address, timeout=120, headers=headers, limits=BRIEF)
    if user is not None:
        answer = log_in(client, user, superset.passwords[user])
        assert answer.status_code == 302, answer.status_code
        assert not answer.headers["location"].startswith("/login"), answer.headers["location"]
        client.headers["X-CSRFToken"] = client.get("/api/v1/security/csrf_token/").json()["result"]
    return client


def log_in(client: httpx.Client, user: str, password: str, following: str = "") -> httpx.Response:
    """Send the login form as its page does."""
    path = "/login/" + (f"?next={following}" if following else "")
    found = CSRF.search(client.get(path).text)
    token = next(group for group in found.groups() if group) if found else ""
    form = {"username": user, "password": password, "csrf_token": token}
    return client.post(path, data=form)


def dataset_of(chart: dict[str, Any]) -> int:
    """The number of a chart's dataset."""
    return int(str(chart["datasource"]).partition("__")[0])


def own_query(chart: dict[str, Any]) -> dict[str, Any]:
    """The query of a chart that lists rows, as its page asks it before any filter."""
    return {
        "columns": list(chart["all_columns"]),
        "filters": [
            {"col": one["subject"], "op": one["operator"], "val": one.get("comparator")}
            for one in chart.get("adhoc_filters", [])
        ],
        "extras": {"having": "", "where": ""},
        "row_limit": chart.get("row_limit", 100),
        "orderby": [],
        "annotation_layers": [],
        "post_processing": [],
    }


def context_of(chart: dict[str, Any], *queries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The body of a chart's request, changed in something."""
    return {
        "datasource": {"id": dataset_of(chart), "type": "table"},
        "queries": list(queries) or [own_query(chart)],
        "form_data": {"slice_id": chart["slice_id"], "dashboardId": chart["dashboardId"]},
        "result_format": "json",
        "result_type": "full",
        **changes,
    }


def ask(client: httpx.Client, body: dict[str, Any]) -> httpx.Response:
    """Ask for figures."""
    return client.post("/api/v1/chart/data", json=body)


Send = Callable[[Field, httpx.Client], httpx.Response]
