"""The document on paper: a tagged PDF, for people who see it and for those to whom it is read aloud."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from bilan.report import fonts, palette
from bilan.report.document import Figures, Mark, Report

_TEMPLATE = Path(__file__).with_name("templates") / "report.typ"
STANDARDS = ["a-2a", "ua-1"]  # to be kept, and to be read by whoever cannot see it


def as_pdf(report: Report) -> bytes:
    """The bytes of the PDF; the same document gives the same ones."""
    files: dict[str, bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    plain = _plain(report, files)
    files["report.json"] = json.dumps(plain, ensure_ascii=False).encode()
    compiled: Any = typst.compile  # its types leave out that files may be given by name, as bytes
    made: bytes = compiled(
        files,
        font_paths=[str(fonts.FILES)],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=0,
    )
    return made


def _plain(report: Report, files: dict[str, bytes]) -> dict[str, Any]:
    """The document as JSON holds it; its drawings become files, by whose names it calls them."""
    colours = {name.lower(): getattr(palette, name) for name in dir(palette) if name.isupper()}
    chapters = []
    for chapter in report.chapters:
        blocks = []
        for block in chapter.blocks:
            plain = {**asdict(block), "kind": block.kind}
            match block:
                case Figures():
                    plain["items"] = [_apart(item, files) for item in plain["items"]]
                case Mark():
                    plain = _apart(plain, files)
            blocks.append(plain)
        chapters.append({"title": chapter.title, "blocks": blocks, "follows": chapter.follows})
    return {**asdict(report), "chapters": chapters, "colours": colours, "published_on": _date(report)}


def _apart(drawing: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    name = f"drawing-{len(files)}.svg"
    files[name] = drawing["svg"].encode()
    return {**drawing, "svg": name}


def _date(report: Report) -> dict[str, int]:
    on = report.published_on
    return {"year": on.year, "month": on.month, "day": on.day}
