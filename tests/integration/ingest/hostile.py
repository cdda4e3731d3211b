"""Files that were made to harm whoever opens them, without a spreadsheet program."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

HEADINGS = ("no_evenement", "date_arrestation", "suspect_nom", "suspect_prenom", "suspect_naissance", "motif")
CSV_HEAD = ";".join(HEADINGS) + "\n"
CSV_ROW = "A1;2010-03-01;Roy;Éric;1990-01-01;autre\n"

_BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def sheet_xml(cells: str, before: str = "") -> bytes:
    """A sheet whose first row is the headings, then `cells` as they are."""
    headings = "".join(
        f'<c r="{chr(65 + at)}1" t="inlineStr"><is><t>{heading}</t></is></c>'
        for at, heading in enumerate(HEADINGS)
    )
    rows = f'<row r="1">{headings}</row>{cells}'
    return f'{before}<worksheet xmlns="{_BOOK}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def workbook(
    sheet: bytes, at: str = "xl/worksheets/sheet1.xml", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """The smallest workbook whose only sheet is that part, kept at that place; `parts` go in too."""
    target = at.removeprefix("xl/") if at.startswith("xl/") else f"/{at}"
    content = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/{at}" ContentType="{_TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_BOOK}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="Journal" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="b" Type="{_DOCUMENT}/worksheet" Target="{target}"/>'
        + (
            f'<Relationship Id="c" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
            if parts and "xl/sharedStrings.xml" in parts
            else ""
        )
        + "</Relationships>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in content.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        for name, part in {at: sheet, **(parts or {})}.items():
            book.writestr(name, part)
    return out.getvalue()


def far_cell(reference: str, written: str = 'r="{}"') -> bytes:
    """A sheet with one cell very far away, its reference written in one of XML's ways."""
    return sheet_xml(f"<row><c {written.format(reference)}><v>1</v></c></row>")


def rows_bomb(rows: int) -> bytes:
    """A sheet that unpacks to thousands of times its size: the same row again and again."""
    return sheet_xml('<row><c t="inlineStr"><is><t>x</t></is></c></row>' * rows)


def entity_bomb() -> bytes:
    """A text that its own definitions make a thousand million letters long."""
    lines = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "aaaaaaaaaa">' for n in range(9)
    )
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [{lines}]>'
    return sheet_xml('<row><c t="inlineStr"><is><t>&e8;</t></is></c></row>', doctype)


def strings_bomb(texts: int) -> dict[str, bytes]:
    """A table of strings far larger than what the sheet uses."""
    items = "<si><t>aaaaaaaaaaaaaaaa</t></si>" * texts
    return {"xl/sharedStrings.xml": f'<sst xmlns="{_BOOK}" count="1">{items}</sst>'.encode()}


SMALL_BOOKS: dict[str, bytes] = {
    "apostrophes": workbook(far_cell("Z9999999", "r='{}'")),
    "spaces": workbook(far_cell("XFD1048576", 'r = "{}"')),
    "lines": workbook(far_cell("XFD1048576", 'r\n=\n"{}"')),
    "lower case": workbook(far_cell("xfd1048576")),
    "an entity for a letter": workbook(far_cell("&#x58;FD1048576")),
    "another attribute first": workbook(far_cell("XFD1048576", 's="0" r="{}"')),
    "an odd folder": workbook(far_cell("XFD1048576"), "feuilles/une.xml"),
    "an odd ending": workbook(far_cell("XFD1048576"), "xl/worksheets/sheet1.bin"),
    "beyond the sheet": workbook(far_cell("ZZZZZZZ4294967295")),
    "entities": workbook(entity_bomb()),
    "a prefix": workbook(far_cell("XFD1048576").replace(b"<c ", b"<x:c ").replace(b"</c>", b"</x:c>")),
}
