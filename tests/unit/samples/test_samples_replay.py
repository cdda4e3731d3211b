"""The oracle's own rules, each in the smallest log that shows it."""

from datetime import date

import pytest

from bilan.samples.facts import Day, Row, Value
from bilan.samples.statements import Line, Statement
from tests.oracles.replay import Counts, replay


def case(number: int, outcome: str = "en cours", ended: Day | None = None) -> Row:
    cells: dict[str, Value] = {
        "no_cour": str(number),
        "date_accusation": Day(date(2010, 1, 5)),
        "infraction": "autre",
        "issue": outcome,
        "date_issue": ended,
    }
    return Row(cells, f"person-{number}")


def statement(month: int, *lines: Line | Row) -> Statement:
    made = tuple(line if isinstance(line, Line) else Line(line) for line in lines)
    return Statement("SPAL", "accusations", date(2010, month, 28), made)


def last(*statements: Statement) -> Counts:
    return replay(list(statements))[-1]


def test_a_new_key_is_asserted_once_however_often_it_is_said() -> None:
    assert last(statement(1, case(1), case(1))) == Counts(1, 0, 0, 0, held=False)


def test_a_resend_changes_nothing() -> None:
    assert last(statement(1, case(1)), statement(2, case(1))) == Counts(0, 0, 0, 1, held=False)


def test_an_outcome_that_arrives_is_an_event_of_its_own() -> None:
    plea = case(1, "plaidoyer de culpabilité")
    assert last(statement(1, case(1)), statement(2, plea)) == Counts(1, 0, 0, 0, held=False)


def test_the_date_of_an_outcome_that_arrives_corrects_it() -> None:
    undated, dated = (case(1, "acquittement", ended) for ended in (None, Day(date(2010, 1, 9))))
    assert last(statement(1, undated), statement(2, dated)) == Counts(0, 1, 0, 0, held=False)


def test_an_outcome_that_is_emptied_is_retracted_and_the_charge_stands() -> None:
    counts = last(statement(1, case(1, "retrait"), case(2)), statement(2, case(1), case(2)))
    assert counts == Counts(0, 0, 1, 1, held=False)


def test_a_charge_that_is_gone_takes_its_outcome_along() -> None:
    kept = [case(number) for number in range(2, 30)]
    counts = last(statement(1, case(1, "retrait"), *kept), statement(2, *kept))
    assert counts == Counts(0, 0, 2, 28, held=False)


def test_a_refused_row_stands_as_it_was() -> None:
    refused = Line(case(1), refusals=(("chefs", "bad_number"),))
    assert last(statement(1, case(1), case(2)), statement(2, refused, case(2))) == Counts(
        0, 0, 0, 1, held=False
    )


@pytest.mark.parametrize(
    ("number", "lost", "retracted"),
    [(9, "no_cour", 1), (3, "no_cour", 0), (3, "suspect_nom", 0), (9, "suspect_nom", 1)],
)
def test_a_row_without_a_key_has_only_its_own_withdrawal_wait(number: int, lost: str, retracted: int) -> None:
    unread = Line(case(number), refusals=((lost, "missing_value"),), key_readable=False)
    counts = last(statement(1, case(1), case(2), case(3)), statement(2, case(1), case(2), unread))
    assert counts == Counts(0, 0, retracted, 2, held=False)


def test_losing_more_than_half_is_held() -> None:
    assert last(statement(1, case(1), case(2), case(3)), statement(2, case(1))).held


def test_losing_five_of_less_than_fifty_is_held() -> None:
    rows = [case(number) for number in range(40)]
    assert last(statement(1, *rows), statement(2, *rows[5:])).held
    assert not last(statement(1, *rows), statement(2, *rows[4:])).held


def sheet(number: int, subject: str, who: str | None = None, left: Day | None = None) -> Row:
    cells: dict[str, Value] = {
        "no_fiche": str(number),
        "objet": subject,
        "organisation": "SPAL",
        "date_debut": Day(date(2017, 1, 5)),
        "date_fin": left,
    }
    return Row(cells, who)


def table(month: int, *rows: Row) -> Statement:
    return Statement("COORD", "concertation", date(2017, month, 28), tuple(Line(row) for row in rows))


def test_a_row_yields_the_events_of_its_own_kind_alone() -> None:
    rows = (sheet(1, "partenaire"), sheet(2, "délégué", "pro-1"), sheet(3, "rencontre de la table"))
    assert last(table(1, *rows)) == Counts(3, 0, 0, 0, held=False)


def test_a_departure_is_an_event_beside_the_arrival() -> None:
    left = Day(date(2017, 2, 9))
    counts = last(
        table(1, sheet(1, "délégué", "pro-1"), sheet(2, "rencontre de la table")),
        table(2, sheet(1, "délégué", "pro-1", left), sheet(2, "rencontre de la table", left=left)),
    )
    # A meeting of the table has no end: a date of departure beside it says nothing.
    assert counts == Counts(1, 0, 0, 1, held=False)


def test_another_person_on_the_same_row_is_a_correction() -> None:
    counts = last(table(1, sheet(1, "délégué", "pro-1")), table(2, sheet(1, "délégué", "pro-2")))
    assert counts == Counts(0, 1, 0, 0, held=False)
