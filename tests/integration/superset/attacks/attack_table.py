"""The attacks, and what each role gets: the specification, one line an attack.

Columns of expectations: stranger, ministry, director of SPAL, of CJM, of a partner without a file,
steward. `x` refused; `e` an error that tells nothing; `o` answered with one's own rows and public ones;
`-` not an attack on that role.
"""

from dataclasses import dataclass
from json import dumps
from typing import Any

import httpx

from tests.integration.superset.attacks.attack_addresses import ADDRESSES
from tests.integration.superset.attacks.attack_field import (
    Field,
    Send,
    ask,
    context_of,
    dataset_of,
    own_query,
)


@dataclass(frozen=True)
class Attack:
    """A name, what is sent, and six expectations, in the order of `attack_field.ROLES`."""

    name: str
    send: Send
    expected: str


NOBODY = "x x x x x x"
STEWARD_ONLY = "x x x x x -"  # the steward may: it is no attack


def chart(**changes: Any) -> Send:
    """The attacked chart's own query, changed."""
    return lambda field, client: ask(
        client, context_of(field.target(), {**own_query(field.target()), **changes})
    )


def context(**changes: Any) -> Send:
    """The attacked chart's own question, changed around its query."""
    return lambda field, client: ask(client, context_of(field.target(), **changes))


def filtered(**filter_: Any) -> Send:
    """The attacked chart's own query with a filter more."""

    def send(field: Field, client: httpx.Client) -> httpx.Response:
        query = own_query(field.target())
        query["filters"].append(filter_)
        return ask(client, context_of(field.target(), query))

    return send


def call(method: str, path: str, body: Any = None, **form: Any) -> Send:
    """A call of any address, with the attacked ones' numbers in it (see `attack_addresses`)."""

    def send(field: Field, client: httpx.Client) -> httpx.Response:
        target = field.target()
        place = path.format(
            board=target["dashboardId"], chart=target["slice_id"], dataset=dataset_of(target),
            database=field.database,
        )  # fmt: skip
        json = body if body is not None else ({} if method != "GET" and not form else None)
        return client.request(method, place, json=json, data=form or None)

    return send


def formed(**changes: Any) -> Send:
    """The attacked chart's own question, with another form around it (None: without that part)."""

    def send(field: Field, client: httpx.Client) -> httpx.Response:
        body = context_of(field.target())
        form = {**body["form_data"], **changes}
        body["form_data"] = {name: value for name, value in form.items() if value is not None}
        return ask(client, body)

    return send


def by_form(field: Field, client: httpx.Client) -> httpx.Response:
    """The export of a chart, as the page's menu asks for it: a form that holds the question."""
    body = context_of(field.target(), result_format="csv")
    return client.post("/api/v1/chart/data", data={"form_data": dumps(body)})


def sql_lab(field: Field, client: httpx.Client) -> httpx.Response:
    """SQL of one's own, on the published files."""
    body = {"database_id": field.database, "sql": f"SELECT * FROM {THEFT} AS stolen"}
    return client.post("/api/v1/sqllab/execute/", json=body)


def sql_column(sql: str) -> list[Any]:
    return [{"label": "x", "sqlExpression": sql, "expressionType": "SQL"}]


def sql_metric(sql: str) -> list[Any]:
    return [{"label": "x", "sqlExpression": sql, "expressionType": "SQL", "optionName": "x"}]


ESCAPES = (
    "1 < ANY (SUMMARIZE kpi_catalogue)",
    "1 IN (SELECT count(*) FROM read_csv('/etc/passwd'))",
    "1 IN (SELECT count(*) FROM read_text('/etc/passwd'))",
    "1 IN (SELECT count(*) FROM (PIVOT kpi_catalogue ON code USING count(*)))",
    "1 IN (SELECT count(*) FROM (UNPIVOT kpi_catalogue ON code))",
    "1 IN (SELECT count(*) FROM duckdb_settings())",
    "1 IN (SELECT count(*) FROM '/etc/passwd')",
    "1 IN (SELECT count(*) FROM glob('/**'))",
    "getenv('HOME') <> ''",
    "1=1) ; COPY kpi_catalogue TO '/tmp/bilan-fuite.csv' --",
    "1=1) UNION SELECT content FROM read_text('/etc/passwd') --",
)
THEFT = "(SELECT max(content) FROM read_text('/etc/passwd'))"
NO_FILTER = {"type": "NATIVE_FILTER", "native_filter_id": "x"}
LAYER = {
    "name": "x", "annotationType": "EVENT", "sourceType": "table", "value": 1, "show": True, "style": "solid",
}  # fmt: skip

