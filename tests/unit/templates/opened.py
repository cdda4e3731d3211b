"""Templates as partners open and fill them: through another library than the one that wrote them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bilan.contracts import Contract, Kind
from bilan.intake import load_reference
from bilan.intake.protocol import PARTIES
from bilan.intake.tables import EXAMPLE_MARK

STATEMENT_DATE = date(2019, 9, 30)
FIRST_DAY = date(2018, 1, 8)  # every programme runs
BIRTH = date(2002, 5, 14)
HEADINGS_ROW, EXAMPLE_ROW = 5, 6  # 1-based, as people see them


def sender_of(contract: Contract) -> str:
    return (contract.senders or ("CAVAC",))[0]


@dataclass
class Book:
    """A template, opened."""

    contract: Contract
    sender: str
    content: bytes

    def __post_init__(self) -> None:
        self.workbook: Any = load_workbook(BytesIO(self.content))
        self.sheet: Any = self.workbook["Journal"]

    @property
    def headings(self) -> list[str]:
        return [cell.value for cell in self.sheet[HEADINGS_ROW]]

    @property
    def example(self) -> list[Any]:
        return [cell.value for cell in self.sheet[EXAMPLE_ROW]]

    def check(self, heading: str) -> Any:
        """The check on the cells of a column, as the spreadsheet program sees it."""
        place = self.headings.index(heading) + 1
        address = self.sheet.cell(EXAMPLE_ROW, place).coordinate
        checks = [one for one in self.sheet.data_validations.dataValidation if address in one.sqref]
        assert len(checks) == 1
        return checks[0]

    def listed(self, heading: str) -> list[str]:
        """What the drop-down list of a column shows."""
        name, cells = self.check(heading).formula1.split("!")
        return [row[0].value for row in self.workbook[name][cells.replace("$", "")]]

    def several(self, heading: str) -> list[str]:
        """The values that the sheet of lists shows of a column that takes several."""
        for column in self.workbook["Listes"].iter_cols(values_only=True):
            if column[0] == f"Valeurs de {heading}":
                return [value for value in column[1:] if value is not None]
        raise AssertionError(heading)

    def fill(self, *rows: dict[str, Any]) -> bytes:
        """The template with these rows under its example; other cells stay blank."""
        headings = self.headings
        for line, row in enumerate(rows, start=EXAMPLE_ROW + 1):
            for heading, value in row.items():
                self.sheet.cell(line, headings.index(heading) + 1).value = value
        return self.saved()

    def without_mark(self) -> bytes:
        """The template whose example row has become an ordinary one."""
        cell = self.sheet.cell(EXAMPLE_ROW, 1)
        cell.value = cell.value.removeprefix(f"{EXAMPLE_MARK} : ")
        return self.saved()

    def saved(self) -> bytes:
        out = BytesIO()
        self.workbook.save(out)
        return out.getvalue()


def filled_rows(book: Book) -> Iterator[dict[str, Any]]:
    """Whole rows, in which every value of every list of the workbook occurs."""
    kinds = {column.name: column.kind for column in book.contract.columns}
    lists = {name: book.listed(name) for name in kinds if book.check(name).type == "list"}
    lists |= {name: book.several(name) for name, kind in kinds.items() if kind is Kind.CHOICES}
    for turn in range(max(map(len, lists.values()))):
        row = {name: _value(book, name, kind, lists, turn) for name, kind in kinds.items()}
        subject = book.contract.subject
        if subject.consent and row[subject.consent] == "non":
            row |= dict.fromkeys(subject.named_columns)
        if not _is_permitted(book.contract, row):
            row |= dict.fromkeys(subject.columns)
        yield row


def _is_permitted(contract: Contract, row: dict[str, Any]) -> bool:
    """Whether the protocol lets the exchange that a row tells of speak of a person."""
    if contract.log not in PARTIES:
        return True
    sender, recipient, kind = (row[name] for name in PARTIES[contract.log])
    protocol = load_reference(None).protocol
    return all(protocol.permitted(sender, recipient, one, FIRST_DAY) for one in kind.split(", "))


def _value(book: Book, name: str, kind: Kind, lists: dict[str, list[str]], turn: int) -> Any:
    check = book.check(name)
    if kind is Kind.CHOICES:
        return ", ".join((lists[name][turn % len(lists[name])], lists[name][0]))
    if name in lists:
        return lists[name][turn % len(lists[name])]
    if check.type == "custom":
        return BIRTH if kind is Kind.BIRTH_DATE else FIRST_DAY + timedelta(days=turn)
    if check.type == "whole":
        return int(check.formula1) + turn
    if check.type == "decimal":
        return float(check.formula1) + turn + 0.5
    return f"{name} {turn}"
