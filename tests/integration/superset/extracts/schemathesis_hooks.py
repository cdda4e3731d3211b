"""For `schemathesis`: each call as if it were the first, so that what is tried is the API, not its limits."""

import os
import sqlite3
from contextlib import closing
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(_context: Any, _case: Any, _kwargs: Any) -> None:
    """Forget the calls counted so far."""
    with closing(sqlite3.connect(os.environ["EXTRACTS_DATABASE"], timeout=30)) as connection, connection:
        connection.execute("DELETE FROM spent")
