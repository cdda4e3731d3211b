"""From bytes to text, judged over the whole of them: a guess from letter frequencies is wrong too often."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterable

import polars as pl

from bilan.intake.grids import UnreadableFileError
from bilan.intake.headings import folded

LOST = "\ufffd"  # stands for a byte that no letter has, and is left in its cell
_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_SNIFFED = 4096  # bytes in which a text of two bytes a letter shows
_STRAY = re.compile("[\udc80-\udcff]")
_FOREIGN, _ANY = re.compile(r"[^\0-\x7f]+"), "qq"
_NUMERO = re.compile(rf"(?i)^num{_ANY}ro")


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with or without its mark, else Windows-1252.

    Bytes that are no UTF-8 among letters that are become U+FFFD, as do those that Windows-1252 does not
    know: nothing else is guessed, and letters of another encoding stay garbled. Raises UnreadableFileError.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if content.startswith(m)), (b"", _unmarked(content)))
    bare = content[len(mark) :]
    try:
        text = _mostly_utf8(bare) if encoding == "utf-8" else bare.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFileError from None
    if "\0" in text:
        raise UnreadableFileError
    return text


def _unmarked(content: bytes) -> str:
    """UTF-16 where every other byte is nothing, which no text of one byte a letter has."""
    head = content[:_SNIFFED]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) % 2 == 0 and max(even, odd) * 4 > len(head) and min(even, odd) * 20 < len(head):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _mostly_utf8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        text = content.decode(errors="surrogateescape")
    kept = text.encode(errors="ignore").decode()
    stray, letters = len(text) - len(kept), len(kept) - len(kept.encode("ascii", "ignore"))
    return _STRAY.sub(LOST, text) if letters >= stray else content.decode("cp1252", errors="replace")


def garbled(headings: Iterable[str], missing: Iterable[str]) -> bool:
    """Whether some heading would be a missing column's, but for letters that a wrong encoding made."""
    suspects = [heading for heading in headings if not heading.isascii()]
    meant = [
        re.compile(fold.replace(_ANY, "[a-z0-9]{0,2}"))
        for stand_in in (_ANY, " ", f" {_ANY}")
        for fold in _folded(_FOREIGN.sub(stand_in, heading) for heading in suspects)
    ]
    return any(pattern.fullmatch(name) for pattern in meant for name in _folded(missing))


def _folded(headings: Iterable[str]) -> list[str]:
    texts = pl.DataFrame({"text": [_NUMERO.sub("no", heading) for heading in headings]}, {"text": pl.String})
    return texts.select(folded(pl.col("text"))).to_series().to_list()
