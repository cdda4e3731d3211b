"""Make the document of a release's programme and put it where it is wanted, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from bilan.durable import replace
from bilan.home import Home
from bilan.report.chapters import report_of
from bilan.report.document import Report
from bilan.report.html import as_html
from bilan.report.pdf import as_pdf
from bilan.report.programmes import PROGRAMMES
from bilan.report.reading import ReportError, read_source
from bilan.report.typography import Language

Writer = Callable[[Report], bytes]


def make(home: Home, number: int, programme: str, language: Language, out: Path) -> Path:
    """Write the document in the format that the name of `out` ends with, `.pdf` or `.html`.

    The same release and arguments give the same bytes. ReleaseRefusedError where the release is not out, or
    is not as it was approved; ReportError where the programme or the format is unknown.
    """
    writer = _writer(out)
    if programme not in PROGRAMMES:
        raise ReportError(f"Aucun bilan n'est prévu pour le programme {programme} : {', '.join(PROGRAMMES)}.")
    made = writer(report_of(read_source(home, number, programme), language))
    out.parent.mkdir(parents=True, exist_ok=True)
    replace(out, made)
    return out


def _writer(out: Path) -> Writer:
    match out.suffix.lower():
        case ".pdf":
            return as_pdf
        case ".html":
            return as_html
        case _:
            raise ReportError(f"{out.name} : un bilan est un fichier .pdf ou .html.")
