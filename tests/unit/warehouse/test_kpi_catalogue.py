"""The catalogue is complete, and an entry that is not is seen."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bilan.contracts import CONTRACTS
from bilan.release.wording.vocabulary import BREAKDOWNS
from bilan.warehouse.catalogue import OPTIONAL, CatalogueError, Kpi, catalogue_of, read_catalogue
from bilan.warehouse.describe import describe
from tests.catalogue import MODELS, entries, entries_of, models

REQUIRED = {field.name for field in fields(Kpi)} - set(OPTIONAL)
TEXTS = sorted(REQUIRED - {"breakdowns"})
ENTRIES = {entry["code"]: entry for entry in entries()}
CATALOGUE = catalogue_of(entries())


@pytest.mark.parametrize("kpi", CATALOGUE, ids=lambda kpi: kpi.code)
def test_every_entry_is_filled(kpi: Kpi) -> None:
    assert kpi.faults() == []
    assert set(kpi.logs) <= set(CONTRACTS)
    assert set(kpi.programmes) <= {"MOBILIS", "Pj"}


def test_companions_have_a_headline() -> None:
    codes = {kpi.code for kpi in CATALOGUE}
    assert {code.split(".")[0] for code in codes} <= codes


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_field_is_a_fault(name: str) -> None:
    broken = replace(CATALOGUE[0], **{name: type(getattr(CATALOGUE[0], name))()})
    assert any(name in fault for fault in broken.faults())


def test_a_manifest_with_an_entry_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    lacking = {name: said for name, said in ENTRIES["P07"].items() if name != "counts"}
    model = {"resource_type": "model", "config": {"meta": {"kpis": [ENTRIES["M02"], lacking]}}}
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"nodes": {"kpi": model}}))
    with pytest.raises(CatalogueError, match="P07: counts is missing"):
        read_catalogue(file)


# What any entry may do without: these alone have it, as the places that show or protect it were read.
BOUNDED = {
    "M09": "persons: at most events of disclosures",
    "P08": "denominator: at most persons of path_steps where step=detected",
    "P08.with_service": "numerator: at most events of services_before_turning",
}
BESIDE = {
    "M04": ("M04.presented", "et {} des causes présentées à la cour"),
    "M05": ("M05.meetings", "en {} rencontres"),
    "M06": ("M06.informal", "et {} échanges informels"),
    "P02": ("P02.attendances", "en {} présences"),
    "P03.relative": ("P03", "soit {} points sur 100"),
    "P05": ("P05.attendance", "avec {} présences en moyenne"),
    "P06.completed": ("P06", "sur {} décidées"),
    "P15.detected": ("P15.served", None),
}


def test_the_bounds_and_the_companions_are_those_that_were_read() -> None:
    bounds = {
        kpi.code: "; ".join(f"{part}: {most}" for part, most in kpi.bounds.items()) for kpi in CATALOGUE
    }
    assert {code: said for code, said in bounds.items() if said} == BOUNDED
    told = {kpi.code: (kpi.companion["code"], kpi.companion.get("fr")) for kpi in CATALOGUE if kpi.companion}
    assert told == BESIDE


@pytest.mark.parametrize("name", sorted({f.name for f in fields(Kpi)} - {"bounds", "companion"}))
def test_each_entry_that_lacks_a_property_is_named_with_it(name: str) -> None:
    for code, entry in ((code, entry) for code, entry in ENTRIES.items() if name in entry):
        lacking = {said: value for said, value in entry.items() if said != name}
        of_whom = "None" if name == "code" else re.escape(code)
        with pytest.raises(CatalogueError, match=rf"(?m)^{of_whom}: {name}\b"):
            catalogue_of([lacking])


def parts_measured() -> dict[str, set[str]]:
    """The parts that each measure of the models' SQL has, by its code as it is written."""
    calls = re.compile(r"\bmeasure(?:_with)?\(\s*'(?P<code>[^,]+),(?P<rest>.*?)\)\s*\}\}", re.DOTALL)
    return {
        call["code"].rstrip("'"): set(re.findall(r"\b(numerator|denominator|persons)=", call["rest"]))
        for file in MODELS.glob("kpi_*.sql")
        for call in calls.finditer(file.read_text("utf-8"))
    }


MEASURED = parts_measured()


@pytest.mark.parametrize("kpi", CATALOGUE, ids=lambda kpi: kpi.code)
def test_an_entry_says_of_each_part_that_its_sql_measures_what_it_counts(kpi: Kpi) -> None:
    written = re.sub(r"at_\d+_months", "at_' ~ months ~ '_months", kpi.code)
    assert set(kpi.counts) == MEASURED[written]


