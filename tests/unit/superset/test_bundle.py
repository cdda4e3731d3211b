"""The bundle that is installed holds together, down to the dbt models."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from bilan_superset.bars import HUES, bars
from bundle.boards import boards
from bundle.check import catalogue_of, faults
from bundle.wording import Words
from bundle.write import files

from bilan.dashboards.boards import BOARDS, LANGUAGES, Entry
from bilan.dashboards.tables import KPI_VALUES
from bilan.release.publication.shown.figures import EVERYWHERE
from bilan.release.wording.labels import LATEST_EN, LATEST_FR

ROOT = Path(__file__).resolve().parents[3]
MODELS, REFERENCE = ROOT / "dbt_project/models/kpi", ROOT / "bilan/reference"
KPIS = catalogue_of(MODELS)


def test_a_partner_has_its_milieu_s_hue() -> None:
    written = bars()
    with (REFERENCE / "partners.csv").open(encoding="utf-8", newline="") as stream:
        for partner in csv.DictReader(stream):
            rule = f".bilan-milieu-{partner['code']} {{ background: {HUES[partner['milieu_fr']]}; }}"
            assert rule in written
    assert len(set(HUES.values())) == len(HUES)


@pytest.mark.integration
def test_the_bundle_holds_together() -> None:
    assert faults(files(), KPIS) == []


@pytest.mark.integration
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
PARTS = "charts/mobilis_motifs.yaml"
LINES = "charts/mobilis_cumuls.yaml"
CHOICES = "datasets/bilan/board_choices.yaml"


@pytest.mark.integration
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
    assert found == ["Chiffres clés: board_figures has no nom_de_famille"]


def test_a_metric_that_the_dataset_lacks_is_a_fault() -> None:
    [fault] = broken(LINES, params={**params(LINES), "metrics": ["Somme"]})
    assert fault.endswith("board_quarters has no Somme")


@pytest.mark.parametrize(
    ("path", "subject", "value", "fault"),
    [
        (CARDS, "code", ["M99"], "the catalogue has no M99"),
        (CARDS, "programme", "Pj", "M02 is not of Pj"),
        (PARTS, "part_key", ["M02/sexe"], "M02 has no breakdown by sexe"),
        ("charts/mobilis_annees.yaml", "line_key", ["M13/sexe"], "M13 has no breakdown by sexe"),
    ],
)
def test_a_figure_that_the_catalogue_lacks_is_a_fault(
    path: str, subject: str, value: str | list[str], fault: str
) -> None:
    wheres = [
        {**where, "comparator": value} if where["subject"] == subject else where
        for where in params(path)["adhoc_filters"]
    ]
    found = broken(path, params={**params(path), "adhoc_filters": wheres})
    assert fault in [one.split(": ", 1)[1] for one in found]


def test_a_table_that_is_not_published_is_a_fault() -> None:
    assert "events: not a plain query (table)" in broken(CHOICES, table_name="events")


def test_a_column_that_the_published_file_lacks_is_a_fault() -> None:
    found = broken("datasets/bilan/state.yaml", columns=[{"column_name": "nom", "type": "VARCHAR"}])
    assert "state.nom: VARCHAR in the bundle, None when published" in found


def test_a_filter_on_a_column_that_is_gone_is_a_fault() -> None:
    found = broken(CHOICES, columns=[])
    assert "bilan-pj: the filter Territoire has no column territory_fr" in found


def test_each_board_has_its_twin_in_the_other_language() -> None:
    french, english = (
        {board.slug.removesuffix("-en"): board for board in boards() if board.language == language}
        for language in LANGUAGES
    )
    assert set(french) == set(english)
    for name, board in french.items():
        assert [chart.viz for chart in board.charts] == [chart.viz for chart in english[name].charts]
        assert {f"dashboards/{slug}.yaml" for slug in (name, f"{name}-en")} <= set(files())


def test_each_board_has_a_module_and_each_module_a_board() -> None:
    written = {path.stem for path in (ROOT / "superset_config/bundle/boards").glob("*.py")}
    assert written - {"__init__"} == {entry.name for entry in BOARDS}


def test_a_board_that_is_not_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    unwritten = Entry("bilan-nouveau", ("Nouveau", "New"), ("Nouveau", "New"), ())
    monkeypatch.setattr("bundle.boards.BOARDS", (unwritten,))
    with pytest.raises(ModuleNotFoundError, match=r"bundle\.boards\.bilan_nouveau"):
        boards.__wrapped__()


def test_the_exposures_of_dbt_are_the_boards() -> None:
    told = yaml.safe_load((MODELS.parent / "exposures.yml").read_text("utf-8"))["exposures"]
    assert {exposure["name"]: exposure["label"] for exposure in told} == {
        entry.name: entry.title[0] for entry in BOARDS
    }


def test_the_page_of_the_boards_tells_each_one_s_address() -> None:
    page = (ROOT / "docs/tableaux.md").read_text("utf-8")
    told = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| ") and "`" in line]
    assert told == [[f" {entry.title[0]} ", f" `{entry.slug}` "] for entry in BOARDS]


def test_boards_open_on_values_that_the_published_files_know() -> None:
    programmes = REFERENCE / "programmes.csv"
    with programmes.open(encoding="utf-8", newline="") as stream:
        known = {row[f"name_{language}"] for row in csv.DictReader(stream) for language in LANGUAGES}
    opened = {(one.name, one.opens_on) for board in boards() for one in board.filters}
    assert {value for name, value in opened if name == "programme"} <= known
    assert {value for name, value in opened if name == "territory"} == set(EVERYWHERE)
    assert {value for name, value in opened if name == "release"} == {LATEST_FR, LATEST_EN}


@pytest.mark.integration
def test_no_template_is_left_with_a_blank_to_fill() -> None:
    for path, content in files().items():
        template = yaml.safe_load(content).get("params", {}).get("handlebarsTemplate", "")
        for blank in (
            "[[",
            "§",
            "TITLE",
            "SOURCE",
            "NOTE",
            "KEY",
            "LINES",
            "CONDITION",
            "FIRST",
            "TWIN",
            "OWN",
        ):
            assert blank not in template, path


def test_a_word_that_the_catalogue_lacks_stops_the_writing() -> None:
    with pytest.raises(KeyError, match="nothing"):
        Words("fr").fill("<p>[[nothing]]</p>")


def test_every_code_that_a_board_shows_leads_to_its_definition() -> None:
    """A key figure links to `#def-CODE`, on the same page."""
    for board in boards():
        told = [chart for chart in board.charts if chart.dataset == "kpi_catalogue"]
        defined = {code for chart in told for code in chart.params["adhoc_filters"][0]["comparator"]}
        shown = {
            code
            for chart in board.charts
            if chart.dataset in {"board_figures", "board_own"}
            for where in chart.params["adhoc_filters"]
            if where["subject"] == "code"
            for code in where["comparator"]
        }
        assert shown <= defined, board.slug
