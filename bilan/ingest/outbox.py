"""What goes back to a sender: which rows were refused and why, never what they held."""

import csv
import io
import secrets

from bilan.home import PRIVATE_FOLDER, Home
from bilan.ingest.report import FileReport
from bilan.intake import Source

SUFFIX = ".refus.csv"
HEADER = ("fichier", "ligne", "colonne", "code", "motif")


def contract_name(source: Source) -> str:
    """`<SENDER>/<log>_<date>.<suffix>`, whatever the file was called."""
    return f"{source.sender}/{source.log}_{source.statement_date}{source.suffix}"


def write_refusals(home: Home, source: Source, report: FileReport) -> None:
    """Write `<SENDER>/<log>_<date>.refus.csv`, or remove it when nothing is refused any more.

    The file is named as contracts name it, not as it came: a path may hold a name.
    """
    folder = home.outbox / source.sender
    target = folder / f"{source.log}_{source.statement_date}{SUFFIX}"
    if not report.refusals:
        target.unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows((contract_name(source), r.row, r.column, r.code, r.message) for r in report.refusals)
    temporary = folder / f".{secrets.token_hex(4)}.tmp"
    temporary.write_text(text.getvalue(), "utf-8-sig")  # with its mark, which spreadsheets look for
    temporary.replace(target)
