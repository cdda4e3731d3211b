"""What a published file defines."""

import duckdb

from bilan.dashboards.tables import TABLES
from bilan.dashboards.views import views


def define(published: duckdb.DuckDBPyConnection) -> None:
    """Create every table, empty, and every view in a published file that has none yet."""
    for table in TABLES:
        published.execute(table.ddl)
    for name, query in views().items():
        published.execute(f'CREATE VIEW main."{name}" AS {query}')
