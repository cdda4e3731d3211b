"""Foldings of text, as Polars expressions: what « the same » means for names, values and headings; letters
written as a web page writes them (`&eacute;`)."""

import html
import re
from html.entities import html5

import polars as pl

# Rust's \s knows every Unicode space but the zero-width ones, which copy and paste leaves behind.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u180e"
SPACES = (
    "".join(
        chr(code)
        for code in (*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B))
    )
    + "\u2028\u2029\u202f\u205f\u3000"
    + _INVISIBLE
)
ANY_SPACE = rf"[\s{_INVISIBLE}]"
_DASHES = r"\p{Pd}\u{2212}\u{00AD}\u{2043}"
_APOSTROPHES = r"'`\u{2018}\u{2019}\u{201B}\u{02B9}\u{02BB}\u{02BC}\u{02BD}\u{2032}\u{2035}\u{FF07}\u{00B4}"
_JOINERS = rf"[\s{_INVISIBLE}{_DASHES}{_APOSTROPHES}]"

# Letters that a wrong encoding makes. Bytes of UTF-8 read as Windows-1252: « Ã© », « Å“ », « â€™ ».
_CONTINUED = r"\x{80}-\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_OF_UTF8 = (
    rf"[ÃÂ][{_CONTINUED}]",
    r"\p{Ll}[ÃÂ]",  # « Ã » whose second byte was a space
    r"Å[“’¡¾½¸]",
    r"[ÄÅÆÇÈÉ][\x{80}-\x{9F}\x{A1}-\x{BF}€‚ƒ„†‡ˆ‰‹•˜™›]",
    r"â[€„‚]",
    "ï»¿",
    # and read as Mac Roman, or as a DOS page: « √© », « ‚Äô », « ├® »
    r"[√≈]",
    r"‚Ä",
    r"[\x{2500}-\x{257F}]",
)
# A byte of Mac Roman or of a DOS page, read as Windows-1252: « AndrŽ », « Lef‚vre », « LÕHeureux ».
_OF_ONE_BYTE = (
    r"\p{Ll}[ŽŠŒŸ]|\p{L}[ŽŠŒŸ]\p{Ll}",
    r"\p{L}[‚ƒ„†‡ˆ‰‹•˜](?:\p{L}|$)",
    r"[ƒˆ˜]\p{L}",  # « ƒtienne »
    r"\p{L}™\p{L}",
    r"\p{Ll}[…“”]\p{Ll}",
    r"\p{L}\p{Ll}‘(?:\p{Ll}|$)",
    r"\p{L}[ÕÏ]\p{Lu}?\p{Ll}",
)
_LOST = r"\x{FFFD}|[\x{01}-\x{08}\x{0E}-\x{1B}\x{7F}-\x{84}\x{86}-\x{9F}]"
_ENTITY = r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,4});"  # « &eacute; », of a web page
_GARBLED = "|".join((*_OF_UTF8, *_OF_ONE_BYTE, _LOST, _ENTITY))


def trimmed(text: pl.Expr) -> pl.Expr:
    """Without the spaces of any kind around it; null when nothing is left."""
    bare = text.str.strip_chars(SPACES)
    return pl.when(bare != "").then(bare)


def plain(text: pl.Expr) -> pl.Expr:
    """Without case, accents or ligatures.

    Compatibility letters unfold to capitals and capitals to accented letters, hence the second
    decomposition: folding twice must change nothing.
    """
    lower = text.str.normalize("NFKD").str.to_lowercase().str.normalize("NFKD")
    return lower.str.replace_all(r"\p{M}", "").str.replace_many(["œ", "æ", "ß", "ς"], ["oe", "ae", "ss", "σ"])


def joined(text: pl.Expr) -> pl.Expr:
    """Plain, and without any space, hyphen or apostrophe: how names and listed values compare."""
    return plain(text).str.replace_all(_JOINERS, "")


def garbled(text: pl.Expr) -> pl.Expr:
    """Whether a wrong encoding was at work: no name or word is written so. « Žižek » and « JOÃO » are."""
    return text.str.contains(_GARBLED)


def number(text: pl.Expr) -> pl.Expr:
    """A sender's own number: one space at most between words, one kind of dash, capitals, never a `.0`.

    What is not seen goes, and the apostrophe by which a spreadsheet is told that a number is a text.
    """
    seen = text.str.normalize("NFKC").str.replace_all(rf"[{_INVISIBLE}\u{{00AD}}]", "")
    spaced = seen.str.replace_all(rf"{ANY_SPACE}+", " ").str.strip_chars().str.replace(r"^['’]", "")
    spaced = spaced.str.replace_all(rf"[{_DASHES}]", "-")
    return spaced.str.to_uppercase().str.replace(r"^(\d+)[.,]0+$", "$1")


_WHOLE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_CUT = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}))$")


def without_entities(cells: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The cells with the letters that entities stand for, and the rows (from 0) that had any."""
    letters = {cell: html.unescape(cell) for cell in _cells_with(cells, _WHOLE)}
    meant = {cell: text for cell, text in letters.items() if text != cell}
    return cells.with_columns(pl.all().replace(meant)), _rows_of(cells, meant)


def cut_entities(cells: pl.DataFrame) -> list[int]:
    """The rows (from 0) in which the `;` of an entity was taken for a separator."""
    found = ((cell, _CUT.search(cell)) for cell in _cells_with(cells, _CUT.pattern))
    return _rows_of(cells, [cell for cell, end in found if end and (not end[1] or f"{end[1]};" in html5)])


def _cells_with(cells: pl.DataFrame, pattern: str) -> list[str]:
    return [
        cell
        for column in cells
        for cell in column.filter(column.str.contains(pattern).fill_null(value=False)).unique()
    ]


def _rows_of(cells: pl.DataFrame, texts: "dict[str, str] | list[str]") -> list[int]:
    """The rows in which some cell is one of those texts."""
    held = pl.any_horizontal(pl.lit(value=False), pl.all().is_in(list(texts)).fill_null(value=False))
    return cells.select(held).to_series().arg_true().to_list()
