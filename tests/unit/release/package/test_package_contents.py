"""What a package holds: figures, statuses, words, and the same bytes each time."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import polars as pl
import pytest

from bilan.release.package import PackageError
from bilan.release.package.statuses import STATUSES
from tests.unit.release.package.packing import Packing, row

FILES = {
    "LISEZMOI.md",
    "METHODES.md",
    "METHODS.md",
    "approvals.json",
    "bilan-verify.py",
    "bilan.xlsx",
    "candidate.json",
    "checkpoint.txt",
    "data/kpi_catalogue.csv",
    "data/kpi_values.csv",
    "data/kpi_values.parquet",
    "datapackage.json",
    "manifest.json",
    "manifest.sig",
    "merkle.json",
    "provenance.json",
    "release.pub",
}


def files(package: Path) -> dict[str, bytes]:
    paths = (path for path in package.rglob("*") if path.is_file())
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}


def figures(package: Path) -> list[dict[str, str]]:
    with (package / "data" / "kpi_values.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_package_holds_what_a_reviewer_needs_and_nothing_else(package: Path) -> None:
    assert set(files(package)) == FILES


@pytest.mark.integration
def test_the_same_inputs_give_the_same_bytes(packing: Packing) -> None:
    packing.freeze(1)
    first = files(packing.pack(1))
    shutil.rmtree(packing.home.releases / "1" / "package")
    assert files(packing.pack(1)) == first


@pytest.mark.integration
def test_a_package_made_again_takes_the_place_of_the_one_before(packing: Packing) -> None:
    packing.freeze(1)
    (packing.pack(1) / "left.txt").write_text("x")
    for left in (".package", ".package.gone"):  # by a run that was killed
        (packing.home.releases / "1" / left / "data").mkdir(parents=True)
    assert set(files(packing.pack(1))) == FILES
    assert sorted(path.name for path in (packing.home.releases / "1").iterdir()) == ["candidate", "package"]


@pytest.mark.integration
def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


@pytest.mark.integration
@pytest.mark.parametrize(
    ("before", "after"),
    [(b"true_zero", b"vrai_zero"), (b"2010-01-01", b"2010-13-01"), (b"M02,", b"M99,"), (b"12.0", b"douze")],
)
def test_frictionless_finds_what_is_not_as_described(package: Path, before: bytes, after: bytes) -> None:
    file = package / "data" / "kpi_values.csv"
    file.write_bytes(file.read_bytes().replace(before, after, 1))
    assert not frictionless.validate(str(package / "datapackage.json")).valid


def test_each_status_has_its_sdmx_codes_and_what_is_hidden_is_empty(package: Path) -> None:
    rows = {line["status"]: line for line in figures(package)}
    assert set(rows) == set(STATUSES)
    for status, line in rows.items():
        told = STATUSES[status]
        assert (line["obs_status"], line["conf_status"]) == (told.obs_status, told.conf_status)
        assert bool(line["value"]) == told.has_value
    hidden = rows["suppressed"]
    measures = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
    assert [hidden[name] for name in measures] == [""] * 7
    assert float(rows["true_zero"]["value"]) == 0


def test_csv_and_parquet_are_the_same_figures(package: Path) -> None:
    parquet = pl.read_parquet(package / "data" / "kpi_values.parquet")
    rows = figures(package)
    assert parquet.columns == list(rows[0])
    for name in ("value", "numerator"):
        assert parquet[name].to_list() == [float(row[name]) if row[name] else None for row in rows]
    assert 0.1 + 0.2 in parquet["value"].to_list()  # unrounded


def test_the_catalogue_speaks_of_the_public_figures_alone(package: Path) -> None:
    with (package / "data" / "kpi_catalogue.csv").open(encoding="utf-8") as file:
        assert [row["code"] for row in csv.DictReader(file)] == ["M02", "P09"]


def test_the_workbook_says_what_it_is_and_holds_no_formula(package: Path) -> None:
    book = openpyxl.load_workbook(package / "bilan.xlsx")
    assert book.sheetnames == ["Bilan", "Chiffres", "Indicateurs"]
    cover = {str(row[0].value): [cell.value for cell in row[1:]] for row in book["Bilan"].iter_rows()}
    assert "DONNÉES SYNTHÉTIQUES" in cover
    assert cover["suppressed"][:2] == ["Q", "N"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {"=1+1", "@x"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    headings, *rows = book["Chiffres"].iter_rows(values_only=True)
    assert len(rows) == len(figures(package))
    place = list(headings).index("value")
    expected = [float(line["value"]) if line["value"] else None for line in figures(package)]
    # a spreadsheet keeps 15 digits
    assert [line[place] for line in rows] == [pytest.approx(value) for value in expected]


@pytest.mark.integration
def test_real_data_is_not_called_synthetic(packing: Packing) -> None:
    packing.freeze(1, synthetic=False)
    package = packing.pack(1)
    assert "synthétiques" not in (package / "METHODES.md").read_text("utf-8")
    assert "DONNÉES SYNTHÉTIQUES" not in [
        cell.value for cell in openpyxl.load_workbook(package / "bilan.xlsx")["Bilan"]["A"]
    ]


@pytest.mark.integration
def test_the_methods_tell_the_parameters_that_were_used(packing: Packing) -> None:
    parameters = {"threshold": 7, "width": 4, "zeros": "hidden"}
    level = {"programme": "Pj", "code": "P09", "breakdown": None, "by_territory": True}
    levels = [
        {**level, "period_kind": "quarter", "reason": "sparse"},
        {**level, "programme": "MOBILIS", "period_kind": "fiscal_year", "reason": "calendar"},
    ]
    taken = [
        {
            "programme": "MOBILIS",
            "code": "M04",
            "reason": "publié depuis 2011",
            "decided_by": "Comité",
            "decided_on": "2026-11-23",
        }
    ]
    told = {"safe": True, "parameters": parameters, "coarsened": levels, "exceptions": taken}
    packing.freeze(1, protection=told)
    package = packing.pack(1)
    french, english = ((package / name).read_text("utf-8") for name in ("METHODES.md", "METHODS.md"))
    assert "Un compte de 0 à 6" in french
    assert "seuil 7" in french
    assert "A count of 0 to 6" in english
    assert "at least 4 at that count" in english
    assert "- Pj P09 : par territoire (trimestre)" in french
    assert "- Pj P09 : by territory (quarter)" in english
    assert "- MOBILIS : Année financière (avril à mars)" in french
    assert "- MOBILIS M04 : publié depuis 2011 (Comité, 2026-11-23)" in french


def test_the_descriptor_names_types_and_keys(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_bytes())
    by_path = {resource["path"]: resource for resource in told["resources"]}
    schema = by_path["data/kpi_values.csv"]["schema"]
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    assert (kinds["value"], kinds["n_persons"], kinds["known_at"]) == ("number", "integer", "date")
    assert all(field["description"] and field["description_en"] for field in schema["fields"])
    assert by_path["data/kpi_values.csv"]["rows"] == len(figures(package))
    approved = {file["path"] for file in json.loads((package / "candidate.json").read_bytes())["files"]}
    assert set(by_path) == approved - {"datapackage.json"}


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 3.0},
        {"numerator": 3.0},
        {"denominator": 30.0},
        {"n_persons": 3},
        {"low": 1.0},
        {"link_rate": 0.5},
        {"status": "value"},
        {"status": "true_zero", "value": 1.0},
        {"status": "missing", "value": 1.0},
        {"status": "unheard_of"},
        {"status": "value", "value": float("inf")},
        {"partner": "SPAL"},
    ],
)
def test_a_row_whose_status_belies_it_is_never_packed(packing: Packing, changes: dict[str, Any]) -> None:
    packing.freeze(1, [row("suppressed", None, **changes)])
    with pytest.raises(PackageError, match="1 lignes publiques"):
        packing.pack(1)
    assert not (packing.home.releases / "1" / "package").exists()


def test_a_cell_that_is_there_twice_is_never_packed(packing: Packing) -> None:
    packing.freeze(1, [row(), row(value=13.0)])
    with pytest.raises(PackageError, match="2 lignes publiques"):
        packing.pack(1)


@pytest.mark.parametrize("safe", [{"safe": False}, {}, {"safe": "yes"}])
def test_what_was_not_found_safe_is_never_packed(packing: Packing, safe: dict[str, Any]) -> None:
    packing.freeze(1, protection={**safe, "coarsened": []})
    with pytest.raises(PackageError, match="protection"):
        packing.pack(1)


def test_a_candidate_that_changed_is_never_packed(packing: Packing) -> None:
    packing.freeze(1)
    file = packing.home.releases / "1" / "candidate" / "catalogue.parquet"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(PackageError, match=r"catalogue\.parquet"):
        packing.pack(1)
    file.unlink()
    with pytest.raises(PackageError, match=r"catalogue\.parquet manque"):
        packing.pack(1)
