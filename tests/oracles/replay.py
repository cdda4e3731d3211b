"""What ingesting each statement must do, worked out in plain Python from the contracts alone.

Written without a look at the ledger's own code, so that the two can be held against each other.
"""

from dataclasses import dataclass

from bilan.contracts import CONTRACTS, Contract, EventSpec
from bilan.samples.facts import Row, Value
from bilan.samples.places import LONGUEUIL
from bilan.samples.statements import Line, Statement

MANY = 5  # withdrawals, from which a tenth of what stands is too much to be true

Key = tuple[Value, ...]
Content = tuple[object, ...]
Standing = dict[tuple[str, Key], Content]


@dataclass(frozen=True)
class Counts:
    """What a statement does to the ledger: events by action, keys left as they were, held or not."""

    asserted: int
    corrected: int
    retracted: int
    unchanged: int
    held: bool


def key_of(contract: Contract, row: Row) -> Key:
    """What makes a row the same row from one statement to the next."""
    key = tuple(row[heading] for heading in contract.key)
    return (*key, row.who) if contract.key_has_subject else key


def content_of(contract: Contract, spec: EventSpec, row: Row) -> Content | None:
    """What one event of a row says; None if the row does not yield it.

    A time that nobody gave is None: the month that stands in for it takes no part in comparisons.
    """
    if spec.when is not None and row[spec.when[0]] not in spec.when[1]:
        return None
    if spec.when_present is not None and row[spec.when_present] is None:
        return None
    data = tuple(row[heading] for heading in spec.data)
    place = (row["territoire"] or LONGUEUIL) if contract.has_territory else None
    return (data, row[spec.time], place, row.who)


def _may_be(contract: Contract, line: Line, key: Key) -> bool:
    """Whether a row whose key can be read in part may have that key: nothing that is read differs."""
    lost = {heading for heading, _ in line.typed} | {heading for heading, _ in line.refusals}
    told = dict(zip(contract.key, key, strict=False))
    same = all(heading in lost or line.row[heading] == value for heading, value in told.items())
    if not contract.key_has_subject or lost & {*contract.subject.columns, None}:
        return same
    return same and line.row.who == key[-1]


def replay(statements: list[Statement]) -> list[Counts]:
    """The counts of each statement, in the order given, which must be that of their dates."""
    standing: dict[tuple[str, str], Standing] = {}
    return [_take(standing.setdefault((one.sender, one.log), {}), one) for one in statements]


def _take(standing: Standing, statement: Statement) -> Counts:
    """Hold one statement against what stands, and change what stands accordingly."""
    contract = CONTRACTS[statement.log]
    accepted = {key_of(contract, line.row): line.row for line in statement.lines if not line.refusals}
    refused = {key_of(contract, line.row) for line in statement.lines if line.refusals}
    unread = [line for line in statement.lines if not line.key_readable]
    told = {
        (spec.type, key): content
        for key, row in accepted.items()
        for spec in contract.events
        if (content := content_of(contract, spec, row)) is not None
    }
    new = [event for event in told if event not in standing]
    changed = [event for event in told if event in standing and standing[event] != told[event]]
    unsaid = [event for event in standing if event not in told]
    gone = [
        (kind, key)
        for kind, key in unsaid
        if key in accepted or not (key in refused or any(_may_be(contract, line, key) for line in unread))
    ]
    touched = {key for _, key in (*new, *changed, *gone)}
    many, half = len(gone) * 10 > len(standing), len(gone) * 2 > len(standing)
    for event in gone:
        del standing[event]
    standing.update(told)
    return Counts(
        asserted=len(new),
        corrected=len(changed),
        retracted=len(gone),
        unchanged=len(accepted.keys() - touched),
        held=half or (many and len(gone) >= MANY),
    )
