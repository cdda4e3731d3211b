"""The public part of a candidate: what a package is made of, and what is looked at before it leaves."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bilan.cube import SUPPRESSED, TRUE_ZERO
from bilan.dashboards.tables import DIMENSIONS, KPI_CATALOGUE, MEASURES, NO_FIGURES
from bilan.home import Home
from bilan.release.errors import PackageError
from bilan.release.package.statuses import STATUSES
from bilan.release.schema import WORDS

FIGURES = tuple(name for name in MEASURES if name not in NO_FIGURES)
COLUMNS = (*DIMENSIONS, *FIGURES, "covered_to", "status", "obs_status", "conf_status", "known_at", *WORDS)
CANDIDATE = "candidate.json"  # the candidate's manifest, as the package carries it


@dataclass(frozen=True)
class Frozen:
    """`rows` have COLUMNS, sorted by their dimensions; `catalogue` speaks of their codes alone."""

    release: int
    rows: pl.DataFrame
    catalogue: pl.DataFrame
    provenance: dict[str, Any]
    protection: dict[str, Any]

    @classmethod
    def of(
        cls,
        release: int,
        public: pl.DataFrame,
        catalogue: pl.DataFrame,
        provenance: dict[str, Any],
        protection: dict[str, Any],
    ) -> "Frozen":
        """Of public rows and a catalogue as a candidate has them; nothing of them is judged yet."""
        published = catalogue.select(*KPI_CATALOGUE.columns).join(public, on="code", how="semi").sort("code")
        return cls(release, _coded(public), published, provenance, protection)

    @property
    def synthetic(self) -> bool:
        """Whether the figures were made up."""
        return bool(self.provenance["synthetic"])


@dataclass(frozen=True)
class Approvable:
    """A candidate that may leave: its public part, its manifest's bytes, and the folder they lie in."""

    frozen: Frozen
    manifest: bytes
    folder: Path  # what its package holds as it is

    @property
    def sha256(self) -> str:
        """Of its manifest: what was approved."""
        return hashlib.sha256(self.manifest).hexdigest()


def read_frozen(home: Home, release: int) -> Approvable:
    """The public part of a release's candidate.

    PackageError where a file is missing or altered, a protection was not found safe, or a row shows a
    figure that its status denies.
    """
    folder = home.releases / str(release) / "candidate"
    manifest, internal = _bytes(folder, "manifest.json"), _bytes(folder, "internal.json")
    document = json.loads(manifest)
    if hashlib.sha256(internal).hexdigest() != document.get("internal_sha256"):
        raise _altered(release, "internal.json")
    digests = {file["path"]: file["sha256"] for file in json.loads(internal)["files"]}
    digests |= {f"package/{file['path']}": file["sha256"] for file in document["files"]}
    contents = {name: _bytes(folder, name) for name in ("public.parquet", "catalogue.parquet")}
    contents |= {name: _bytes(folder, name) for name in ("protection.json", "package/provenance.json")}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != digests.get(name):
            raise _altered(release, name)
    protection = json.loads(contents["protection.json"])
    if protection.get("safe") is not True:
        raise PackageError(f"Publication n° {release} : sa protection n'est pas établie. Rien n'en sort.")
    rows = pl.read_parquet(contents["public.parquet"])
    _check_rows(rows, release)
    catalogue = pl.read_parquet(contents["catalogue.parquet"])
    provenance = json.loads(contents["package/provenance.json"])
    return Approvable(
        Frozen.of(release, rows, catalogue, provenance, protection), manifest, folder / "package"
    )


def _altered(release: int, name: str) -> PackageError:
    return PackageError(f"Publication n° {release} : {name} n'est pas celui qui fut figé.")


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise PackageError(
            f"Publication n° {folder.parent.name} : {name} manque à sa candidate. La remettre d'une "
            "sauvegarde."
        ) from None


def belied(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose status is unknown or belies their figures, and those of a cell that is there twice."""
    shown = [name for name, status in STATUSES.items() if status.has_value]
    hidden = pl.col("status") == SUPPRESSED
    return rows.filter(
        ~pl.col("status").is_in(list(STATUSES))
        | (pl.col("status").is_in(shown) != pl.col("value").is_not_null())
        | ~pl.col("value").is_finite().fill_null(value=True)
        | ((pl.col("status") == TRUE_ZERO) & (pl.col("value") != 0))
        | (hidden & pl.any_horizontal(pl.col(name).is_not_null() for name in FIGURES))
        | pl.struct(*DIMENSIONS).is_duplicated()
    )


def _check_rows(rows: pl.DataFrame, release: int) -> None:
    """Fail closed: what is hidden has no figure, what is shown has one, and no partner is named."""
    wrong = belied(rows).height + rows.filter(pl.col("partner").is_not_null()).height
    if wrong:
        raise PackageError(
            f"Publication n° {release} : {wrong} lignes publiques ont un chiffre que leur statut dément, "
            "sont en double ou nomment un partenaire. Faire une autre candidate."
        )


def _coded(rows: pl.DataFrame) -> pl.DataFrame:
    """With SDMX codes; none for a status that is not one, which never leaves."""

    def codes(name: str) -> pl.Expr:
        code_of = {status: getattr(sdmx, name) for status, sdmx in STATUSES.items()}
        return pl.col("status").replace_strict(code_of, default=None, return_dtype=pl.String).alias(name)

    return rows.with_columns(codes("obs_status"), codes("conf_status")).select(COLUMNS).sort(list(DIMENSIONS))
