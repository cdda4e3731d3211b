"""The lists that are data: partners, territories, programmes, the protocol; packaged or the steward's."""

from datetime import date
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import polars as pl

from bilan.errors import PlainError
from bilan.intake.inputs import Reference
from bilan.intake.protocol import read_protocol


def load_reference(extra: Path | None) -> Reference:
    """The packaged lists, then the rows of the steward's own partners.csv, territories.csv and
    protocol.csv in `extra`. Raises PlainError when a file of the steward's lacks a column.
    """
    programmes = _packaged("programmes.csv")
    return Reference(
        partners=_extended("partners.csv", "code", extra),
        territories=_extended("territories.csv", "name", extra),
        programmes={
            code: date.fromisoformat(day) for code, day in programmes.select("code", "starts_on").iter_rows()
        },
        protocol=read_protocol(
            _packaged("protocol.csv").iter_rows(named=True), _own_rows("protocol.csv", extra)
        ),
    )


def _packaged(name: str) -> pl.DataFrame:
    return _table((files("bilan") / "reference" / name).read_bytes())


def _extended(name: str, column: str, extra: Path | None) -> tuple[str, ...]:
    values = _packaged(name)[column].to_list()
    own = extra / name if extra else None
    if own is not None and own.is_file():
        table = _table(own.read_bytes())
        if column not in table.columns:
            raise PlainError(f"{name} : la colonne {column} manque.")
        values += table[column].drop_nulls().str.strip_chars().to_list()
    return tuple(dict.fromkeys(value for value in values if value))


def _own_rows(name: str, extra: Path | None) -> list[dict[str, str | None]]:
    """The rows of the steward's own table, if there is one."""
    own = extra / name if extra else None
    if own is None or not own.is_file():
        return []
    return list(_table(own.read_bytes()).iter_rows(named=True))


def _table(content: bytes) -> pl.DataFrame:
    return pl.read_csv(BytesIO(content), infer_schema=False)
