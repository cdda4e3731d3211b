"""The document on screen: one page that opens offline and asks for nothing."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bilan.report import fonts, palette
from bilan.report.document import Report
from bilan.report.typography import Language
from bilan.report.vocabulary import Words

_TEMPLATES = Path(__file__).with_name("templates")
_SKIP = Words("Aller au contenu", "Skip to content")


def as_html(report: Report) -> bytes:
    """The bytes of the page; the same document gives the same ones."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = _as_hidden
    page: str = environment.get_template("report.html").render(
        report=report,
        style=Markup(_style()),  # noqa: S704 - a file of ours
        skip=_SKIP.said(Language(report.language)),
    )
    return page.encode()


def _style() -> str:
    """The style sheet, with its colours and its letters."""
    text = (_TEMPLATES / "report.css").read_text("utf-8")
    for name in (name for name in dir(palette) if name.isupper()):
        text = text.replace(f"var(--{name.lower()})", getattr(palette, name))
    return text.replace("var(--letters)", f'url("{fonts.embedded()}")')


def _as_hidden(svg: str) -> Markup:
    """A drawing of ours, left to the eye alone: what it shows is told in words around it."""
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704
