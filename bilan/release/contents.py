"""What a build holds, before it is written: protected figures, in words, for each reader."""

import hashlib
from dataclasses import dataclass

import polars as pl

from bilan.disclosure import protect
from bilan.release.exact import Exact
from bilan.release.labels import with_words
from bilan.release.schema import DIMENSIONS, KPI_AFFICHAGE, SHOWN_OF_THE_CATALOGUE, TABLES


@dataclass(frozen=True)
class Contents:
    """Rows with the columns of `schema.KPI_AFFICHAGE`, sorted by their dimensions."""

    public: pl.DataFrame
    partners: dict[str, pl.DataFrame]  # what each finds beside the public rows
    catalogue: pl.DataFrame

    def digest(self, *stamps: object) -> str:
        """One hash of all that readers would see, and of `stamps`."""
        digest = hashlib.sha256(repr((stamps, [table.ddl for table in TABLES])).encode())
        for name, rows in {"": self.public, "catalogue": self.catalogue, **self.partners}.items():
            digest.update(f"\0{name}\0".encode() + rows.write_csv().encode())
        return digest.hexdigest()


def contents_of(exact: Exact) -> Contents:
    """Protect the exact figures and sort them out by who may read them.

    The disclosure class of a KPI decides: `public` for everyone, `partner` for every partner, `steward`
    for no file. A figure of one partner is in that partner's file alone.
    """
    everyone = pl.col("partner").is_null()
    public = exact.of_class("public").filter(everyone)
    shared = exact.of_class("partner").filter(everyone)
    own = exact.of_class("public", "partner")
    return Contents(
        public=_in_words(public, exact),
        partners={
            code: _in_words(pl.concat([shared, own.filter(pl.col("partner") == code)]), exact)
            for code in exact.partners
        },
        catalogue=exact.catalogue.sort("code"),
    )


def _in_words(cells: pl.DataFrame, exact: Exact) -> pl.DataFrame:
    shown = exact.catalogue.select("code", *SHOWN_OF_THE_CATALOGUE)
    words = with_words(protect(cells).sort(list(DIMENSIONS)), exact.calendar, exact.programmes)
    return words.join(shown, on="code", how="left", maintain_order="left").select(*KPI_AFFICHAGE.columns)
