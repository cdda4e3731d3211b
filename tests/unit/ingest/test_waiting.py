"""A row without a key has only those withdrawals wait that it may be about, and the sender is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.ingest import FileReport, ingest
from bilan.intake.protocol import COLUMNS

pytestmark = pytest.mark.integration

MARCH, APRIL = "2010-03-31", "2010-04-30"
PEOPLE = ["Roy;Luc;1985-01-01", "Côté;Guy;1986-02-02", "Morin;Léo;1987-03-03", "Pelletier;Jo;1988-04-04"]
Tell = Callable[..., FileReport]


def arrest(number: str, person: str) -> str:
    return f"{number};2010-03-01;{person};autre"


ARRESTS = [arrest(f"A{n}", PEOPLE[n % 4]) for n in range(8)]


@pytest.fixture
def tell(home: Home, drop: Callable[..., Path]) -> Tell:
    def run(day: str, *rows: str, log: str = "arrestations", sender: str = "SPAL") -> FileReport:
        drop(f"{sender}/{log}_{day}.csv", *rows)
        return ingest(home).files[0]

    return run


@pytest.mark.parametrize(
    ("unread", "waiting"),
    [
        (arrest("", PEOPLE[3]), ["A7"]),  # whoever it is, she is not in A6
        (arrest("", PEOPLE[0]), []),
        (arrest("", "Jamais;Vu;1990-01-01"), []),
        (arrest("A6", "Morin;;1987-03-03"), ["A6"]),  # the person by half: any of that number
        (arrest("A9", "Morin;;1987-03-03"), []),
        (arrest("", "Morin;;1987-03-03"), ["A6", "A7"]),
    ],
)
def test_withdrawals_wait_for_a_row_that_may_be_theirs(tell: Tell, unread: str, waiting: list[str]) -> None:
    tell(MARCH, *ARRESTS)
    report = tell(APRIL, *ARRESTS[:6], unread)
    assert (report.refused, report.retracted) == (1, 2 - len(waiting))
    assert [(one.code, one.row) for one in report.warnings] == [("withdrawals_wait", 8)] * bool(waiting)
    assert all(cell not in one.message for one in report.warnings for cell in ("Morin", "1987", "A6"))
    mended = tell("2010-05-31", *ARRESTS[:6])
    assert (mended.retracted, mended.warnings) == (len(waiting), ())


def test_one_that_stands_by_another_row_s_key_is_not_counted(tell: Tell) -> None:
    tell(MARCH, *ARRESTS)
    report = tell(APRIL, *ARRESTS[:7], arrest("A7", PEOPLE[3]).replace("autre", "?"), arrest("", PEOPLE[3]))
    assert (report.retracted, report.warnings) == (0, ())


def test_of_several_rows_the_first_are_named_by_their_numbers(tell: Tell) -> None:
    tell(MARCH, *ARRESTS)
    [warned] = tell(APRIL, *ARRESTS[:6], *[arrest("", PEOPLE[n % 4]) for n in range(7)]).warnings
    assert warned.row is None
    assert "2 faits" in warned.message
    assert "8, 9, 10, 11, 12 et 2 autres" in warned.message


def test_a_key_of_two_cells_is_known_by_the_one_that_can_be_read(tell: Tell) -> None:
    def exchange(number: str, rank: str = "") -> str:
        return f"{number};2010-03-01;CJM;SPAL;oui;entourage;;;;;;{rank}"

    rows = [exchange(f"E{n}") for n in range(8)]
    tell(MARCH, *rows, log="echanges", sender="CJM")
    unread = exchange("E7", "premier")
    report = tell(APRIL, *rows[:6], unread, log="echanges", sender="CJM")
    assert [(one.row, one.column) for one in report.refusals] == [(8, "rang")]
    assert report.retracted == 1
    assert ["un fait" in one.message for one in report.warnings] == [True]


def test_a_person_known_by_two_names_is_one(tell: Tell) -> None:
    def met(number: str, person: str, day: str = "2010-03-01") -> str:
        return f"{number};{day};{person};non;"

    named, referred, both = f"{PEOPLE[0]};", ";;;R1", f"{PEOPLE[0]};R1"
    others = [met(f"M{n}", f"{PEOPLE[1 + n % 3]};") for n in range(2, 8)]
    tell(MARCH, met("M0", both), met("M1", referred), *others, log="jeunes_rencontres")
    report = tell(APRIL, met("M0", both), met("", named), *others, log="jeunes_rencontres")
    assert (report.retracted, len(report.warnings)) == (0, 1)


def test_a_breach_withdraws_nothing_of_what_its_row_said_before(home: Home, tell: Tell) -> None:
    tell(MARCH, *ARRESTS)
    line = dict.fromkeys(COLUMNS, "") | {"sender": "SPAL", "recipient": "BILAN", "kind": "arrestations"}
    line |= {"nominative": "no", "consent": "not_required", "status": "signed"}
    folder = home.root / "reference"
    folder.mkdir(exist_ok=True)
    (folder / "protocol.csv").write_text(f"{','.join(COLUMNS)}\n{','.join(line.values())}\n", "utf-8")
    report = tell(APRIL, *ARRESTS[:4])
    assert {refusal.code for refusal in report.refusals} == {"protocol_breach"}
    assert (report.held, report.retracted) == (False, 4)
