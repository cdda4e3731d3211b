"""Which templates each sender gets, and where they are written."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bilan.contracts import CONTRACTS, Contract
from bilan.errors import PlainError
from bilan.intake import Reference, Source, read_statement
from bilan.templates.workbook import template

SUFFIX = ".xlsx"


def template_name(log: str) -> str:
    """The file name of a log's template; no statement is named so, and intake takes none that is."""
    return f"modele_{log}{SUFFIX}"


def contracts_of(sender: str) -> list[Contract]:
    """The logs that a sender may hand in."""
    return [contract for contract in CONTRACTS.values() if not contract.senders or sender in contract.senders]


def write_templates(out: Path, senders: Iterable[str], reference: Reference) -> list[Path]:
    """Write `<SENDER>/modele_<log>.xlsx` under `out` for each log of each sender; returns the paths.

    Raises PlainError, before anything is written, when a template there has been filled in already.
    """
    wanted = {
        out / sender / template_name(contract.log): (contract, sender)
        for sender in senders
        for contract in contracts_of(sender)
    }
    for path, (contract, sender) in wanted.items():
        if path.exists() and _is_filled(path, contract, sender, reference):
            raise PlainError(
                f"{path} : ce classeur a été rempli, il n'est pas remplacé. Le déplacer, ou choisir un autre "
                "dossier. / This workbook has been filled in and is not replaced."
            )
    for path, (contract, sender) in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template(contract, sender, reference))
    return list(wanted)


def _is_filled(path: Path, contract: Contract, sender: str, reference: Reference) -> bool:
    """Whether a file holds any row of the log, or can't be read."""
    source = Source(str(path), sender, contract.log, date.max, SUFFIX)
    statement = read_statement(path.read_bytes(), source, reference)
    return statement.rows > 0 or statement.file_refused
