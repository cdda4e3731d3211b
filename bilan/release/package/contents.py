"""What a package holds that follows from its candidate: it is written with it, and approved with it."""

import json
import shutil
from pathlib import Path

from bilan.home import PRIVATE_FOLDER
from bilan.release.package.descriptor import CATALOGUE_CSV, FIGURES_CSV, FIGURES_PARQUET, WORKBOOK, descriptor
from bilan.release.package.frozen import Frozen
from bilan.release.package.methods import texts
from bilan.release.package.verifier import VERIFIER
from bilan.release.package.workbook import write_workbook

PROVENANCE = "provenance.json"
_ROW_GROUP = 100_000


def write_contents(folder: Path, frozen: Frozen) -> None:
    """Write into an empty folder figures, catalogue, methods, provenance, verifier and the descriptor of all.

    The same candidate gives the same bytes.
    """
    (folder / "data").mkdir(mode=PRIVATE_FOLDER)
    (folder / FIGURES_CSV).write_bytes(figures_csv(frozen))
    frozen.rows.write_parquet(
        folder / FIGURES_PARQUET, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP
    )
    (folder / CATALOGUE_CSV).write_bytes(catalogue_csv(frozen))
    write_workbook(folder / WORKBOOK, frozen)
    for name, text in texts(frozen).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_json(folder / PROVENANCE, frozen.provenance)
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)
    write_json(folder / "datapackage.json", descriptor(folder, frozen))


def figures_csv(frozen: Frozen) -> bytes:
    """`data/kpi_values.csv`."""
    return frozen.rows.write_csv(line_terminator="\n").encode()


def catalogue_csv(frozen: Frozen) -> bytes:
    """`data/kpi_catalogue.csv`."""
    return frozen.catalogue.write_csv(line_terminator="\n").encode()


def write_json(file: Path, document: object) -> bytes:
    """Write a document of the package; its bytes."""
    content = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    file.write_bytes(content)
    return content
