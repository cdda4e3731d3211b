"""What goes back to a sender: which rows were refused, what was left out, and why; never what they held."""

import csv
import io

from bilan.durable import replace
from bilan.home import Home
from bilan.identity.noted import noting
from bilan.identity.vault import Vault
from bilan.ingest.report import FileReport
from bilan.intake import Source

SUFFIX = ".refus.csv"
REFUSED, WARNED = "refus", "avis"
HEADER = ("fichier", "feuille", "ligne", "colonne", "genre", "code", "motif")


def contract_name(source: Source) -> str:
    """`<SENDER>/<log>_<date>.<suffix>`, whatever the file was called."""
    return f"{source.sender}/{source.log}_{source.statement_date}{source.suffix}"


def write_refusals(home: Home, vault: Vault, source: Source, report: FileReport) -> None:
    """Write `<SENDER>/<log>_<date>.refus.csv`, or remove it when there is nothing to say any more.

    The file is named as contracts name it, not as it came: a path may hold a name. The vault notes its
    digest: what a release tells of refusals is read from there.
    """
    name = f"{source.log}_{source.statement_date}{SUFFIX}"
    write_reply(
        home,
        vault,
        source.sender,
        name,
        _as_csv(source, report) if report.refusals or report.warnings else None,
    )


def write_reply(home: Home, vault: Vault, sender: str, name: str, content: bytes | None) -> None:
    """Write a file for a sender, whole or not at all, or remove it where there is nothing to say."""
    target = home.outbox / sender / name
    with noting(vault, target.relative_to(home.root).as_posix(), content):
        if content is None:
            target.unlink(missing_ok=True)
        else:
            replace(target, content)


def _as_csv(source: Source, report: FileReport) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    for kind, rows in ((REFUSED, report.refusals), (WARNED, report.warnings)):
        writer.writerows(
            (contract_name(source), one.sheet, one.row, one.column, kind, one.code, one.message)
            for one in rows
        )
    return text.getvalue().encode("utf-8-sig")  # with its mark, which spreadsheets look for
