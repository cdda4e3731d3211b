from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.contracts import Restates
from bilan.ledger.decide import CANDIDATE_SCHEMA, Decision, Question, Unread, believe, decide
from bilan.ledger.events import DRAFT_COLUMNS, SCHEMA, number_events
from tests.thorough import examples

ARREST, CONCLUDED = "mobilis.arrest.made.v1", "mobilis.case.concluded.v1"
MARCH, APRIL, MAY = date(2010, 3, 31), date(2010, 4, 30), date(2010, 5, 31)
NO_KIN = pl.DataFrame(schema={"token": pl.String, "hash": pl.String, "person": pl.String})


@dataclass(frozen=True)
class Said:
    """One event that a row yields."""

    key: str
    data: str = '{"n":1}'
    type: str = ARREST
    time: date = date(2010, 3, 1)
    precision: str = "day"
    subject: str | None = "p_1"
    programme: str = "MOBILIS"
    derived: bool = False


def concluded(key: str, day: date | None, statement: date, issue: str = "acquittement") -> Said:
    derived = day is None
    data = f'{{"date_deduite":{str(derived).lower()},"issue":"{issue}"}}'
    time = day or statement.replace(day=1)
    return Said(key, data, CONCLUDED, time, "month" if derived else "day", derived=derived)


def question(
    *said: Said,
    day: date = MARCH,
    accepted: Sequence[str] = (),
    refused: Sequence[str] = (),
    unread: Sequence[Unread] = (),
) -> Question:
    cells = [
        (row, s.type, s.key, s.subject, s.time, s.precision, s.programme, "Longueuil", s.data, s.derived)
        for row, s in enumerate(said, 2)
    ]
    return Question(
        source="SPAL",
        log="x",
        day=day,
        restates=Restates.ALL,
        candidates=pl.DataFrame(cells, schema=CANDIDATE_SCHEMA, orient="row"),
        accepted_keys=pl.Series([*(s.key for s in said), *accepted], dtype=pl.String).unique(
            maintain_order=True
        ),
        refused_keys=pl.Series(refused, dtype=pl.String),
        unread=tuple(unread),
        kin=NO_KIN,
    )


def history(*questions: Question) -> tuple[pl.DataFrame, list[Decision]]:
    """The events of statements taken one after the other, and each one's decision."""
    events = pl.DataFrame(schema=SCHEMA)
    decisions = []
    for asked in questions:
        decision = decide(believe(events), asked)
        now = datetime.now(UTC)
        new = number_events(decision.drafts, batch="b", first_sequence=events.height + 1, recordedtime=now)
        events = pl.concat([events, new])
        decisions.append(decision)
    return events, decisions


def counts(decision: Decision) -> tuple[int, int, int, int]:
    return decision.asserted, decision.corrected, decision.retracted, decision.unchanged


def last(*questions: Question) -> Decision:
    return history(*questions)[1][-1]


def test_what_is_unknown_is_asserted_in_the_order_of_the_sheet() -> None:
    decision = last(question(Said("b"), Said("a")))
    assert counts(decision) == (2, 0, 0, 0)
    assert decision.drafts["natural_key"].to_list() == ["b", "a"]
    assert decision.drafts["action"].to_list() == ["assert", "assert"]
    assert tuple(decision.drafts.columns) == DRAFT_COLUMNS


def test_what_is_known_changes_nothing() -> None:
    decision = last(question(Said("a")), question(Said("a"), day=APRIL))
    assert counts(decision) == (0, 0, 0, 1)
    assert decision.drafts.is_empty()


@pytest.mark.parametrize(
    "change",
    [
        {"data": '{"n":2}'},
        {"time": date(2010, 3, 2)},
        {"precision": "month"},
        {"subject": "p_2"},
        {"subject": None},
        {"programme": "Pj"},
    ],
)
def test_other_content_corrects_and_supersedes(change: dict[str, object]) -> None:
    changed = replace(Said("a"), **change)  # type: ignore[arg-type]
    events, decisions = history(question(Said("a")), question(changed, day=APRIL))
    assert counts(decisions[-1]) == (0, 1, 0, 0)
    assert events["supersedes"].to_list() == [None, events["id"][0]]
    assert events["reporteddate"].to_list() == [MARCH, APRIL]