STRANGERS = [
    ({"companion": {"code": "X99"}}, "M02: companion X99 has no entry"),
    ({"companion": {"code": "M03", "fr": "et {}"}}, "M02: companion is not in both languages"),
    ({"companion": {"fr": "et {}", "en": "and {}"}}, "M02: companion is not code, fr, en"),
    ({"colour": "red"}, "M02: colour is no property of a KPI"),
    ({"adds_up": None}, "M02: adds_up is for counts, and all of them"),
    ({"adds_up": True, "holds": "overlaps"}, "M02: adds_up, though a person or a fact may be counted in two"),
    (
        {"counts": {"numerator": "persons of arrests"}},
        "M02: adds_up, though a person or a fact may be counted",
    ),
    ({"counts": {"persons": "persons of arrests"}}, "M02: counts lacks numerator"),
    ({"signed": True}, "M02: signed is for means, and all of them"),
    ({"estimate": "none"}, "M02: estimate is for all but sums"),
    ({"code": "M03"}, "M03: has two entries"),
]


@pytest.mark.parametrize(("changes", "fault"), STRANGERS, ids=[fault for _, fault in STRANGERS])
def test_an_entry_that_says_what_cannot_be_is_named_with_it(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(CatalogueError, match=re.escape(fault)):
        catalogue_of([ENTRIES["M02"] | changes, *(ENTRIES[code] for code in ENTRIES if code != "M02")])


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    (
        "a part that no figure has",
        {"counts": {"numerator": "nothing", "share": "nothing"}},
        "counts no share",
    ),
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
    assert f"{CATALOGUE[0].code}: unknown {name}" in replace(CATALOGUE[0], **{name: word}).faults()


def test_a_territory_that_no_log_tells_is_a_fault() -> None:
    placed = next(kpi for kpi in CATALOGUE if kpi.code == "M02")
    assert [fault for fault in replace(placed, logs=("formations",)).faults() if "no place" in fault]
    assert replace(placed, logs=("effectifs", "formations")).faults() == []


SHOWN_BY: dict[str, Callable[[Kpi], bool]] = {
    "bilan_mobilis": lambda kpi: "MOBILIS" in kpi.programmes,
    "bilan_pj": lambda kpi: "Pj" in kpi.programmes,
    "trajectoires": lambda kpi: "Pj" in kpi.programmes,
    "mon_organisation": lambda kpi: "partner" in kpi.grain,
    "qualite": lambda _: False,
}


@pytest.mark.integration
def test_each_board_is_said_to_show_what_its_detail_shows() -> None:
    """`bilan trace` names the boards that show a figure: those whose exposure depends on its model."""
    exposures = yaml.safe_load((MODELS.parent / "exposures.yml").read_text())["exposures"]
    model_of = {entry["code"]: model["name"] for model in models() for entry in entries_of(model)}
    for exposure in exposures:
        shown = {model_of[kpi.code] for kpi in CATALOGUE if SHOWN_BY[exposure["name"]](kpi)}
        steward = {model_of[kpi.code] for kpi in CATALOGUE if kpi.disclosure == "steward"}
        named = {ref.split("'")[1] for ref in exposure["depends_on"]} - {"kpi_catalogue"}
        assert named == shown - steward, exposure["name"]


def test_every_kpi_model_is_in_the_long_table() -> None:
    union = (MODELS / "kpi_values.sql").read_text()
    kpi_models = {file.stem for file in MODELS.glob("kpi_[mpv][0-9]*.sql")}
    assert {model for model in kpi_models if f"'{model}'" in union} == kpi_models


@pytest.mark.integration
def test_every_model_has_its_description() -> None:
    properties = [yaml.safe_load(file.read_text()) for file in MODELS.parent.rglob("*.yml")]
    described = {
        model["name"]: model["description"] for told in properties for model in told.get("models", [])
    }
    assert described.keys() == {file.stem for kind in ("*.sql", "*.py") for file in MODELS.parent.rglob(kind)}
    assert all(described.values())


def test_each_drawing_of_one_figure_has_one() -> None:
    """`board_paths` draws what is broken down by « trajet », `board_matrix` a pair by axis and target."""
    assert [kpi.code for kpi in CATALOGUE if "trajet" in kpi.breakdowns] == ["P10.paths"]
    crossed = [kpi for kpi in CATALOGUE if "axe_cible" in kpi.breakdowns and kpi.companion]
    assert [(kpi.code, kpi.companion["code"]) for kpi in crossed] == [("P15.detected", "P15.served")]
    assert {kpi.code.split(".")[0] for kpi in CATALOGUE if kpi.code.endswith("_months")} == {"P08"}


def test_the_page_of_the_kpis_has_not_drifted_from_the_catalogue() -> None:
    page = (MODELS.parents[2] / "docs" / "indicateurs.md").read_text(encoding="utf-8")
    assert page == describe(sorted(CATALOGUE, key=lambda kpi: kpi.code)), "see bilan/warehouse/describe.py"


def test_a_changed_entry_changes_the_page() -> None:
    changed = replace(CATALOGUE[0], definition_fr="autre définition")
    assert describe([changed]) != describe([CATALOGUE[0]])


def test_every_breakdown_has_its_words_for_the_boards() -> None:
    assert {name for kpi in CATALOGUE for name in kpi.breakdowns} <= set(BREAKDOWNS)
