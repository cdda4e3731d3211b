"""A workbook as a package of parts: which part is which sheet, and what its styles and settings say.

Its parts are read as XML, within bounds: its reader fills the rectangle of all its cells, so that one stray
cell in the last corner of a sheet would ask for hundreds of gigabytes.
"""

import contextlib
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from bilan.intake.formats import Shown, shown_by
from bilan.intake.grids import UnreadableFileError
from bilan.intake.parts import Attributes, is_on, local, parse
from bilan.intake.runs import Struck, struck_texts

MOST_BYTES = 1 << 30  # of the whole workbook, unpacked
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    expat.ExpatError,
)


class _RootSeenError(Exception):
    """The parser has seen what a part is."""


@dataclass(frozen=True)
class Style:
    """How a cell's number is shown, and whether its text is struck through."""

    shown: Shown = Shown.AS_STORED
    number: int = 0
    code: str | None = None  # null: built in
    struck: bool = False


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook, in the order of its tabs; `part` is null for one that is a chart."""

    name: str
    hidden: bool
    part: str | None


@dataclass(frozen=True)
class Package:
    """What a workbook says of itself beside its sheets."""

    sheets: tuple[SheetPart, ...]
    styles: tuple[Style, ...]
    days_since_1904: bool
    striking: frozenset[str]  # the numbers of the styles by which a rule strikes text through
    computes_on_opening: bool  # the values of its formulas were never computed by a spreadsheet
    struck_texts: dict[str, Struck]  # by their number, those of the shared texts that are struck through


def open_package(book: zipfile.ZipFile) -> Package:
    """Read everything but the sheets themselves. Raises UnreadableFileError, or what BROKEN lists."""
    parts = book.infolist()
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise UnreadableFileError
    roots = {part.filename: _root(book, part.filename) for part in parts}
    workbook = next((name for name, root in roots.items() if root == "workbook"), None)
    if workbook is None:
        raise UnreadableFileError
    settings = _Settings()
    parse(book, workbook, settings.start)
    styles = _Styles()
    for name, root in roots.items():
        if root == "styleSheet":
            parse(book, name, styles.start)
    texts = next((name for name, root in roots.items() if root == "sst"), None)
    targets = _targets(book, workbook, roots)
    sheets = (
        SheetPart(name, hidden, part if roots.get(part or "") == "worksheet" else None)
        for name, hidden, part in ((name, hidden, targets.get(id_)) for name, hidden, id_ in settings.sheets)
    )
    return Package(
        tuple(sheets),
        styles.listed(),
        settings.days_since_1904,
        styles.striking,
        settings.computes_on_opening,
        struck_texts(book, texts) if texts else {},
    )


def worksheets(book: zipfile.ZipFile) -> list[str]:
    """The parts that are sheets, wherever they lie and whoever refers to them."""
    return [name for name in book.namelist() if _root(book, name) == "worksheet"]


def _root(book: zipfile.ZipFile, part: str) -> str | None:
    """The name of a part's first element; null for what is no XML."""
    found: list[str] = []

    def start(name: str, _: Attributes) -> None:
        found.append(local(name))
        raise _RootSeenError

    with contextlib.suppress(_RootSeenError, expat.ExpatError):
        parse(book, part, start)
    return found[0] if found else None


def _targets(book: zipfile.ZipFile, workbook: str, roots: dict[str, str | None]) -> dict[str, str]:
    """The part of each relation of the workbook, by its identifier."""
    folder, name = posixpath.split(workbook)
    by_name = {part.casefold().replace("\\", "/"): part for part in roots}
    relations = by_name.get(f"{folder}/_rels/{name}.rels".casefold().lstrip("/"))
    targets: dict[str, str] = {}

    def start(element: str, attributes: Attributes) -> None:
        if local(element) == "Relationship":
            path = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = by_name.get(path.lstrip("/").casefold(), "")

    if relations:
        parse(book, relations, start)
    return targets


class _Settings:
    """The workbook's tabs and settings, while its elements go by."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.days_since_1904 = False
        self.computes_on_opening = False

    def start(self, name: str, attributes: Attributes) -> None:
        """See an element begin."""
        match local(name):
            case "sheet":
                relation = next(
                    (text for key, text in attributes.items() if local(key) == "id" and ":" in key), ""
                )
                hidden = attributes.get("state", "visible") != "visible"
                self.sheets.append((attributes.get("name", ""), hidden, relation))
            case "workbookPr":  # an extension has an element of that name too, which says nothing of it
                self.days_since_1904 |= is_on(attributes.get("date1904"))
            case "calcPr":
                self.computes_on_opening = is_on(attributes.get("fullCalcOnLoad"))


class _Styles:
    """The formats of cells, while the elements of a part of styles go by."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._struck: list[bool] = []
        self._of_rules: list[bool] = []
        self._of_cells: list[tuple[int, int]] = []
        self._in = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """See an element begin."""
        element = local(name)
        if element in ("numFmts", "fonts", "cellXfs", "cellStyleXfs", "fills", "borders", "dxfs"):
            self._in = element
        elif element == "numFmt" and self._in == "numFmts":
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif element == "font" and self._in == "fonts":
            self._struck.append(False)
        elif element == "dxf" and self._in == "dxfs":
            self._of_rules.append(False)
        elif element == "strike":
            struck = {"fonts": self._struck, "dxfs": self._of_rules}.get(self._in)
            if struck:
                struck[-1] = is_on(attributes.get("val", "1"))
        elif element == "xf" and self._in == "cellXfs":
            self._of_cells.append((int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0))))

    @property
    def striking(self) -> frozenset[str]:
        """The styles of rules that strike text through, by their number."""
        return frozenset(str(number) for number, struck in enumerate(self._of_rules) if struck)

    def listed(self) -> tuple[Style, ...]:
        """The styles by their number; a workbook without any shows numbers as they are."""
        return tuple(
            Style(
                shown_by(number, self._codes.get(number)),
                number,
                self._codes.get(number),
                font < len(self._struck) and self._struck[font],
            )
            for number, font in self._of_cells
        ) or (Style(),)
