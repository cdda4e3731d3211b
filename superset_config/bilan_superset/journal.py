"""Superset's own log of actions, in rows that are short and counted: its pages write in it what they like."""

import json
import time
from typing import Any

from superset.utils.log import DBEventLogger

from bilan_superset.extracts.limits import Limit, after_call

LONGEST = 2000  # characters of a row's JSON; twice as many once what is cut is quoted
MOST_ROWS = 20  # of one call
# Of an account, in each process of Superset. What is beyond is not noted.
OF_AN_ACCOUNT = Limit(5000, 86_400)
MOST_NUMBER = 2**31 - 1  # of a column that holds a number


class EventLogger(DBEventLogger):  # type: ignore[misc]  # Superset's classes have no types here
    """What `Superset.log` and every view note, cut."""

    def __init__(self) -> None:
        self._until: dict[int | None, int] = {}

    def log(self, user_id: int | None, action: str, *args: Any, **details: Any) -> None:
        """Note one action's records, or nothing when the account has noted enough."""
        given = details.get("records")
        records = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        self._until[user_id], wait = after_call(self._until.get(user_id, 0), time.time_ns(), OF_AN_ACCOUNT)
        if records and not wait:
            details["records"] = [short(one) for one in records[:MOST_ROWS]]
            details |= {name: number(details.get(name)) for name in ("dashboard_id", "slice_id")}
            super().log(user_id, action, *args, **details)


def short(record: dict[str, Any]) -> dict[str, Any]:
    """The record as it may be noted: its beginning, as text, where it is long."""
    text = json.dumps(record, default=str)
    if len(text) > LONGEST:
        return {"cut": text[:LONGEST]}
    return {
        **record,
        **{name: number(record[name]) for name in ("dashboard_id", "slice_id") if name in record},
    }


def number(given: Any) -> int | None:
    """A number that the log's columns hold; None for anything else."""
    return given if isinstance(given, int) and 0 <= given <= MOST_NUMBER else None
