"""Files that are not what their name says, and workbooks saved by other hands than ours."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from bilan.contracts import Kind
from tests.mutations.catalogue import Change, Stage, add, mutation
from tests.mutations.draft import CSV, REMARKS, XLSX, Cell, Draft
from tests.mutations.writing import as_text, written_workbook

_FILES: Any = {"family": "files", "stage": Stage.WRITING}
_WORKBOOK: Any = {**_FILES, "suffixes": (XLSX,)}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def on_sheet(edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """An edit of the XML of a workbook's first sheet."""
    return on_part(r"xl/worksheets/sheet1\.xml", edit)


def on_part(pattern: str, edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """An edit of the parts of a workbook whose names match."""

    def edited(content: bytes) -> bytes:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as book,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for part in book.infolist():
                data = book.read(part)
                new.writestr(
                    part.filename,
                    edit(data.decode()).encode() if re.fullmatch(pattern, part.filename) else data,
                )
        return out.getvalue()

    return edited


def _is_uncomputed(cell: Any) -> bool:
    return isinstance(cell, Cell) and cell.formula is not None and cell.value is None


def _replaced(content: Callable[[Draft], bytes]) -> Change:
    """A file whose bytes are others'."""

    def apply(draft: Draft) -> bool:
        uncomputed = any(_is_uncomputed(cell) for line in draft.lines for cell in line.cells.values())
        cells = [cell for line in draft.lines for cell in line.cells.values() if isinstance(cell, Cell)]
        if uncomputed or any(cell.form or cell.error for cell in cells) or len(draft.sheets) > 1:
            return False  # which no other format can say
        data = content(draft)
        draft.writing.on_bytes.append(lambda _: data)
        draft.touch_all()
        draft.touched_columns.update(draft.columns)
        return True

    return apply


def _compound(*names: str) -> bytes:
    """The beginning of a compound file that holds streams of those names."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in ("Root Entry", *names)
    )
    header = OLE + b"\0" * 16 + bytes.fromhex("3e000300feff0900") + b"\0" * 480
    return header.ljust(512, b"\0") + entries.ljust(1024, b"\0")


def _html(draft: Draft) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(as_text(cell, draft.writing))}</td>" for cell in row) + "</tr>"
        for row in draft.sheets[0].grid
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def _opendocument(draft: Draft) -> bytes:
    """A minimal .ods, which LibreOffice would open."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{escape(as_text(cell, draft.writing))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in draft.sheets[0].grid
    )
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Journal">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", body)
    return out.getvalue()


def _plain(draft: Draft) -> bytes:
    lines = (";".join(as_text(cell, draft.writing) for cell in row) for row in draft.sheets[0].grid)
    return "\r\n".join(lines).encode()


for _name, _content, _suffixes in (
    ("old-workbook-renamed", lambda _: _compound("Workbook"), (XLSX, CSV)),
    ("workbook-behind-a-password", lambda _: _compound("EncryptionInfo", "EncryptedPackage"), (XLSX,)),
    ("web-page-renamed", _html, (XLSX, CSV)),
    ("opendocument-renamed", _opendocument, (XLSX, CSV)),
    ("text-renamed-as-a-workbook", _plain, (XLSX,)),
    (
        "pdf-renamed",
        lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
        (XLSX, CSV),
    ),
    ("json-renamed", lambda _: b'[{"no_evenement": "E-1"}]', (XLSX, CSV)),
    (
        "error-page-saved",
        lambda _: b"<!DOCTYPE html><html><body>Session expir\xc3\xa9e</body></html>",
        (XLSX, CSV),
    ),
    ("rich-text-renamed", lambda _: rb"{\rtf1\ansi no_evenement;date\par}", (CSV,)),
    ("zip-of-the-file", lambda draft: _zipped(_plain(draft)), (XLSX, CSV)),
    ("zip-cut-short", lambda draft: _opendocument(draft)[:300], (XLSX,)),
):
    add(_name, "files", Stage.WRITING, _replaced(_content), suffixes=_suffixes)


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("journal.csv", content)
    return out.getvalue()


@mutation("workbook-renamed-as-text", **_FILES, suffixes=(CSV,))
def _workbook_as_text(draft: Draft) -> bool:
    draft.touch_all()
    draft.touched_columns.update(draft.columns)
    draft.writing.on_bytes.append(lambda _: written_workbook(draft))
    return True


def _placeless(xml: str) -> str:
    """Cells one after the other, as some programs write them, the blank ones too."""
    rows = []
    for number, body in re.findall(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', xml, re.S):
        cells = {
            _place(ref): cell for cell, ref in re.findall(r'(<c r="([A-Z]+)\d+".*?(?:/>|</c>))', body, re.S)
        }
        filled = [
            re.sub(r' r="[A-Z]+\d+"', "", cells.get(at, "<c/>")) for at in range(1, max(cells, default=0) + 1)
        ]
        rows.append(f'<row r="{number}">{"".join(filled)}</row>')
    return re.sub(
        r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(rows)}</sheetData>", xml, flags=re.S
    )


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _edited(edit: Callable[[str], str]) -> Change:
    def apply(draft: Draft) -> bool:
        draft.writing.on_bytes.append(on_sheet(edit))
        return True

    return apply


