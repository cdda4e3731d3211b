"""The tables of a release's quality as they are frozen: without the columns that say which release it is."""

import hashlib
from dataclasses import dataclass, fields

import polars as pl

from bilan.dashboards.tables import CHECKS, REFUSALS, REPORTS, REVISIONS, TRANSMITTED, Table
from bilan.release.schema import nothing

OF_A_RELEASE = ("release", "diffusion_fr", "diffusion_en")
ORGANISATIONS = Table("organisations", {"code": "VARCHAR", "name": "VARCHAR"})


def frozen(table: Table) -> Table:
    """A published table as it is frozen."""
    kept = {name: kind for name, kind in table.columns.items() if name not in OF_A_RELEASE}
    return Table(table.name, kept)


# by the names of the files, and of the fields of `Quality`
TABLES = {
    table.name: frozen(table) for table in (REPORTS, REFUSALS, REVISIONS, CHECKS, TRANSMITTED, ORGANISATIONS)
}


@dataclass(frozen=True)
class Quality:
    """One frame for each of TABLES, with its columns."""

    reports: pl.DataFrame
    refusals: pl.DataFrame
    revisions: pl.DataFrame
    checks: pl.DataFrame
    transmitted: pl.DataFrame
    organisations: pl.DataFrame

    @classmethod
    def nothing(cls) -> "Quality":
        """Nothing is told, as of the releases that were frozen before quality was."""
        return cls(**{name: nothing(table) for name, table in TABLES.items()})

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def digest(self) -> str:
        """One hash of what readers would see, but for the checks: that they were made anew is no news."""
        digest = hashlib.sha256()
        for name, rows in self.tables.items():
            if name != CHECKS.name:
                digest.update(f"\0{name}\0".encode() + rows.write_csv().encode())
        return digest.hexdigest()
