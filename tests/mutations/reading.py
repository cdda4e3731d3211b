"""A file read, reduced to what makes events, and what its report says."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bilan.contracts import CONTRACTS, Kind
from bilan.intake import Reference, Source, Statement, UnreadError, load_reference, read_statement
from bilan.intake.inputs import ROWS_OF_A_SHEET

Fact = tuple[tuple[str, Any], ...]  # one row's cells by column, those that events keep
_NOT_IN_EVENTS = frozenset({"row", "repeat", "sheet"})  # where a row stood


@dataclass(frozen=True)
class Told:
    """One thing that a report says, and of what; all None: of the whole file."""

    code: str
    message: str
    sheet: str | None
    row: int | None
    column: str | None


@dataclass(frozen=True)
class Read:
    """What was read of a file. `facts`: the rows taken, each with its number in the sheet."""

    facts: tuple[tuple[int, Fact], ...]
    rows: int
    refusals: tuple[Told, ...]
    warnings: tuple[Told, ...]
    extra_columns: tuple[str, ...]
    kept_out: bool  # refused, held or unread: nothing of it is taken

    @property
    def counted(self) -> "Counter[Fact]":
        """The rows taken, in no order."""
        return Counter(fact for _, fact in self.facts)

    @property
    def refused_rows(self) -> int:
        """How many rows were refused."""
        return len({(told.sheet, told.row) for told in self.refusals if told.row is not None})

    def beyond(self, known: frozenset[tuple[str, str, str | None]]) -> "Read":
        """The same, without the warnings that are known: code, message, column."""
        new = tuple(one for one in self.warnings if (one.code, one.message, one.column) not in known)
        return replace(self, warnings=new)

    def said(self) -> list[str]:
        """Everything that people would read."""
        told = [
            text
            for one in (*self.refusals, *self.warnings)
            for text in (one.code, one.message, one.column, one.sheet)
        ]
        return [text for text in (*told, *self.extra_columns) if text]


@cache
def reference() -> Reference:
    """The packaged reference."""
    return load_reference(None)


def read(content: bytes, source: Source) -> Read:
    """Read a file as intake does, or say that it brought its reader down, twice: a busy machine may once."""
    try:
        statement = _statement(content, source)
    except UnreadError as problem:
        return Read((), 0, (Told("unread", str(problem), None, None, None),), (), (), True)
    doubt = statement.doubt
    return Read(
        facts=() if doubt is not None else _facts(statement),
        rows=statement.rows,
        refusals=tuple(
            Told(row["code"], row["message"], row.get("sheet"), row["row"], row["column"])
            for row in statement.refusals.iter_rows(named=True)
        )
        + (() if doubt is None else (Told("doubt", str(doubt), None, None, None),)),
        warnings=tuple(
            Told(one.code, one.message, one.sheet, one.row, one.column) for one in statement.warnings
        ),
        extra_columns=tuple(statement.extra_columns),
        kept_out=statement.file_refused or doubt is not None,
    )


def _statement(content: bytes, source: Source) -> Statement:
    try:
        return read_statement(content, source, reference())
    except UnreadError:
        return read_statement(content, source, reference())


def _facts(statement: Statement) -> tuple[tuple[int, Fact], ...]:
    """The accepted rows that are no repeats. Names compare as people do, a person by her or his keys."""
    kinds = {column.name: column.kind for column in CONTRACTS[statement.source.log].columns}
    facts = []
    for row in statement.accepted.iter_rows(named=True):
        if row["repeat"]:
            continue
        cells = {
            name: _folded(value) if kinds.get(name) is Kind.NAME else _plain(value)
            for name, value in row.items()
            if name not in _NOT_IN_EVENTS and kinds.get(name) is not Kind.REFERENCE
        }
        facts.append((row["row"] % ROWS_OF_A_SHEET, tuple(sorted(cells.items()))))
    return tuple(facts)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _folded(name: str | None) -> str | None:
    if name is None:
        return None
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"[\s\-'’.\u00ad\u200b-\u200d\u2010-\u2015\ufeff]",
        "",
        "".join(x for x in letters if not unicodedata.combining(x)),
    )
