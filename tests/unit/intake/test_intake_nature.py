"""A file is taken for what it is, whatever its name says, and named where it can't be read."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from bilan.intake import Statement
from bilan.intake.grids import UnreadableFileError
from bilan.intake.nature import ADVICE, kind_of_file

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
TABLE = "<table><tr><td>no_evenement</td></tr></table>"
EXCEL_2003 = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x"/>'


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OTHERS = {
    "a password": ("password", CONTAINER + "EncryptedPackage".encode("utf-16-le")),
    "an old workbook": ("old_workbook", CONTAINER + "Workbook".encode("utf-16-le")),
    "an older one": ("old_workbook", b"\x09\x08\x10\x00\x00\x06"),
    "a binary workbook": (
        "binary_workbook",
        zipped(**{"xl__workbook.bin": b"x", "[Content_Types].xml": b"x"}),
    ),
    "calc": ("open_document", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
    "writer": ("word_document", zipped(mimetype=b"application/vnd.oasis.opendocument.text")),
    "word": ("word_document", zipped(**{"word__document.xml": b"x", "[Content_Types].xml": b"x"})),
    "an old letter": ("word_document", CONTAINER + "WordDocument".encode("utf-16-le")),
    "numbers": ("numbers_document", zipped(**{"Index__Document.iwa": b"x"})),
    "an archive": ("archive", zipped(**{"journal.csv": b"x"})),
    "another archive": ("archive", b"\x1f\x8b\x08\x00"),
    "a page": ("web_page", f"<!DOCTYPE html>\n<html><body>{TABLE}".encode()),
    "a page with its mark": ("web_page", f"\r\n<HTML>{TABLE}".encode("utf-8-sig")),
    "a page of two bytes": ("web_page", f"<html>{TABLE}".encode("utf-16")),
    "a table": ("web_page", TABLE.encode()),
    "a page as XML": ("web_page", f'<?xml version="1.0"?><html>{TABLE}</html>'.encode()),
    "Excel 2003": ("xml_document", EXCEL_2003.encode()),
    "PDF": ("pdf_document", b"%PDF-1.7\n"),
    "RTF": ("word_document", b"{\\rtf1\\ansi"),
    "PNG": ("image", b"\x89PNG\r\n\x1a\n"),
    "JPEG": ("image", b"\xff\xd8\xff\xe0"),
    "JSON": ("json_document", json.dumps([{"no_evenement": "E-1"}]).encode()),
    "one of JSON": ("json_document", json.dumps({"no_evenement": "E-1"}, indent=1).encode()),
}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("case", OTHERS)
def test_what_is_neither_workbook_nor_text_is_named(read: Read, case: str, suffix: str) -> None:
    code, content = OTHERS[case]
    statement = read("arrestations", content, suffix)
    assert statement.refusals.select("row", "code", "message").rows() == [(None, code, ADVICE[code])]
    assert statement.file_refused


def test_every_sentence_is_tried() -> None:
    assert {code for code, _ in OTHERS.values()} | {"garbled_headings"} == ADVICE.keys()


@pytest.mark.integration
def test_a_workbook_and_a_text_are_read_under_the_others_name(read: Read, make: Make) -> None:
    grid = make["grid"]("arrestations", {}, {"no_evenement": "E-2"})
    assert read("arrestations", make["xlsx"](grid), ".csv").accepted.height == 2
    assert read("arrestations", make["csv"](grid), ".xlsx").accepted.height == 2


@pytest.mark.parametrize("content", [b"\x07\x08\x09", bytes(100), b"\xff\xfe\x00"])
def test_bytes_that_are_nothing_known_are_no_workbook(content: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        kind_of_file(content, ".xlsx")
    assert caught.value.code == "unreadable_file"
