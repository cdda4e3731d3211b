"""dbt's staging models, written from the contracts: one for each type of event, with all that it keeps.

They stand in `dbt_project/generated`, which Git ignores: change the contract, never the files.
`write_staging` is called before dbt reads the project.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bilan.contracts import CONTRACTS, OWN_EVENTS, Contract, EventSpec, Kind, OwnEvent
from bilan.durable import alone, replace

GENERATED = "generated"
_MODELS, _MACRO = "models/staging", "macros/logs.sql"
_TYPES = {
    Kind.CHOICES: " varchar[]",
    Kind.DATE: " date",
    Kind.DECIMAL: " decimal(38, 15)",
    Kind.INTEGER: " bigint",
    Kind.YES_NO: " boolean",
}  # text otherwise
_DERIVED = "date_deduite boolean"  # whether the date was derived, where a contract lets it be


def write_staging(project: Path) -> None:
    """Have the project's folder of generated files hold what the contracts say, and nothing else.

    A file that says so already is left alone: a project that can't be written to does, once it is made.
    Raises HomeError or OSError where something must be written and can't be.
    """
    folder, wanted = project / GENERATED, staging_files()
    if _standing(folder) == wanted:
        return
    with alone(folder):
        standing = _standing(folder)
        for name in standing.keys() - wanted.keys():
            (folder / name).unlink()
        for name in wanted:
            if standing.get(name) != wanted[name]:
                replace(folder / name, wanted[name].encode())


@cache
def staging_files() -> Mapping[str, str]:
    """The text of each generated file, by its path in their folder."""
    return MappingProxyType(files_of(CONTRACTS.values(), OWN_EVENTS))


def files_of(contracts: Collection[Contract], own: Iterable[OwnEvent]) -> dict[str, str]:
    """The same of those contracts and own events. ValueError if two models would have one name."""
    staged = [_of_log(contract, event) for contract in contracts for event in contract.events]
    staged += [_of_bilan(event) for event in own]
    names = [name for name, _, _ in staged]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"several types of event would be staged as {', '.join(sorted(twice))}")
    files = {f"{_MODELS}/{name}.sql": text for name, _, text in staged}
    files[f"{_MODELS}/_staging.yml"] = _descriptions((name, said) for name, said, _ in sorted(staged))
    placeless = [contract.log for contract in contracts if not contract.has_territory]
    files[_MACRO] = (
        f"{{% macro logs_without_territory() -%}}\n    {{{{ return({placeless}) }}}}\n{{%- endmacro %}}\n"
    )
    return files


def _of_log(contract: Contract, event: EventSpec) -> tuple[str, str, str]:
    """The name, the description and the text of the model of an event that a log yields."""
    _, thing, happened, _ = event.type.split(".")
    fields = [field for name in event.data for field in _fields(contract, name)]
    fields += [_DERIVED] * event.derives_time
    return f"stg_{thing}_{happened}", event.description, _call(event.type, fields)


def _of_bilan(event: OwnEvent) -> tuple[str, str, str]:
    fields = [field if field == column else f"{field} as {column}" for field, column in event.data]
    return f"stg_{event.event}", event.description, _call(event.type, fields)


def _fields(contract: Contract, name: str) -> list[str]:
    """A column of a contract as the macro `payload` reads it; a date comes with how much of it is known."""
    kind = contract.column(name).kind
    return [name + _TYPES.get(kind, ""), *([f"{name}_precision"] if kind is Kind.DATE else [])]


def _call(type_: str, fields: Iterable[str]) -> str:
    return "{{ staged(" + ", ".join(f"'{word}'" for word in (type_, *fields)) + ") }}\n"


def _descriptions(described: Iterable[tuple[str, str]]) -> str:
    """A properties file of dbt's."""
    models = (
        f"  - name: {name}\n    description: {json.dumps(said, ensure_ascii=False)}\n"
        for name, said in described
    )
    return "models:\n" + "".join(models)


def _standing(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