QUERIES = (
    *(Attack(f"where: {sql}", chart(extras={"where": sql}), NOBODY) for sql in ESCAPES),
    *(
        Attack(f"a column in SQL: {sql}", chart(columns=sql_column(f"({sql})")), NOBODY)
        for sql in ESCAPES[:4]
    ),
    Attack("having in SQL", chart(extras={"having": ESCAPES[0]}), NOBODY),
    Attack("where that is true", chart(extras={"where": "1=1"}), STEWARD_ONLY),
    Attack("jinja in where", chart(extras={"where": "{{ current_username() }} = ''"}), NOBODY),
    Attack("a metric in SQL", chart(metrics=sql_metric(THEFT)), NOBODY),
    Attack("a plain metric in SQL", chart(metrics=sql_metric("COUNT(*)")), STEWARD_ONLY),
    Attack("an order in SQL", chart(orderby=[[sql_metric("(SELECT 1 FROM glob('/*'))")[0], True]]), NOBODY),
    Attack(
        "fewer columns, to sum over the rest", chart(columns=[], metrics=sql_metric("COUNT(*)")), STEWARD_ONLY
    ),
    Attack("without the chart's filters", chart(filters=[]), STEWARD_ONLY),
    Attack("a pattern", filtered(col="code", op="LIKE", val="%"), STEWARD_ONLY),
    Attack("an inequality", filtered(col="code", op="!=", val="x"), STEWARD_ONLY),
    Attack(
        "a filter on a column in SQL", filtered(col=sql_column("1=1 OR 1")[0], op="==", val=1), STEWARD_ONLY
    ),
    Attack(
        "jinja in a filter", filtered(col="{{ 1 }}", op="==", val="{{ current_user_id() }}"), STEWARD_ONLY
    ),
    Attack(
        "a quote in a filter's value", filtered(col="programme", op="==", val="' OR 1=1 --"), STEWARD_ONLY
    ),
    Attack("a time column", chart(granularity="debut", time_range="1900 : 2100"), STEWARD_ONLY),
    Attack("a time shift", chart(time_offsets=["1 year ago"]), STEWARD_ONLY),
    Attack("an annotation layer", chart(annotation_layers=[LAYER]), STEWARD_ONLY),
    Attack("another operation", chart(post_processing=[{"operation": "cum", "options": {}}]), STEWARD_ONLY),
    Attack("all rows", chart(row_limit=1_000_000), STEWARD_ONLY),
    Attack("samples", context(result_type="samples"), STEWARD_ONLY),
    Attack("the rows behind", context(result_type="drill_detail"), STEWARD_ONLY),
    Attack("the query's text", context(result_type="query"), STEWARD_ONLY),
    Attack("the dataset's columns", context(result_type="columns"), STEWARD_ONLY),
    Attack("samples inside a question", chart(result_type="samples"), STEWARD_ONLY),
    Attack("without the chart", formed(slice_id=None), STEWARD_ONLY),
    Attack("without the board", formed(dashboardId=None), STEWARD_ONLY),
    Attack("a board that does not exist", formed(dashboardId=10**6), STEWARD_ONLY),
    Attack("as a filter that does not exist", formed(**NO_FILTER), STEWARD_ONLY),
    Attack("another dataset", context(datasource={"id": 10**6, "type": "table"}), NOBODY),
    Attack("a source of SQL Lab", context(datasource={"id": 1, "type": "query"}), NOBODY),
    Attack(
        "tooltip columns",
        formed(tooltip_contents=["programme"]),
        STEWARD_ONLY,
    ),
)

SHUT = tuple(
    Attack(f"{method} {path}", call(method, path), STEWARD_ONLY)
    for method, path in map(str.split, ADDRESSES.strip().splitlines())
)
OTHERS = (
    Attack("the boards' description", call("GET", "/api/v1/dashboard/{board}"), "x o o o o -"),
    Attack("the boards' datasets", call("GET", "/api/v1/dashboard/{board}/datasets"), "x o o o x -"),
    Attack("a board that does not exist", call("GET", "/api/v1/dashboard/1000000"), NOBODY),
    Attack(
        "the page of a board that does not exist", call("GET", "/superset/dashboard/1000000/"), "x x x x x -"
    ),
    Attack("swagger", call("GET", "/swagger/v1"), NOBODY),
    Attack("the API's description", call("GET", "/api/v1/_openapi"), NOBODY),
    Attack("a way out of the static files", call("GET", "/static/..%2f..%2fsuperset_config.py"), NOBODY),
    Attack("a way out of our own files", call("GET", "/bilan/..%2fsuperset_config.py"), NOBODY),
    Attack("the extracts' page", call("GET", "/extracts/"), "x o x x x -"),
    Attack("the extracts' API", call("GET", "/extracts/api/v1/releases"), "x o x x x -"),
    Attack(
        "a key for the extracts", call("POST", "/extracts/tokens/", label="vol", days="30"), "x - x x x -"
    ),
    Attack("another's key revoked", call("POST", "/extracts/tokens/000000000000/revoke"), NOBODY),
    Attack("a question that is none", call("POST", "/api/v1/chart/data", [1, 2]), "x e e e e e"),
    Attack(
        "SQL Lab on the files",
        sql_lab,
        "x x x x x e",
    ),
)

EXPORTS = tuple(
    Attack(f"the chart in {format_}", context(result_format=format_, force=force), "x o o o x -")
    for format_ in ("json", "csv", "xlsx")
    for force in (False, True)
)
MENU = Attack("the chart in csv, from the menu", by_form, "x o o o x -")
ATTACKS = (*QUERIES, *SHUT, *OTHERS, *EXPORTS, MENU)
