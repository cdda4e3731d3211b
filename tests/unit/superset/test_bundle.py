"""The committed bundle is what the generator writes, and holds together down to the dbt models."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from bundle.check import catalogue_of, faults
from bundle.write import ASSETS, files, write

from bilan.release.schema import KPI_VALUES

MODELS = Path(__file__).resolve().parents[3] / "dbt_project/models/kpi"
KPIS = catalogue_of(MODELS)


def test_the_committed_files_are_what_the_generator_writes() -> None:
    committed = {str(path.relative_to(ASSETS)): path.read_text("utf-8") for path in ASSETS.rglob("*.yaml")}
    assert committed == files(), "run: PYTHONPATH=superset_config .venv/bin/python -m bundle"


def test_writing_leaves_no_file_of_an_earlier_bundle(tmp_path: Path) -> None:
    left = tmp_path / "charts/ancien.yaml"
    left.parent.mkdir()
    left.write_text("slice_name: Ancien")
    write(tmp_path)
    assert not left.exists()
    assert (tmp_path / "metadata.yaml").exists()


def test_the_bundle_holds_together() -> None:
    assert faults(files(), KPIS) == []


def test_uuids_never_change() -> None:
    board = yaml.safe_load(files()["dashboards/bilan-mobilis.yaml"])
    assert board["uuid"] == "eef2bd29-2a99-5a35-9175-dcd87c2fcdbf"


def test_the_published_cube_has_the_columns_of_its_dbt_model() -> None:
    model = yaml.safe_load((MODELS / "kpi_values.yml").read_text("utf-8"))["models"][0]
    declared = {column["name"]: column["data_type"].upper() for column in model["columns"]}
    assert declared == KPI_VALUES.columns


def broken(path: str, **changes: Any) -> list[str]:
    """The faults of the bundle once the asset at `path` has these changes."""
    contents = files()
    contents[path] = yaml.safe_dump(yaml.safe_load(contents[path]) | changes)
    return faults(contents, KPIS)


def params(path: str) -> dict[str, Any]:
    chart: dict[str, Any] = yaml.safe_load(files()[path])
    settings: dict[str, Any] = chart["params"]
    return settings


CARDS = "charts/mobilis_cles.yaml"
PARTS = "charts/mobilis_m02_motif.yaml"
FIGURES = "datasets/bilan/chiffres.yaml"


def test_a_chart_on_no_dashboard_is_a_fault() -> None:
    contents = files()
    contents["charts/seul.yaml"] = contents[CARDS].replace(
        yaml.safe_load(contents[CARDS])["uuid"], "00000000-0000-0000-0000-000000000000"
    )
    assert faults(contents, KPIS) == ["Chiffres clés: on no dashboard"]


def test_a_dashboard_without_its_chart_is_a_fault() -> None:
    contents = files()
    del contents[CARDS]
    assert [fault for fault in faults(contents, KPIS) if fault.startswith("bilan-mobilis: no chart")]


def test_a_column_that_the_dataset_lacks_is_a_fault() -> None:
    found = broken(CARDS, params={**params(CARDS), "all_columns": ["nom_de_famille"]})
    assert found == ["Chiffres clés: chiffres has no nom_de_famille"]


def test_a_metric_that_the_dataset_lacks_is_a_fault() -> None:
    assert broken(PARTS, params={**params(PARTS), "metrics": ["Somme"]}) == [
        "Arrestations, selon le motif: repartition has no Somme"
    ]


@pytest.mark.parametrize(
    ("subject", "value", "fault"),
    [
        ("code", "M99", "the catalogue has no M99"),
        ("programme", "Pj", "M02 is not of Pj"),
        ("ventilation", "sexe", "M02 has no breakdown by sexe"),
    ],
)
def test_a_figure_that_the_catalogue_lacks_is_a_fault(subject: str, value: str, fault: str) -> None:
    wheres = [
        {**where, "comparator": value} if where["subject"] == subject else where
        for where in params(PARTS)["adhoc_filters"]
    ]
    found = broken(PARTS, params={**params(PARTS), "adhoc_filters": wheres})
    assert found == [f"Arrestations, selon le motif: {fault}"]


def test_a_query_on_what_is_not_published_is_a_fault() -> None:
    assert broken(FIGURES, sql="select * from events") == ["chiffres: not a plain query (table)"]


def test_a_column_that_the_published_file_lacks_is_a_fault() -> None:
    found = broken(
        FIGURES, sql="select code from kpi_affichage", columns=[{"column_name": "nom", "type": "VARCHAR"}]
    )
    assert "chiffres.nom: VARCHAR in the bundle, None when published" in found


def test_a_filter_on_a_column_that_is_gone_is_a_fault() -> None:
    found = broken("datasets/bilan/periodes.yaml", columns=[])
    assert "bilan-pj: the filter Territoire has no column territoire" in found
