"""The partners' codes, from the same reference data as the pipeline's."""

import csv
import os
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "bilan/reference/partners.csv"
# A neutral post that sends logs and belongs to no partner: it has no file of its own.
NOT_PARTNERS = frozenset({"COORD"})


def partner_codes() -> list[str]:
    """Codes of the partners, in the reference's order, the steward's own list after them."""
    files = [REFERENCE, Path(os.environ.get("BILAN_HOME", ".bilan")) / "reference/partners.csv"]
    codes = [code for file in files if file.is_file() for code in _codes(file)]
    return [code for code in dict.fromkeys(codes) if code not in NOT_PARTNERS]


def _codes(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [row["code"] for row in csv.DictReader(stream)]
