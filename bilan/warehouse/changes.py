"""What two states of the facts differ by, and which event is responsible for each difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from bilan.contracts import LINK_TYPE, UNLINK_TYPE

Place = tuple[bool, int]  # whether it is more than a link, and its order in the window


@dataclass(frozen=True)
class Told:
    """An event that the later state knows and the earlier one does not."""

    type: str
    action: str
    last_day: date  # the last day on which it may have happened
    was_told: bool  # whether the earlier state knew anything of its key

    @property
    def is_link(self) -> bool:
        """Whether it says that two tokens are one person, or that they are two after all."""
        return self.type in (LINK_TYPE, UNLINK_TYPE)


@dataclass(frozen=True)
class Change:
    """A fact that came, went or changed, and the event responsible; None when no event is by itself.

    `by_itself`: it is made of the same events as before, or of none, so that only time has passed for it.
    """

    relation: str
    fact: str
    event: str | None
    by_itself: bool = False


def window_events(scratch: duckdb.DuckDBPyConnection, before: str, after: str) -> dict[str, Told]:
    """The events known after and not before, by id, in the order in which they were told.

    `before` and `after` are SQL conditions over events; the events are those of `later.ledger.events`.
    """
    rows = scratch.execute(
        "SELECT id, type, action, CASE time_precision WHEN 'day' THEN time WHEN 'month' THEN last_day(time) "  # noqa: S608
        "ELSE make_date(year(time), 12, 31) END, "
        "(source, type, natural_key) IN (SELECT (source, type, natural_key) FROM later.ledger.events "
        f"WHERE {before}) FROM later.ledger.events "
        f"WHERE {after} AND NOT {before} ORDER BY reporteddate, sequence"
    ).fetchall()
    return {row[0]: Told(*row[1:]) for row in rows}


def attributed_changes(
    scratch: duckdb.DuckDBPyConnection, relations: Iterable[str], window: Mapping[str, Told]
) -> list[Change]:
    """Every fact that differs between `earlier` and `later`, with the event responsible for it.

    It is the newest event of the window among those that made the fact or, for a fact that went, among
    those that corrected or withdrew what it was made of; a link is responsible where no other event is. A
    fact that gave way to another on the same person goes with it.
    """
    place = {event: (not told.is_link, number) for number, (event, told) in enumerate(window.items())}
    followers = _followers(scratch, place)
    changes: list[Change] = []
    for relation in relations:
        came = _differing(scratch, relation, "later", "earlier")
        went = _differing(scratch, relation, "earlier", "later")
        responsible: dict[str, str | None] = {}
        for fact, (events, _) in came.items():
            responsible[fact] = _newest(events, place)
        for fact, (events, _) in went.items():
            heirs = [heir for event in events for heir in followers.get(event, ())]
            responsible[fact] = _newest([*events, *heirs], place) or responsible.get(fact)
        of_person = {who: responsible[fact] for fact, (_, who) in came.items() if who and responsible[fact]}
        for fact, (events, who) in {**went, **came}.items():
            event = responsible[fact] or of_person.get(who or "")
            same = fact in went and fact in came and set(went[fact][0]) == set(events)
            changes.append(Change(relation, fact, event, by_itself=event is None and (same or not events)))
    return changes


_Facts = dict[str, tuple[list[str], str | None]]


def _differing(scratch: duckdb.DuckDBPyConnection, relation: str, here: str, there: str) -> _Facts:
    """The facts of one state that the other has otherwise or not at all: their events and their person."""
    columns = {
        row[0]
        for row in scratch.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND table_name = ?",
            [here, relation],
        ).fetchall()
    }
    person = "person" if "person" in columns else "NULL"
    # names are those of our own models
    rows = scratch.execute(
        f'SELECT fact_id, event_ids, {person} FROM (FROM {here}.main."{relation}" '  # noqa: S608
        f'EXCEPT FROM {there}.main."{relation}")'
    ).fetchall()
    return {fact: (list(events or ()), who) for fact, events, who in rows}


def _followers(scratch: duckdb.DuckDBPyConnection, place: Mapping[str, Place]) -> dict[str, list[str]]:
    """For each event, those of the window that speak of the same key."""
    rows = scratch.execute(
        "SELECT told.id, heir.id FROM later.ledger.events AS told INNER JOIN later.ledger.events AS heir "
        "ON told.source = heir.source AND told.type = heir.type AND told.natural_key = heir.natural_key "
        "WHERE heir.id IN (SELECT unnest($window::VARCHAR[])) UNION "
        # an unlink has the key of no link, but its pair; a join of its own, so that it hashes
        "SELECT told.id, heir.id FROM later.ledger.events AS told INNER JOIN later.ledger.events AS heir "
        "ON told.subject = heir.subject AND (told.data ->> '$.other') = (heir.data ->> '$.other') "
        "WHERE told.type = $linked AND heir.type = $unlinked "
        "AND heir.id IN (SELECT unnest($window::VARCHAR[]))",
        {"window": list(place), "linked": LINK_TYPE, "unlinked": UNLINK_TYPE},
    ).fetchall()
    followers: dict[str, list[str]] = {}
    for told, heir in rows:
        followers.setdefault(told, []).append(heir)
    return followers


def _newest(events: Sequence[str], place: Mapping[str, Place]) -> str | None:
    """The event of the window that was told last, links left for last, if any is of the window."""
    return max((event for event in events if event in place), key=lambda event: place[event], default=None)
