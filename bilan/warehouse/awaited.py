"""What a figure waits for: the logs that do not reach its period, and who sends them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilan.contracts import CONTRACTS
from bilan.cube import NOT_YET_REPORTED

Awaited = list[dict[str, str | list[str]]]
Figure = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Report:
    """A sender of a log in a programme: the last day that it has told, and the last day that it was."""

    programme: str
    log: str
    sender: str
    covered_to: date
    valid_to: date | None

    def lacks(self, start: date) -> bool:
        """Whether a period that begins then is beyond what it told, and is not beyond its own time."""
        over = self.valid_to is not None and (self.covered_to >= self.valid_to or start > self.valid_to)
        return self.covered_to < start and not over


class Reports:
    """Who had reported which log of each programme, and how far, as a warehouse's file knows it."""

    def __init__(self, file: Path) -> None:
        """Read the file once; it isn't kept open."""
        with duckdb.connect(file, read_only=True) as warehouse:
            logs = warehouse.execute("SELECT code, logs FROM main.kpi_catalogue").fetchall()
            told = warehouse.execute(
                "SELECT DISTINCT programme, unnest(reports_known), unnest(reports_covered) FROM main.dim_cell"
            ).fetchall()
            listed = warehouse.execute("SELECT programme, partner, valid_to FROM main.dim_partner").fetchall()
        self._logs: dict[str, list[str]] = {code: said.split(", ") if said else [] for code, said in logs}
        until = {(programme, partner): valid_to for programme, partner, valid_to in listed}
        self._told = [
            Report(programme, log, sender, covered_to, until.get((programme, sender)))
            for programme, report, covered_to in told
            for sender, log in [report.rsplit(" ", 1)]
        ]
        self._partners = sorted(until)

    def awaited(self, figure: Figure) -> Awaited | None:
        """The logs that a figure waits for, each with its senders; None when it waits for nothing."""
        if figure["status"] != NOT_YET_REPORTED:
            return None
        missing = {log: self._missing(figure, log) for log in self._logs[str(figure["code"])]}
        return [{"log": log, "senders": senders} for log, senders in missing.items() if senders]

    def _missing(self, figure: Figure, log: str) -> list[str]:
        """Who does not reach the figure's period: its own partner, or those that send; all, if nobody did."""
        programme, partner = str(figure["programme"]), figure["partner"]
        start = date.fromisoformat(str(figure["period_start"]))
        sent = [one for one in self._told if (one.programme, one.log) == (programme, log)]
        if not sent:
            return self._senders(log, programme)
        own = [one for one in sent if one.sender == partner]
        if own and own[0].covered_to < start:
            return [own[0].sender]
        lacking = sorted(one.sender for one in sent if one.lacks(start))
        may_send = partner in (CONTRACTS[log].senders or [partner])
        return lacking or ([str(partner)] if partner and not own and may_send else [])

    def _senders(self, log: str, programme: str) -> list[str]:
        return list(CONTRACTS[log].senders) or [partner for of, partner in self._partners if of == programme]


def in_words(awaited: Iterable[dict[str, str | list[str]]]) -> str:
    """« effectifs (SPAL, CJM) », for a table."""
    return " ; ".join(f"{one['log']} ({', '.join(one['senders'])})" for one in awaited)
