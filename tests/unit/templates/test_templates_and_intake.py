"""What a template lets in, intake accepts; what it forbids, intake refuses."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.contracts import CONTRACTS, Kind, Presence
from bilan.home import Home
from bilan.ingest import ingest
from bilan.intake import Statement
from tests.unit.templates.opened import STATEMENT_DATE, Book, filled_rows

Open = Callable[[str], Book]
Read = Callable[[Book, bytes], Statement]

every_log = pytest.mark.parametrize("log", CONTRACTS)


def refused(statement: Statement) -> list[tuple[Any, ...]]:
    return statement.refusals.select("column", "code").rows()


@every_log
def test_a_template_as_it_is_holds_no_row(book: Open, read: Read, log: str) -> None:
    template = book(log)
    statement = read(template, template.content)
    assert (statement.rows, statement.file_refused, refused(statement)) == (0, False, [])
    assert statement.extra_columns == ()


@every_log
def test_a_filled_template_is_accepted_whole(book: Open, read: Read, log: str) -> None:
    template = book(log)
    rows = list(filled_rows(template))
    statement = read(template, template.fill(*rows))
    assert refused(statement) == []
    assert (statement.rows, statement.accepted.height) == (len(rows), len(rows))
    assert statement.extra_columns == ()


@every_log
def test_every_value_that_a_list_offers_is_read_as_itself(book: Open, read: Read, log: str) -> None:
    template = book(log)
    rows = list(filled_rows(template))
    accepted = read(template, template.fill(*rows)).accepted
    for column in CONTRACTS[log].columns:
        if column.kind in (Kind.CHOICE, Kind.PARTNER):
            assert accepted[column.name].to_list() == [row[column.name] for row in rows]


@every_log
def test_the_example_is_the_least_that_is_accepted(book: Open, read: Read, log: str) -> None:
    statement = read(template := book(log), template.without_mark())
    assert (statement.rows, refused(statement)) == (1, [])
    subject, example = CONTRACTS[log].subject, dict(zip(template.headings, template.example, strict=True))
    for column in CONTRACTS[log].columns:
        if column.required or (subject.presence is Presence.NAMED and column.name in subject.columns):
            assert example[column.name] is not None


@every_log
def test_what_a_list_does_not_offer_is_refused(book: Open, read: Read, log: str) -> None:
    template = book(log)
    row = next(filled_rows(template))
    listed = [name for name in template.headings if template.check(name).type == "list"]
    wrong = dict.fromkeys(listed, "hors liste")
    statement = read(template, template.fill({**row, **wrong}))
    assert [(name, "unknown_value") for name in listed] == [
        finding for finding in refused(statement) if finding[1] == "unknown_value"
    ]
    assert statement.accepted.is_empty()


@every_log
def test_a_number_out_of_its_bounds_is_refused(book: Open, read: Read, log: str) -> None:
    template = book(log)
    row = next(filled_rows(template))
    checks = {name: template.check(name) for name in template.headings}
    numbers = [name for name, check in checks.items() if check.type in ("whole", "decimal")]
    below = {name: float(checks[name].formula1) - 1 for name in numbers}
    statement = read(template, template.fill({**row, **below}))
    assert refused(statement) == [(name, "bad_number") for name in numbers]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2008, 8, 31), "date_before_programme"),
        (date(2019, 10, 1), "date_in_future"),
        ("mars", "bad_date"),
    ],
)
def test_a_principal_date_that_the_check_forbids_is_refused(
    book: Open, read: Read, day: date | str, code: str
) -> None:
    template = book("arrestations")
    row = next(filled_rows(template)) | {"date_arrestation": day, "programme": "MOBILIS"}
    assert refused(read(template, template.fill(row))) == [("date_arrestation", code)]


@pytest.mark.parametrize(("text", "precision"), [("2018-03", "month"), ("2018", "year")])
def test_a_date_whose_day_is_not_known_is_text(book: Open, read: Read, text: str, precision: str) -> None:
    template = book("arrestations")
    row = next(filled_rows(template)) | {"date_arrestation": text}
    accepted = read(template, template.fill(row)).accepted
    assert accepted["date_arrestation_precision"].to_list() == [precision]


@pytest.mark.integration
def test_the_filled_templates_of_every_log_are_taken_in(book: Open, tmp_path: Path) -> None:
    folder = tmp_path / "received"
    rows = {}
    for log in CONTRACTS:
        template = book(log)
        path = folder / template.sender / f"{log}_{STATEMENT_DATE}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        filled = list(filled_rows(template))
        path.write_bytes(template.fill(*filled))
        rows[log] = len(filled)
    report = ingest(Home(tmp_path / "home").create(), [folder])
    assert {file.log: (file.accepted, file.held) for file in report.files} == {
        log: (count, False) for log, count in rows.items()
    }
    assert report.exit_code == 0
    assert all(file.asserted for file in report.files)
