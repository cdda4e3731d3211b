"""Texts written in several runs, some of which are struck through, or raised as a footnote's mark is."""

import zipfile
from enum import Enum, auto

from bilan.intake.parts import CHUNK, Attributes, is_on, local, parse

_LONGEST = 16
_MARKS = (b"strike", b"vertAlign")


class Struck(Enum):
    """How much of a text is struck through."""

    PART = auto()
    WHOLE = auto()


class Runs:
    """The runs of one text, while its elements go by."""

    def __init__(self) -> None:
        self._struck: list[bool] = []
        self._is_raised = False

    def start(self, element: str, attributes: Attributes) -> None:
        """See a run begin, or a mark on it."""
        if element == "r":
            self._struck.append(False)
        elif element == "strike" and self._struck:
            self._struck[-1] = is_on(attributes.get("val", "1"))
        elif element == "vertAlign" and self._struck:
            self._is_raised |= attributes.get("val") != "baseline"

    @property
    def struck(self) -> Struck | None:
        """How much; null where nothing is. What is raised counts as a part."""
        if self._is_raised:
            return Struck.PART
        if not any(self._struck):
            return None
        return Struck.WHOLE if all(self._struck) else Struck.PART


def struck_texts(book: zipfile.ZipFile, part: str) -> dict[str, Struck]:
    """Those of a workbook's shared texts that are struck through, by their number from 0.

    Most workbooks have none: their texts are not read as XML.
    """
    if not _mentions(book, part):
        return {}
    texts: list[Runs] = []

    def start(name: str, attributes: Attributes) -> None:
        element = local(name)
        if element == "si":
            texts.append(Runs())
        elif texts:
            texts[-1].start(element, attributes)

    parse(book, part, start)
    return {str(number): runs.struck for number, runs in enumerate(texts) if runs.struck}


def _mentions(book: zipfile.ZipFile, part: str) -> bool:
    """Whether the word for it stands anywhere in a part."""
    with book.open(part) as stream:
        end = b""
        while chunk := stream.read(CHUNK):
            if any(mark in end + chunk for mark in _MARKS):
                return True
            end = chunk[-_LONGEST:]
    return False
