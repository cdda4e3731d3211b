"""The parts of a workbook, read as XML."""

import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from bilan.intake.grids import UnreadableFileError

CHUNK = 1 << 16  # bytes
Attributes = dict[str, str]


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def parse(book: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], Any]) -> None:
    """Tell `start` of each element of a part. Raises UnreadableFileError for one that defines entities."""
    parser = expat.ParserCreate()
    parse_with(parser, book, part, start)


def parse_with(
    parser: Any, book: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], Any]
) -> None:
    """As `parse`, by a parser whose other handlers are set."""
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_definitions
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


def is_on(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in ("1", "true", "on")


def _refuse_definitions(*_: object) -> None:
    """A sheet defines no entity: only a bomb does."""
    raise UnreadableFileError
