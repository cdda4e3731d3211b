"""`datapackage.json`: the package as Frictionless tools read it."""

import hashlib
from pathlib import Path
from typing import Any

from bilan.dashboards.tables import DIMENSIONS
from bilan.release.package.fields import catalogue_fields, figure_fields
from bilan.release.package.frozen import Frozen

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIGURES_CSV, FIGURES_PARQUET = "data/kpi_values.csv", "data/kpi_values.parquet"
CATALOGUE_CSV, WORKBOOK = "data/kpi_catalogue.csv", "bilan.xlsx"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pub": "application/x-pem-file",
    ".py": "text/x-python",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def descriptor(folder: Path, frozen: Frozen) -> dict[str, Any]:
    """The descriptor of all that the folder holds already: what was approved, and not who approved it."""
    mark_fr, mark_en = ("Données synthétiques. ", "Synthetic data. ") if frozen.synthetic else ("", "")
    return {
        "$schema": PROFILE,
        "name": f"bilan-{frozen.release}",
        "title": f"Bilan, publication n° {frozen.release}",
        "title_en": f"Bilan, release {frozen.release}",
        "description": f"{mark_fr}Indicateurs agrégés et protégés du partenariat. Lire METHODES.md.",
        "description_en": f"{mark_en}Aggregated, protected indicators of the partnership. Read METHODS.md.",
        "version": str(frozen.release),
        "created": frozen.provenance["made_at"],
        "release": frozen.release,
        "known_at": frozen.provenance["known_at"],
        "synthetic": frozen.synthetic,
        "resources": [
            _figures(folder, frozen),
            _catalogue(folder, frozen),
            *(_plain(folder, path) for path in _others(folder)),
        ],
    }


def _figures(folder: Path, frozen: Frozen) -> dict[str, Any]:
    key = [name for name in DIMENSIONS if name != "period_end"]
    return {
        **_file(folder, FIGURES_CSV, "kpi_values"),
        **_TABLE,
        "rows": frozen.rows.height,
        "schema": {
            "fields": figure_fields(),
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": [
                {"fields": ["code"], "reference": {"resource": "kpi_catalogue", "fields": ["code"]}}
            ],
        },
    }


def _catalogue(folder: Path, frozen: Frozen) -> dict[str, Any]:
    return {
        **_file(folder, CATALOGUE_CSV, "kpi_catalogue"),
        **_TABLE,
        "rows": frozen.catalogue.height,
        "schema": {"fields": catalogue_fields(), "missingValues": [""], "primaryKey": ["code"]},
    }


_TABLE = {"type": "table", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"}}


def _others(folder: Path) -> list[str]:
    """Every other file, by path."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(set(paths) - {FIGURES_CSV, CATALOGUE_CSV})


def _plain(folder: Path, path: str) -> dict[str, Any]:
    """A file that a reader of tables has nothing to do with."""
    name = path.lower().replace("/", "_").replace(".", "_").replace("-", "_")
    return {**_file(folder, path, name), "type": "file"}


def _file(folder: Path, path: str, name: str) -> dict[str, Any]:
    content = (folder / path).read_bytes()
    suffix = Path(path).suffix
    return {
        "name": name,
        "path": path,
        "format": suffix.removeprefix("."),
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
