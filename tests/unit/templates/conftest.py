"""Templates, opened, and what intake makes of them once filled in."""

from collections.abc import Callable

import pytest

from bilan.contracts import CONTRACTS
from bilan.intake import Reference, Source, Statement, load_reference, read_statement
from bilan.templates import template
from tests.unit.templates.opened import STATEMENT_DATE, Book, sender_of


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(None)


@pytest.fixture
def book(reference: Reference) -> Callable[[str], Book]:
    """book(log): the template of the log's usual sender, opened."""

    def open_(log: str) -> Book:
        contract = CONTRACTS[log]
        sender = sender_of(contract)
        return Book(contract, sender, template(contract, sender, reference))

    return open_


@pytest.fixture
def read(reference: Reference) -> Callable[[Book, bytes], Statement]:
    """read(book, content): the statement that intake makes of a workbook."""

    def read(book: Book, content: bytes) -> Statement:
        log = book.contract.log
        source = Source(f"{book.sender}/{log}.xlsx", book.sender, log, STATEMENT_DATE, ".xlsx")
        return read_statement(content, source, reference)

    return read
