"""What a figure waits for: the logs that nobody sent yet, and who sends them."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from bilan.contracts import CONTRACTS

Awaited = list[dict[str, str | list[str]]]
Figure = dict[str, str | int | float | None]


class Reports:
    """Who had reported which log of each programme, as a warehouse's file knows it."""

    def __init__(self, file: Path) -> None:
        """Read the file once; it isn't kept open."""
        with duckdb.connect(file, read_only=True) as warehouse:
            logs = warehouse.execute("SELECT code, logs FROM main.kpi_catalogue").fetchall()
            known = warehouse.execute(
                "SELECT DISTINCT programme, logs_known, reports_known FROM main.dim_cell"
            ).fetchall()
            listed = warehouse.execute("SELECT programme, partner FROM main.dim_partner").fetchall()
        self._logs: dict[str, list[str]] = {code: told.split(", ") if told else [] for code, told in logs}
        self._known = {programme: (set(told), set(by_sender)) for programme, told, by_sender in known}
        self._partners = listed

    def awaited(self, figure: Figure) -> Awaited | None:
        """The logs that a figure waits for, each with its senders; None when it waits for nothing."""
        if figure["status"] != "not_yet_reported":
            return None
        programme, partner = str(figure["programme"]), figure["partner"]
        told, by_sender = self._known[programme]
        logs = self._logs[str(figure["code"])]
        missing = [log for log in logs if log not in told]
        if missing:
            return [{"log": log, "senders": self._senders(log, programme)} for log in missing]
        missing = [log for log in logs if f"{partner} {log}" not in by_sender]
        return [{"log": log, "senders": [str(partner)]} for log in missing]

    def _senders(self, log: str, programme: str) -> list[str]:
        return list(CONTRACTS[log].senders) or sorted({p for of, p in self._partners if of == programme})


def in_words(awaited: Iterable[dict[str, str | list[str]]]) -> str:
    """« effectifs (SPAL, CJM) », for a table."""
    return " ; ".join(f"{one['log']} ({', '.join(one['senders'])})" for one in awaited)