def test_what_is_gone_is_retracted_with_its_last_content() -> None:
    said = [Said("a"), Said("b"), Said("c", data='{"n":3}')]
    events, decisions = history(question(*said), question(*said[:2], day=APRIL))
    assert counts(decisions[-1]) == (0, 0, 1, 2)
    retraction = events.row(-1, named=True)
    assert (retraction["natural_key"], retraction["action"], retraction["data"]) == (
        "c",
        "retract",
        '{"n":3}',
    )
    assert retraction["supersedes"] == events["id"][2]


def test_what_was_retracted_can_be_asserted_again_and_is_retracted_once() -> None:
    two = [Said("a"), Said("b")]
    asked = [question(*two), question(two[0], day=APRIL), question(two[0], day=MAY), question(*two, day=MAY)]
    assert [counts(d) for d in history(*asked)[1]] == [(2, 0, 0, 0), (0, 0, 1, 1), (0, 0, 0, 1), (1, 0, 0, 1)]


def test_the_key_of_a_refused_row_stands() -> None:
    decision = last(question(Said("a"), Said("b")), question(Said("a"), day=APRIL, refused=["b"]))
    assert counts(decision) == (0, 0, 0, 1)


NOTHING_READ = Unread(2, {}, None)


def test_a_row_of_whose_key_nothing_can_be_read_has_every_withdrawal_wait() -> None:
    decision = last(question(Said("a"), Said("b")), question(Said("a"), day=APRIL, unread=[NOTHING_READ]))
    assert counts(decision) == (0, 0, 0, 1)
    assert decision.waiting == 1


@pytest.mark.parametrize(
    ("unread", "waiting"),
    [
        (Unread(2, {"n": "b"}, None), ["b"]),
        (Unread(2, {"n": "z"}, None), []),
        (Unread(2, {"n": "b"}, frozenset({"p_1"})), ["b"]),
        (Unread(2, {"n": "b"}, frozenset({"p_2"})), []),
        (Unread(2, {"n": "b"}, frozenset()), []),
        (Unread(2, {}, frozenset({"p_2", "p_9"})), ["c"]),
        (Unread(2, {"n": "b", "rang": 2}, None), []),
        (Unread(2, {"n": "b", "rang": 1}, None), ["b"]),
    ],
)
def test_what_a_row_can_not_be_about_is_withdrawn_all_the_same(unread: Unread, waiting: list[str]) -> None:
    said = [
        Said(key, f'{{"n":"{key}","rang":1}}', subject=who)
        for key, who in (("a", "p_1"), ("b", "p_1"), ("c", "p_2"))
    ]
    decision = last(question(*said), question(said[0], day=APRIL, unread=[unread]))
    gone = decision.drafts.filter(action="retract")["natural_key"].to_list()
    assert gone == [key for key in "bc" if key not in waiting]
    assert decision.waiting == len(waiting)


def test_what_a_row_says_may_be_told_is_no_more_in_doubt_by_another() -> None:
    said = [Said(key, f'{{"n":"{key}"}}') for key in "abc"]
    unread = [Unread(2, {"n": "b"}, None), Unread(3, {"n": "c"}, None), Unread(4, {"n": "c"}, None)]
    decision = last(question(*said), question(said[0], day=APRIL, unread=unread, refused=["c"]))
    assert (decision.retracted, decision.waiting) == (0, 1)


def test_an_event_that_its_row_no_longer_yields_is_retracted_even_then() -> None:
    before = question(Said("a"), concluded("a", None, MARCH))
    after = question(Said("a"), day=APRIL, unread=[NOTHING_READ])
    assert counts(last(before, after)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("restates", "retracted"), [(Restates.ALL, 2), (Restates.PERIOD, 1), (Restates.NOTHING, 0)]
)
def test_what_silence_says_is_the_contracts_word(restates: Restates, retracted: int) -> None:
    days = [date(2010, 1, 1), date(2010, 2, 1), date(2010, 3, 1), date(2010, 4, 1)]
    said = [Said(f"k{n}", time=day) for n, day in enumerate(days)]
    partial = replace(question(said[1], said[3], day=MAY), restates=restates)
    assert last(question(*said, day=APRIL), partial).retracted == retracted


