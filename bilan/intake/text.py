"""Foldings of text, as Polars expressions: what « the same » means for names, values and headings."""

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


def number(text: pl.Expr) -> pl.Expr:
    """A sender's own number: one space at most between words, capitals, never the `.0` of a spreadsheet."""
    spaced = text.str.normalize("NFC").str.replace_all(rf"{ANY_SPACE}+", " ").str.strip_chars()
    return spaced.str.to_uppercase().str.replace(r"^(\d+)[.,]0+$", "$1")
