"""Sheets as partners send them, made and read in one call."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import xlsxwriter

from bilan.contracts import CONTRACTS
from bilan.intake import Reference, Source, Statement, load_reference
from bilan.intake.statement import read_statement

Grid = Sequence[Sequence[Any]]
PERSON = {"nom": "Tremblay", "prenom": "Éric", "naissance": "1990-06-01"}
SUSPECT = {f"suspect_{part}": value for part, value in PERSON.items()}
YOUTH = {f"jeune_{part}": value for part, value in PERSON.items()}
VALID: dict[str, dict[str, Any]] = {
    "arrestations": {
        "no_evenement": "E-1",
        "date_arrestation": "2010-03-12",
        **SUSPECT,
        "motif": "proxénétisme",
        "gang": "non",
    },
    "accusations": {
        "no_cour": "C-1",
        "no_evenement": "E-1",
        **SUSPECT,
        "date_accusation": "2010-04-01",
        "chefs": "2",
        "infraction": "proxénétisme",
        "date_issue": "2010-09-01",
        "issue": "retrait",
    },
    "jeunes_rencontres": {
        "no_rencontre": "R-1",
        "date_rencontre": "2010-03-12",
        **YOUTH,
        "jeune_ref": "",
        "sexe": "F",
        "fugue": "non",
        "date_devoilement": "",
        "referee": "oui",
        "ressource": "CAVAC",
    },
    "references": {
        "no_reference": "F-1",
        "date_reference": "2010-03-12",
        "de": "SPAL",
        "vers": "CAVAC",
        **YOUTH,
        "jeune_ref": "",
        "motif": "hébergement",
        "decision": "refusée",
        "date_decision": "2010-04-01",
        "raison_refus": "manque de place",
        "date_debut": "",
        "date_fin": "",
    },
    "echanges": {
        "no_echange": "X-1",
        "rang": "",
        "date_echange": "2010-03-12",
        "de": "CJM",
        "vers": "SPAL",
        "formel": "oui",
        "nature": "entourage",
        **YOUTH,
        "jeune_ref": "",
        "consentement_nominatif": "oui",
    },
    "formations": {
        "no_session": "S-1",
        "date_session": "2017-03-12",
        "titre": "Repérer",
        "theme": "",
        "participant_nom": "Roy",
        "participant_prenom": "Zoé",
        "organisation": "CSMV",
        "score_avant": "60",
        "score_apres": "72,5",
    },
}
STATEMENT_DATE = {
    log: date(2019 if contract.programme == "Pj" else 2011, 9, 30) for log, contract in CONTRACTS.items()
}


def csv_bytes(grid: Grid, separator: str = ";", encoding: str = "utf-8", line: str = "\n") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line).writerows(grid)
    return out.getvalue().encode(encoding)


def xlsx_bytes(*grids: Grid) -> bytes:
    """One sheet per grid; cells are written with their own types, None is left out."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    for grid in grids:
        sheet = book.add_worksheet()
        for line, cells in enumerate(grid):
            for place, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(line, place, cell)
                elif cell is not None:
                    sheet.write(line, place, cell)
    book.close()
    return out.getvalue()


def grid_of(log: str, *changes: dict[str, Any]) -> list[list[Any]]:
    """The headings, then one valid row per `changes`, changed; a changed column that is new comes last."""
    rows = [{**VALID[log], **change} for change in changes]
    headings = list(dict.fromkeys(name for row in rows for name in row)) or list(VALID[log])
    return [headings, *([row.get(name, "") for name in headings] for row in rows)]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(None)


@pytest.fixture(scope="session")
def read(reference: Reference) -> Callable[..., Statement]:
    """read(log, content, suffix=".csv"): a statement of the log's usual sender and date."""

    def read(
        log: str, content: bytes | str, suffix: str = ".csv", statement_date: date | None = None
    ) -> Statement:
        sender = (CONTRACTS[log].senders or ("CAVAC",))[0]
        day = statement_date or STATEMENT_DATE[log]
        source = Source(f"{sender}/{log}_{day}{suffix}", sender, log, day, suffix)
        return read_statement(content.encode() if isinstance(content, str) else content, source, reference)

    return read


@pytest.fixture(scope="session", params=[".csv", pytest.param(".xlsx", marks=pytest.mark.integration)])
def rows(request: pytest.FixtureRequest, read: Callable[..., Statement]) -> Callable[..., Statement]:
    """rows(log, {change}, {change}...): valid rows, changed, sent in either format."""

    def rows(log: str, *changes: dict[str, Any]) -> Statement:
        grid = grid_of(log, *changes)
        content = csv_bytes(grid) if request.param == ".csv" else xlsx_bytes(grid)
        statement: Statement = read(log, content, request.param)
        return statement

    return rows


@pytest.fixture(scope="session")
def sent(read: Callable[..., Statement]) -> Callable[..., Statement]:
    """sent(log, {change}, {change}...): valid rows, changed, as a CSV, where the format is no matter."""

    def sent(log: str, *changes: dict[str, Any], **source: Any) -> Statement:
        statement: Statement = read(log, csv_bytes(grid_of(log, *changes)), **source)
        return statement

    return sent


@pytest.fixture(scope="session")
def make() -> dict[str, Callable[..., Any]]:
    """The makers of sheets, for tests that need the grid itself."""
    return {"grid": grid_of, "csv": csv_bytes, "xlsx": xlsx_bytes}
