"""Let plain queries on the published tables through, and nothing else.

Superset checks little of what it pastes into a query (a chart's `extras`, a filter's column), and
on DuckDB `PIVOT`, `SUMMARIZE`, `ANY (SUMMARIZE t)` or a table function get round row-level rules.
So a query passes only if every node of its parsed tree is of a kind listed here.
"""

from collections.abc import Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bilan.dashboards.views import views

REFUSAL = "Cette requête n'est pas permise : seules les lectures simples des tables publiées le sont."
# What boards read, and nothing behind it.
PUBLISHED_TABLES = frozenset({
    *views(), "checks", "kpi_catalogue", "releases", "revisions", "state", "transmitted",
})  # fmt: skip
PUBLISHED_SCHEMA = "main"

CLAUSES: tuple[type[Any], ...] = (
    exp.Select, exp.Union, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order,
    exp.Ordered, exp.Limit, exp.Offset, exp.With, exp.CTE, exp.Subquery, exp.Values, exp.Tuple,
    exp.Distinct, exp.Window, exp.WindowSpec, exp.Filter, exp.WithinGroup,
)  # fmt: skip
NAMES: tuple[type[Any], ...] = (
    exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Dot,
)  # fmt: skip
VALUES: tuple[type[Any], ...] = (
    exp.Literal, exp.Null, exp.Boolean, exp.Cast, exp.TryCast, exp.DataType, exp.Interval, exp.Var,
    exp.Paren, exp.Case, exp.If, exp.Neg,
)  # fmt: skip
OPERATORS: tuple[type[Any], ...] = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In,
    exp.Between, exp.Like, exp.ILike, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.DPipe,
    exp.NullSafeEQ, exp.NullSafeNEQ, exp.Exists,
)  # fmt: skip
FUNCTIONS: tuple[type[Any], ...] = (
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg, exp.Median, exp.Round, exp.Floor, exp.Ceil,
    exp.Abs, exp.Coalesce, exp.Nullif, exp.Lower, exp.Upper, exp.Trim, exp.Concat, exp.Length,
    exp.Replace, exp.GroupConcat, exp.RowNumber, exp.TimestampTrunc, exp.DateTrunc, exp.Extract,
    exp.Year, exp.Month, exp.Format, exp.Day, exp.Quarter, exp.AnyValue, exp.Chr, exp.Sign,
)  # fmt: skip
ALLOWED = frozenset((*CLAUSES, *NAMES, *VALUES, *OPERATORS, *FUNCTIONS))
# Functions that the parser has no class for; each only computes on its arguments.
ALLOWED_BY_NAME = frozenset({"format", "printf", "chr", "strftime", "date_trunc", "datetrunc", "replace"})


class QueryRefusedError(Exception):
    """The query is more than a plain reading of the published tables."""


def only_plain_queries(sql: str, **_context: Any) -> str:
    """Superset's query mutator: `sql` unchanged when it is plain, QueryRefusedError otherwise."""
    if (why := what_is_not_plain(sql)) is not None:
        raise QueryRefusedError(f"{REFUSAL} ({why})")
    return sql


def what_is_not_plain(sql: str) -> str | None:
    """The kind of the first thing in `sql` that is not allowed, or None when all of it is."""
    try:
        statements = [statement for statement in sqlglot.parse(sql, read="duckdb") if statement is not None]
    except SqlglotError:
        return "illisible"
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return "une seule lecture"
    return next(_faults(statements[0]), None)


def _faults(query: Any) -> Iterator[str]:
    """What is not allowed in a parsed query: kinds of nodes, functions, tables, hidden clauses."""
    own_names = {cte.alias_or_name.lower() for cte in query.find_all(exp.CTE)}
    for node in query.walk():
        if isinstance(node, exp.Anonymous):
            if node.name.lower() not in ALLOWED_BY_NAME:
                yield node.name.lower()
        elif type(node) not in ALLOWED:
            yield type(node).__name__.lower()
        elif isinstance(node, exp.Table) and not _is_published(node, own_names):
            yield "table"


def _is_published(table: Any, own_names: set[str]) -> bool:
    """True for a published table or a name that the query itself defines; no function, no file."""
    if not isinstance(table.this, exp.Identifier) or table.catalog:
        return False
    name = table.name.lower()
    if table.db:
        return table.db.lower() == PUBLISHED_SCHEMA and name in PUBLISHED_TABLES
    return name in PUBLISHED_TABLES or name in own_names
