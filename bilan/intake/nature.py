"""What a file is, whatever its name says: a workbook, CSV text, or something that is named and not read."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal

from bilan.intake.encodings import decoded
from bilan.intake.grids import UnreadableFileError

GARBLED_HEADINGS = "garbled_headings"
_SAVE_IT = "l'enregistrer comme classeur .xlsx, puis l'envoyer de nouveau."
_SEND_IT = "envoyer plutôt le classeur d'où il vient, en .xlsx ou .csv."
ADVICE = {
    "password": "Ce classeur est protégé par un mot de passe : l'enregistrer sans mot de passe, puis "
    "l'envoyer de nouveau.",
    "old_workbook": f"Ce classeur est d'un ancien format d'Excel (.xls) : {_SAVE_IT}",
    "binary_workbook": f"Ce classeur est au format binaire d'Excel (.xlsb) : {_SAVE_IT}",
    "open_document": f"Ce classeur est au format OpenDocument (.ods) : {_SAVE_IT}",
    "numbers_document": "Ce fichier vient de Numbers : l'exporter en .xlsx, puis l'envoyer de nouveau.",
    "archive": "Ce fichier est une archive : en sortir les classeurs et les envoyer un à un.",
    "web_page": f"Ce fichier est une page Web : l'ouvrir dans un tableur, {_SAVE_IT}",
    "xml_document": f"Ce fichier est un document XML : l'ouvrir dans un tableur, {_SAVE_IT}",
    "pdf_document": f"Ce fichier est un document PDF : {_SEND_IT}",
    "word_document": "Ce fichier est un document de traitement de texte : recopier le tableau dans un "
    f"classeur, {_SAVE_IT}",
    "image": f"Ce fichier est une image : {_SEND_IT}",
    "json_document": f"Ce fichier est un document JSON : {_SEND_IT}",
    GARBLED_HEADINGS: "Des lettres accentuées des en-têtes sont perdues : le fichier est dans un encodage "
    "qui n'est pas lu. L'enregistrer en « CSV UTF-8 » ou, mieux, comme classeur .xlsx.",
}
_BEGINNINGS = (
    (b"%PDF-", "pdf_document"),
    (b"{\\rtf", "word_document"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_SHEETS = (
    b"\x09\x08\x10\0",
    b"\x09\x08\x08\0",
    b"\x09\x04\x06\0",
    b"\x09\x02\x06\0",
)  # without a container
_SNIFFED = 4096  # bytes
_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S
)
_XML = re.compile(r"\s*<\?xml\b|\s*<(?:ss:)?Workbook\b", re.I)
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*[\[{])')


def kind_of_file(content: bytes, suffix: str) -> Literal["workbook", "text"]:
    """Whether a file is read as a workbook or as CSV text: what it is wins over what its name says.

    Raises UnreadableFileError with a code of `ADVICE` for what is neither, and without for bytes that are
    nothing known under the name of a workbook.
    """
    code = nature(content)
    if code:
        raise UnreadableFileError(code)
    if content.startswith(_ZIP):
        return "workbook"
    if suffix == ".xlsx" and not _is_text(content):
        raise UnreadableFileError
    return "text"


def nature(content: bytes) -> str | None:
    """A code of `ADVICE` for a file that is neither a workbook that is read nor CSV text; null otherwise."""
    if content.startswith(_ZIP):
        return _of_zip(content)
    if content.startswith(_OLE):
        return _of_container(content)
    if content.startswith(_OLD_SHEETS):
        return "old_workbook"
    known = next((code for beginning, code in _BEGINNINGS if content.startswith(beginning)), None)
    return known or _of_text(content)


def _of_zip(content: bytes) -> str | None:
    """A zip that can't be opened is a damaged workbook, as far as is known."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            kind = _beginning(archive, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        return None
    folders = {name.partition("/")[0].casefold() for name in names}
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return "open_document" if b"spreadsheet" in kind else "word_document"
    if "xl/workbook.bin" in {name.casefold() for name in names}:
        return "binary_workbook"
    if "word" in folders:
        return "word_document"
    if folders & {"index", "index.zip"} and any(
        name.casefold().endswith((".iwa", "index.zip")) for name in names
    ):
        return "numbers_document"
    return None if "[content_types].xml" in folders or "xl" in folders else "archive"


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SNIFFED)


def _of_container(content: bytes) -> str:
    """Its streams are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "password"
    return "word_document" if "WordDocument".encode("utf-16-le") in content else "old_workbook"


def _of_text(content: bytes) -> str | None:
    head = content[:_SNIFFED]
    try:
        text = decoded(head)
    except UnreadableFileError:
        return None
    if _WEB_PAGE.match(text):
        return "web_page"
    if _XML.match(text):
        return "web_page" if "<html" in text.casefold() else "xml_document"
    return "json_document" if _JSON.match(text) else None


def _is_text(content: bytes) -> bool:
    """Whether bytes read as letters and line ends, without other controls."""
    try:
        text = decoded(content[:_SNIFFED])
    except UnreadableFileError:
        return False
    return not re.search("[\x01-\x08\x0e-\x1f]", text)
