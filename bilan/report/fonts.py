"""The typeface of the document: the one of the boards, from a package that holds its files."""

import base64
import io
from functools import cache
from pathlib import Path

import fontpkg_source_sans_3
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FILES = Path(fontpkg_source_sans_3.ROOT) / "files"
_UPRIGHT = "SourceSans3[wght].ttf"
_LATIN = (*range(0x20, 0x180), *range(0x2010, 0x2030), 0x202F, 0x2212, 0x2192)


@cache
def embedded() -> str:
    """The upright letters of Latin scripts, in all weights, as a `data:` address for a page."""
    font = TTFont(FILES / _UPRIGHT, recalcTimestamp=False)
    options = Options()
    options.flavor = "woff"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_LATIN)
    subsetter.subset(font)
    font.flavor = "woff"
    made = io.BytesIO()
    font.save(made)
    return f"data:font/woff;base64,{base64.b64encode(made.getvalue()).decode('ascii')}"
