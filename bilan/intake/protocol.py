"""The exchange protocol: who may send what to whom, with or without a name. Data, read by line.

Among the lines of one recipient, a sender who has lines of its own has those alone; the lines of `*`
are for partners that the protocol does not name yet. The steward's lines replace the packaged one with
the same sender, recipient and kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.errors import PlainError

WAREHOUSE = "BILAN"  # the recipient of every log
ANY = "*"
PARTIES = {"echanges": ("de", "vers", "nature")}  # logs whose rows tell of a communication between partners
COLUMNS = (
    "sender",
    "recipient",
    "kind",
    "nominative",
    "consent",
    "legal_basis_fr",
    "legal_basis_en",
    "valid_from",
    "valid_to",
    "status",
)
YES, REFERENCE_ALONE, NO = "yes", "reference", "no"
REQUIRED, NOT_REQUIRED = "required", "not_required"
_CLOSED = {
    "nominative": (YES, REFERENCE_ALONE, NO),
    "consent": (REQUIRED, NOT_REQUIRED),
    "status": ("assumed", "signed"),
}


@dataclass(frozen=True)
class Line:
    """One line: a communication that is permitted."""

    sender: str
    recipient: str
    kind: str  # a log, where the recipient is the warehouse; otherwise a nature of exchange; `*`: any
    nominative: str
    consent: str
    valid_from: date | None
    valid_to: date | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What a line of the steward's replaces."""
        return self.sender, self.recipient, self.kind

    def holds(self, kind: str, day: date) -> bool:
        """Whether it permits that kind on that day."""
        started = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        return self.kind in (kind, ANY) and started and not ended


@dataclass(frozen=True)
class Protocol:
    """Every line. Nothing is permitted that no line permits."""

    lines: tuple[Line, ...] = ()

    def permitted(self, sender: str, recipient: str, kind: str, day: date) -> Line | None:
        """The line that permits a communication, the most sparing of names where several do."""
        own = [line for line in self.lines if line.recipient == recipient and line.sender == sender]
        if not own:
            own = [line for line in self.lines if line.recipient == recipient and line.sender == ANY]
        holding = [line for line in own if line.holds(kind, day)]
        exact = [line for line in holding if line.kind == kind] or holding
        order = _CLOSED["nominative"]
        return max(exact, key=lambda line: order.index(line.nominative), default=None)

    def turns(self, first: date, last: date) -> list[date]:
        """The first of some days, and those among the others on which a line begins or no longer holds."""
        begun = (line.valid_from for line in self.lines if line.valid_from)
        ended = (line.valid_to + timedelta(days=1) for line in self.lines if line.valid_to)
        return sorted({first, *(day for day in (*begun, *ended) if first < day <= last)})


def read_protocol(
    rows: Iterable[dict[str, str | None]], own: Iterable[dict[str, str | None]] = ()
) -> Protocol:
    """The protocol that rows of text hold; `own`: the steward's, for whose keys no other row counts.

    One key may have several lines, each with its dates. Raises PlainError.
    """
    signed = _lines(own)
    replaced = {line.key for line in signed}
    return Protocol((*(line for line in _lines(rows) if line.key not in replaced), *signed))


def _lines(rows: Iterable[dict[str, str | None]]) -> list[Line]:
    lines = []
    for number, row in enumerate(rows, 2):  # the headings are line 1
        try:
            lines.append(_line(row))
        except (KeyError, ValueError) as problem:
            raise PlainError(
                f"protocol.csv, ligne {number} : colonne absente, date ou valeur impossible ({problem})."
            ) from None
    return lines


def _line(row: dict[str, str | None]) -> Line:
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    for name, allowed in _CLOSED.items():
        if cells[name] not in allowed:
            raise ValueError(name)
    for name in ("sender", "recipient", "kind"):
        if not cells[name]:
            raise ValueError(name)
    return Line(
        sender=cells["sender"],
        recipient=cells["recipient"],
        kind=cells["kind"],
        nominative=cells["nominative"],
        consent=cells["consent"],
        valid_from=_day(cells["valid_from"], "valid_from"),
        valid_to=_day(cells["valid_to"], "valid_to"),
    )


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(name) from None
