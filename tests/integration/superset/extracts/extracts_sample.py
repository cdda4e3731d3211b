"""Releases to pull, made by hand beside a published build: real layout, invented figures."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

COLUMNS = (
    "code", "programme", "territory", "partner", "period_kind", "period_start", "period_end", "breakdown",
    "breakdown_value", "value", "low", "high", "numerator", "denominator", "n_persons", "link_rate", "status",
    "obs_status", "conf_status", "known_at",
)  # fmt: skip
NUMBER_OUT, NUMBER_WITHDRAWN, NUMBER_CANDIDATE = 2, 1, 3
NOTICE_FR = "Retirée : un journal y était compté deux fois."
NOTICE_EN = "Withdrawn: a log was counted twice."
MEDIA_TYPES = {
    ".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".zip": "application/zip",
}  # fmt: skip


def figures() -> bytes:
    """A table of figures with each status that a cell may have."""
    dated = ("phase", "2008-09-01", "2011-08-31")
    rows = [
        ("M02", "MOBILIS", "", "", *dated, "", "", "90", "", "", "90", "", "86", "0.5", "value", "A", "F"),
        ("M02", "MOBILIS", "Brossard", "", *dated, *[""] * 9, "suppressed", "Q", "N"),
        ("M04.concluded", "MOBILIS", "", "", *dated, "issue", "é, \"x\"", "0", "", "", "0", "", "", "",
         "true_zero", "A", "F"),
    ]  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows((*row, "2011-09-30") for row in rows)
    return text.getvalue().encode("utf-8")


def write_extracts(build: Path) -> None:
    """Beside `build`'s dashboards: a release out, a withdrawn one whose files were left, a candidate."""
    extracts = build / "extracts"
    for number in (NUMBER_WITHDRAWN, NUMBER_OUT, NUMBER_CANDIDATE):
        _write_package(extracts / str(number), number)
    put_back(build)


def put_back(build: Path) -> None:
    """The index as it was first."""
    write_index(build, [release_out(build / "extracts"), release_withdrawn()])


def write_index(build: Path, releases: list[dict[str, Any]]) -> None:
    """Replace the index, in one step."""
    draft = build / "extracts/index.draft"
    draft.write_text(json.dumps({"releases": releases}), "utf-8")
    draft.replace(build / "extracts/index.json")


def release_out(extracts: Path, number: int = NUMBER_OUT) -> dict[str, Any]:
    """The index's line of a published release, from its files."""
    package = extracts / str(number) / "package"
    files = [_file(path, str(path.relative_to(package))) for path in sorted(package.rglob("*.*"))]
    archive = _file(extracts / str(number) / f"bilan-{number}.zip", f"bilan-{number}.zip")
    del archive["media_type"]
    return {
        "release": number,
        "status": "published",
        "published_at": "2026-11-02T14:00:00+00:00",
        "withdrawn_at": None,
        "notice_fr": None,
        "notice_en": None,
        "until": "2011-08-31",
        "known_at": "2011-09-30",
        "ledger_version": 12,
        "synthetic": True,
        "manifest_sha256": hashlib.sha256(b"manifest").hexdigest(),
        "files": files,
        "archive": archive,
    }


def release_withdrawn() -> dict[str, Any]:
    """The index's line of a withdrawn release."""
    return {
        "release": NUMBER_WITHDRAWN,
        "status": "withdrawn",
        "published_at": "2026-10-02T14:00:00+00:00",
        "withdrawn_at": "2026-10-20T14:00:00+00:00",
        "notice_fr": NOTICE_FR,
        "notice_en": NOTICE_EN,
        "until": "2011-08-31",
        "known_at": "2011-08-31",
        "ledger_version": 11,
        "synthetic": True,
        "manifest_sha256": hashlib.sha256(b"before").hexdigest(),
        "files": [],
        "archive": None,
    }


def _write_package(folder: Path, number: int) -> None:
    package = folder / "package"
    (package / "data").mkdir(parents=True)
    (package / "data/kpi_values.csv").write_bytes(figures())
    (package / "LISEZMOI.md").write_text(f"# Diffusion {number}\n", "utf-8")
    (package / "manifest.json").write_text(json.dumps({"release": number}), "utf-8")
    with zipfile.ZipFile(folder / f"bilan-{number}.zip", "w") as archive:
        for path in sorted(package.rglob("*.*")):
            archive.write(path, path.relative_to(package))


def _file(path: Path, name: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "path": name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": MEDIA_TYPES[path.suffix],
    }