def _far(reference: str, row: int, cell: str) -> Callable[[str], str]:
    return lambda xml: xml.replace(
        "</sheetData>", f'<row r="{row}">{cell.format(reference)}</row></sheetData>'
    )


for _name, _edit, _same in (
    (
        "empty-row-at-the-very-end",
        lambda xml: xml.replace("</sheetData>", '<row r="1048576"/></sheetData>'),
        True,
    ),
    ("styled-cell-at-the-very-end", _far("XFD1048576", 1048576, '<c r="{}" s="0"/>'), True),
    ("blank-text-far-away", _far("AZ20000", 20000, '<c r="{}" t="inlineStr"><is><t> </t></is></c>'), True),
    ("stray-text-far-below", _far("B5000", 5000, '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'), False),
    ("dimension-too-small", lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml), True),
    (
        "dimension-too-large",
        lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml),
        True,
    ),
    ("dimension-missing", lambda xml: re.sub(r"<dimension[^>]*/>", "", xml), True),
    ("rows-without-their-numbers", lambda xml: re.sub(r'(<row )r="\d+" ?', r"\1", xml), True),
    ("cells-without-their-places", _placeless, True),
):
    add(_name, "files", Stage.WRITING, _edited(_edit), suffixes=(XLSX,), same=_same)


@mutation("column-filled-down", family="around", stage=Stage.LAYOUT)
def _filled_down(draft: Draft) -> bool:
    """One value pulled down to row 800, with nothing else on those rows."""
    listed = [
        column for column in draft.kinds(Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_UNKNOWN) if not column.required
    ]
    names = [column.name for column in listed if column.name in draft.columns]
    if not names:
        return False
    name = draft.random.choice(names)
    value = next((line.cells[name] for line in draft.lines if isinstance(line.cells[name], str)), "non")
    row = [value if column == name else None for column in draft.columns]
    draft.sheet.grid += [list(row) for _ in range(len(draft.sheet.grid), 800)]
    draft.most_lines = 60
    return True


@mutation("rows-of-styles-alone", family="around", stage=Stage.LAYOUT, suffixes=(XLSX,), same=True)
def _styled_rows(draft: Draft) -> bool:
    draft.sheet.grid += [[Cell("", form="0")] * len(draft.columns) for _ in range(60)]
    return True


@mutation("shared-strings-in-runs", **_WORKBOOK, same=True)
def _runs(draft: Draft) -> bool:
    """Text of which a part is bold."""
    draft.writing.on_bytes.append(on_part(r"xl/sharedStrings\.xml", _in_runs))
    return True


def _in_runs(xml: str) -> str:
    def runs(match: "re.Match[str]") -> str:
        text = match[1]
        if len(text) < 4 or "&" in text:
            return match[0]
        first, rest = text[:2], text[2:]
        return (
            f'<si><r><rPr><b/></rPr><t xml:space="preserve">{first}</t></r>'
            f'<r><t xml:space="preserve">{rest}</t></r></si>'
        )

    return re.sub(r"<si><t[^>]*>([^<]*)</t></si>", runs, xml)


@mutation("shared-strings-with-a-phonetic-guide", **_WORKBOOK)
def _phonetic(draft: Draft) -> bool:
    guide = '<rPh sb="0" eb="1"><t>yomi</t></rPh>'
    draft.writing.on_bytes.append(
        on_part(r"xl/sharedStrings\.xml", lambda xml: xml.replace("</t></si>", f"</t>{guide}</si>"))
    )
    return True


@mutation("carriage-returns-escaped", **{**_WORKBOOK, "family": "remarks", "stage": Stage.LINES})
def _escaped(draft: Draft) -> bool:
    """« _x000D_ » behind a value, as some exports leave."""
    cells = draft.free(draft.kinds(Kind.CHOICE, Kind.YES_NO, Kind.NAME), lambda value: isinstance(value, str))
    for line, name in cells[:2]:
        draft.put(line, name, f"{line.cells[name]}\u241f")
    draft.writing.needed.add("xlsxwriter")  # which writes letters as they are
    edit = on_part(r"xl/sharedStrings\.xml", lambda xml: xml.replace("\u241f", "_x000D_"))
    draft.writing.on_bytes.append(edit)
    return bool(cells)


@mutation("elements-with-a-prefix", **_WORKBOOK, same=True)
def _prefixed(draft: Draft) -> bool:
    """Sheets whose XML names its namespace, as some report servers write them."""

    def edit(xml: str) -> str:
        return re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml).replace('xmlns="', 'xmlns:x="')

    draft.writing.on_bytes.append(on_sheet(edit))
    return True


@mutation("remarks-as-long-as-a-cell-may-be", family="remarks", stage=Stage.LINES, same=True)
def _long_remarks(draft: Draft) -> bool:
    draft.lines[0].cells[REMARKS] = "a" * 32_000
    return True
