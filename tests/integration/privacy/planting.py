"""A person that exists nowhere else, planted in every nominative cell of every log."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bilan.contracts import CONTRACTS, Column, Contract, Kind
from bilan.intake import Reference, load_reference
from bilan.templates import template
from tests.unit.templates.opened import STATEMENT_DATE, Book, filled_rows, sender_of

SURNAME, GIVEN_NAME, REFERENCE, TEXT = "Zyxwallace", "Quöndrexia", "REFZZ-4471", "Kwxtitre"
NUMBER, ACCOUNT = "NUMZQ-90817", "@kwxcompte"
BIRTH_DATES = ("1987-06-13", "13/06/1987", "19870613", "13 juin 1987")
# folded as the project folds names, too
WORDS = (
    SURNAME,
    GIVEN_NAME,
    "quondrexia",
    REFERENCE,
    "REFZZ4471",
    TEXT,
    NUMBER,
    "NUMZQ90817",
    ACCOUNT,
    *BIRTH_DATES,
)
EARLIER = date(2019, 8, 31)


def plant(inbox: Path) -> None:
    """Files in which she stands in rows accepted, refused, breached, repeated, contradicted and held."""
    reference = load_reference(None)
    for contract in CONTRACTS.values():
        sender = sender_of(contract)
        rows = list(_rows(contract, sender, reference))
        _write(inbox / sender / f"{contract.log}_{STATEMENT_DATE}.csv", rows)
        _write(inbox / sender / f"{contract.log}_{EARLIER}.csv", rows[:2])
    late = inbox / "SPAL" / "arrestations_2019-07-31.csv"
    late.write_bytes((inbox / "SPAL" / f"arrestations_{EARLIER}.csv").read_bytes())
    (inbox / "SPAL" / "operations_2019-07-31.csv").write_text(f"{SURNAME};{GIVEN_NAME}\nx;y\n", "utf-8")
    (inbox / "SPAL" / "references_2019-07-31.xlsx").write_bytes(b"PK\x03\x04 " + SURNAME.encode())
    (inbox / "INCONNU").mkdir()
    (inbox / "INCONNU" / "notes_2019-07-31.csv").write_text(f"{SURNAME};{GIVEN_NAME}", "utf-8")


def _rows(contract: Contract, sender: str, reference: Reference) -> Iterator[dict[str, Any]]:
    book = Book(contract, sender, template(contract, sender, reference))
    filled = list(filled_rows(book))
    whole = [
        {c.name: _cell(c, row[c.name], turn) for c in contract.columns} for turn, row in enumerate(filled)
    ]
    yield from whole
    yield whole[0]  # repeated
    yield {**whole[0], **{c.name: date(2018, 2, 2) for c in contract.columns if c.kind is Kind.DATE}}
    yield dict.fromkeys(whole[0], SURNAME)  # refused, cell by cell
    yield dict.fromkeys(whole[0], BIRTH_DATES[1])
    if contract.subject.consent:  # breached
        named = {c.name: _cell(c, "", 900) for c in contract.columns if c.name in contract.subject.columns}
        number = {contract.key[0]: f"{NUMBER}-900"}
        yield {**whole[0], **named, **number, contract.subject.consent: "non"}


def _cell(column: Column, value: Any, turn: int) -> Any:
    """What the row holds of her in that column; what was there otherwise."""
    number = ACCOUNT if column.name == "compte" else f"{NUMBER}-{turn}"
    hers = {
        Kind.NAME: SURNAME if column.name.endswith("_nom") else GIVEN_NAME,
        Kind.BIRTH_DATE: BIRTH_DATES[turn % 2],
        Kind.REFERENCE: REFERENCE,
        Kind.NUMBER: number,
        Kind.FREE_TEXT: f"{TEXT} vue avec {GIVEN_NAME} {SURNAME}",
    }
    return None if value is None else hers.get(column.kind, value)


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue(), "utf-8")