def test_a_subject_that_changes_between_tied_tokens_is_no_correction() -> None:
    kin = pl.DataFrame({"token": ["p_1", "p_2"], "hash": ["1", "2"], "person": ["p_1", "p_1"]})
    tied = replace(question(Said("a", subject="p_2"), day=APRIL), kin=kin)
    assert counts(last(question(Said("a")), tied)) == (0, 0, 0, 1)
    assert counts(last(question(Said("a")), question(Said("a", subject="p_2"), day=APRIL))) == (0, 1, 0, 0)


class TestFrozenMonth:
    """case.concluded without a date: the month of the first statement that gave the outcome."""

    def times(self, *steps: tuple[date, date | None, str] | date) -> list[tuple[str, date, str]]:
        """Steps: (statement, date_issue, issue), or a statement in which the row has no outcome."""
        asked = [
            question(Said("a"), day=step)
            if isinstance(step, date)
            else question(Said("a"), concluded("a", step[1], step[0], step[2]), day=step[0])
            for step in steps
        ]
        events, _ = history(*asked)
        conclusions = events.filter(pl.col("type") == CONCLUDED)
        return list(conclusions.select("action", "time", "time_precision").iter_rows())

    def test_the_month_is_frozen(self) -> None:
        assert self.times((MARCH, None, "x"), (APRIL, None, "x")) == [("assert", date(2010, 3, 1), "month")]

    def test_another_outcome_keeps_the_frozen_month(self) -> None:
        events = self.times((MARCH, None, "x"), (APRIL, None, "y"))
        assert events[1] == ("correct", date(2010, 3, 1), "month")

    def test_a_date_given_later_corrects(self) -> None:
        events = self.times((MARCH, None, "x"), (APRIL, date(2010, 3, 1), "x"))
        assert events[1] == ("correct", date(2010, 3, 1), "day")

    def test_a_date_taken_away_gives_the_month_of_the_first_statement(self) -> None:
        events = self.times((MARCH, date(2010, 2, 5), "x"), (APRIL, date(2010, 2, 6), "x"), (MAY, None, "x"))
        assert events[2] == ("correct", date(2010, 3, 1), "month")

    def test_an_outcome_that_comes_back_is_first_told_anew(self) -> None:
        events = self.times((MARCH, date(2010, 2, 5), "x"), APRIL, (MAY, None, "x"))
        assert events[1:] == [("retract", date(2010, 2, 5), "day"), ("assert", date(2010, 5, 1), "month")]


@pytest.mark.parametrize(
    ("standing", "gone", "held"),
    [(2, 1, False), (1, 1, True), (3, 2, True), (40, 4, False), (41, 5, True), (50, 5, False), (51, 6, True)],
)
def test_much_is_over_a_half_or_over_a_tenth_and_at_least_five(standing: int, gone: int, held: bool) -> None:
    said = [Said(f"k{n}") for n in range(standing)]
    assert last(question(*said), question(*said[gone:], day=APRIL)).withdraws_much is held


KEYS = st.sampled_from("abcdef")
STATEMENTS = st.lists(
    st.tuples(st.dictionaries(KEYS, st.integers(0, 1)), st.sets(KEYS), st.booleans()), min_size=1, max_size=5
)


@given(STATEMENTS)
@settings(deadline=None, max_examples=examples(40))
def test_replaying_gives_what_a_plain_reading_of_the_statements_gives(
    statements: list[tuple[dict[str, int], set[str], bool]],
) -> None:
    """The state that the events fold into, held against a dictionary kept by hand."""
    believed: dict[str, int] = {}
    asked = []
    for rows, refused, readable in statements:
        said = [Said(key, f'{{"n":{value}}}') for key, value in rows.items()]
        unread = () if readable else (NOTHING_READ,)
        asked.append(question(*said, refused=sorted(refused), unread=unread))
        stands = {k: v for k, v in believed.items() if not readable or k in refused}
        believed = stands | rows
    events, decisions = history(*asked)
    state = believe(events)
    assert dict(state.select("natural_key", "data").iter_rows()) == {
        key: f'{{"n":{value}}}' for key, value in believed.items()
    }
    again = decide(state, replace(asked[-1]))
    assert again.drafts.is_empty()
    assert all(d.standing >= d.retracted for d in decisions)
