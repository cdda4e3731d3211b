"""Staging is written from the contracts: a model for every event, with all that it keeps."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bilan.contracts import CONTRACTS, OWN_EVENTS, STATEMENT_TYPE, Contract, EventSpec, Kind
from bilan.warehouse.freshness import models_hash
from bilan.warehouse.staging import GENERATED, files_of, staging_files, write_staging

FILES = staging_files()
MODELS = {
    Path(name).stem: text for name, text in FILES.items() if name.startswith("models/") and "stg_" in name
}
YIELDED = [(contract, event) for contract in CONTRACTS.values() for event in contract.events]
ARRESTS = CONTRACTS["arrestations"]


def staged(model: str) -> list[str]:
    """The type of a model, then its fields."""
    return re.findall(r"'([^']+)'", MODELS[model])


def contents(folder: Path) -> dict[str, str]:
    shown = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_text() for path in shown}


@pytest.mark.parametrize(("contract", "event"), YIELDED, ids=[event.type for _, event in YIELDED])
def test_an_event_is_staged_with_all_that_its_contract_keeps(contract: Contract, event: EventSpec) -> None:
    _, thing, happened, _ = event.type.split(".")
    type_, *fields = staged(f"stg_{thing}_{happened}")
    assert type_ == event.type
    names = [field.split(" ")[0] for field in fields]
    assert [name for name in names if name in event.data] == list(event.data)
    dates = {name for name in event.data if contract.column(name).kind is Kind.DATE}
    derived = {"date_deduite"} if event.derives_time else set()
    assert set(names) - set(event.data) == {f"{name}_precision" for name in dates} | derived


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("stg_charge_laid", "chefs bigint"),
        ("stg_exchange_made", "nature varchar[]"),
        ("stg_exchange_made", "formel boolean"),
        ("stg_grant_awarded", "montant decimal(38, 15)"),
        ("stg_grant_awarded", "periode_fin date"),
        ("stg_grant_awarded", "periode_fin_precision"),
        ("stg_arrest_made", "gang"),  # oui, non or inconnu
        ("stg_case_concluded", "date_deduite boolean"),
        ("stg_breach_refused", "sender as breached_by"),
    ],
)
def test_a_field_has_the_type_of_its_column(model: str, field: str) -> None:
    assert field in staged(model)


def test_every_event_of_bilan_s_own_that_says_something_is_staged() -> None:
    own = {event.type for event in OWN_EVENTS}
    assert {staged(f"stg_{event.event}")[0] for event in OWN_EVENTS} == own
    assert STATEMENT_TYPE not in own
    assert len(MODELS) == len(own) + len(YIELDED)


def test_every_model_is_described_in_a_sentence() -> None:
    told = yaml.safe_load(FILES["models/staging/_staging.yml"])["models"]
    assert [model["name"] for model in told] == sorted(MODELS)
    assert all(re.fullmatch(r"[A-Z].+\.", model["description"]) for model in told)
    assert {"name": "stg_arrest_made", "description": ARRESTS.events[0].description} in told


def test_a_contract_without_territory_is_read_without() -> None:
    files = files_of([ARRESTS, CONTRACTS["formations"]], ())
    assert "return(['formations'])" in files["macros/logs.sql"]


def test_two_types_of_one_name_are_refused() -> None:
    again = replace(ARRESTS, events=(replace(ARRESTS.events[0], type="pj.arrest.made.v1"),))
    with pytest.raises(ValueError, match="stg_arrest_made"):
        files_of([ARRESTS, again], ())


def test_the_folder_holds_what_contracts_say_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / GENERATED
    (folder / "models/staging").mkdir(parents=True)
    (folder / "models/staging/stg_forgotten.sql").write_text("select 1")
    (folder / "models/staging/stg_arrest_made.sql").write_text("select 2")
    write_staging(tmp_path)
    assert contents(folder) == FILES


def test_a_file_that_says_so_already_is_left_alone(tmp_path: Path) -> None:
    write_staging(tmp_path)
    files = sorted((tmp_path / GENERATED).rglob("stg_*.sql"))
    files[0].unlink()
    before = [file.stat().st_ino for file in files[1:]]
    write_staging(tmp_path)
    assert files[0].exists()
    assert [file.stat().st_ino for file in files[1:]] == before


def test_a_folder_that_is_whole_is_not_written_to(tmp_path: Path) -> None:
    write_staging(tmp_path)
    lock = tmp_path / GENERATED / ".lock"
    lock.unlink()  # whoever writes takes it, and makes it
    write_staging(tmp_path)
    assert not lock.exists()


def test_models_are_the_same_whether_they_are_written_or_not(tmp_path: Path) -> None:
    before = models_hash(tmp_path)
    write_staging(tmp_path)
    assert models_hash(tmp_path) == before
