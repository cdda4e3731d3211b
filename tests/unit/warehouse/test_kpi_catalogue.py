"""The catalogue is complete, and an entry that is not is seen."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bilan.contracts import CONTRACTS
from bilan.release.words import BREAKDOWNS
from bilan.warehouse.catalogue import OPTIONAL, Kpi, _kpi
from bilan.warehouse.describe import describe

MODELS = Path(__file__).parents[3] / "dbt_project" / "models" / "kpi"
REQUIRED = {field.name for field in fields(Kpi)} - set(OPTIONAL)
TEXTS = sorted(REQUIRED - {"breakdowns"})


def models_and_entries() -> list[tuple[str, dict[str, Any]]]:
    models = [
        model for file in sorted(MODELS.glob("*.yml")) for model in yaml.safe_load(file.read_text())["models"]
    ]
    metas = ((model["name"], model.get("config", {}).get("meta", {}).get("kpis", [])) for model in models)
    return [(name, entry) for name, kpis in metas for entry in kpis]


def entries() -> list[dict[str, Any]]:
    return [entry for _, entry in models_and_entries()]


CATALOGUE = [_kpi(entry) for entry in entries()]


@pytest.mark.parametrize("kpi", CATALOGUE, ids=lambda kpi: kpi.code)
def test_every_entry_is_filled(kpi: Kpi) -> None:
    assert kpi.faults() == []
    assert set(kpi.logs) <= set(CONTRACTS)
    assert set(kpi.programmes) <= {"MOBILIS", "Pj"}


def test_entries_have_no_other_field() -> None:
    for entry in entries():
        assert set(entry) - set(OPTIONAL) == REQUIRED


def test_codes_are_unique_and_companions_have_a_headline() -> None:
    codes = [kpi.code for kpi in CATALOGUE]
    assert len(codes) == len(set(codes))
    assert {code.split(".")[0] for code in codes} <= set(codes)


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_field_is_a_fault(name: str) -> None:
    broken = replace(CATALOGUE[0], **{name: type(getattr(CATALOGUE[0], name))()})
    assert any(name in fault for fault in broken.faults())


@pytest.mark.parametrize("name", ["counts", "publishes"])
def test_an_entry_that_lacks_what_it_counts_or_publishes_is_named(name: str) -> None:
    [entry] = [entry for entry in entries() if entry["code"] == "P07"]
    del entry[name]
    with pytest.raises(KeyError, match=f"P07: {name}"):
        _kpi(entry)


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("a part that no figure has", {"counts": {"share": "nothing"}}, "counts no share"),
    ("a bound of nothing", {"bounds": {"denominator": "at most nothing"}}, "bounds no denominator"),
    ("nobody's partner", {"attributed_to": ""}, "attributed_to is for figures of partners"),
    ("no reason", {"because": ""}, "publishes without a reason"),
    ("no level", {"whole": None}, "publishes lacks whole"),
    (
        "a level of another breakdown",
        {"breakdown": {"role": []}},
        "publishes.breakdown is not of its breakdowns",
    ),
    ("a kind of period that is none", {"territory": ["day"]}, "publishes an unknown kind of period"),
]


@pytest.mark.parametrize(
    ("changes", "fault"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_what_an_entry_counts_and_publishes_is_whole(changes: dict[str, Any], fault: str) -> None:
    [kpi] = [kpi for kpi in CATALOGUE if kpi.code == "P07"]
    own = {name: changes[name] for name in changes if hasattr(kpi, name)}
    publishes = {**kpi.publishes, **{name: changes[name] for name in changes if name not in own}}
    told = {name: value for name, value in publishes.items() if value is not None}
    assert replace(kpi, **{"publishes": told, **own}).faults() == [f"P07: {fault}"]


@pytest.mark.parametrize("name", ["format", "disclosure", "rounding", "estimate", "holds"])
def test_an_unknown_word_is_a_fault(name: str) -> None:
    word: Any = "other"
    assert replace(CATALOGUE[0], **{name: word}).faults() == [f"{CATALOGUE[0].code}: unknown {name}"]


def test_a_territory_that_no_log_tells_is_a_fault() -> None:
    placed = next(kpi for kpi in CATALOGUE if kpi.code == "M02")
    assert [fault for fault in replace(placed, logs=("formations",)).faults() if "no place" in fault]
    assert replace(placed, logs=("effectifs", "formations")).faults() == []


def test_the_warehouse_knows_which_logs_have_no_territory() -> None:
    project = yaml.safe_load((MODELS.parents[1] / "dbt_project.yml").read_text())
    placeless = [log for log, contract in CONTRACTS.items() if not contract.has_territory]
    assert project["vars"]["logs_without_territory"] == placeless


SHOWN_BY: dict[str, Callable[[Kpi], bool]] = {
    "bilan_mobilis": lambda kpi: "MOBILIS" in kpi.programmes,
    "bilan_pj": lambda kpi: "Pj" in kpi.programmes,
    "trajectoires": lambda kpi: "Pj" in kpi.programmes,
    "mon_organisation": lambda kpi: "partner" in kpi.grain,
    "qualite": lambda _: False,
}


def test_each_board_is_said_to_show_what_its_detail_shows() -> None:
    """`bilan trace` names the boards that show a figure: those whose exposure depends on its model."""
    exposures = yaml.safe_load((MODELS.parent / "exposures.yml").read_text())["exposures"]
    models = {entry["code"]: model for model, entry in models_and_entries()}
    for exposure in exposures:
        shown = {models[kpi.code] for kpi in CATALOGUE if SHOWN_BY[exposure["name"]](kpi)}
        steward = {models[kpi.code] for kpi in CATALOGUE if kpi.disclosure == "steward"}
        named = {ref.split("'")[1] for ref in exposure["depends_on"]} - {"kpi_catalogue"}
        assert named == shown - steward, exposure["name"]


def test_every_kpi_model_is_in_the_long_table() -> None:
    union = (MODELS / "kpi_values.sql").read_text()
    models = {file.stem for file in MODELS.glob("kpi_[mpv][0-9]*.sql")}
    assert {model for model in models if f"'{model}'" in union} == models


def test_every_model_has_its_description() -> None:
    for sql in MODELS.parent.rglob("*.sql"):
        [model] = yaml.safe_load(sql.with_suffix(".yml").read_text())["models"]
        assert model["name"] == sql.stem
        assert model["description"]


def test_the_page_of_the_kpis_has_not_drifted_from_the_catalogue() -> None:
    page = (MODELS.parents[2] / "docs" / "indicateurs.md").read_text(encoding="utf-8")
    assert page == describe(sorted(CATALOGUE, key=lambda kpi: kpi.code)), "see bilan/warehouse/describe.py"


def test_a_changed_entry_changes_the_page() -> None:
    changed = replace(CATALOGUE[0], definition_fr="autre définition")
    assert describe([changed]) != describe([CATALOGUE[0]])


def test_every_breakdown_has_its_words_for_the_boards() -> None:
    assert {name for kpi in CATALOGUE for name in kpi.breakdowns} <= set(BREAKDOWNS)
