"""Tables, lists of cells and results as files: what `bilan protect` reads and prints."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection
from bilan.disclosure.tables.table import (
    SUPPRESSED,
    Cell,
    Grouping,
    Key,
    Release,
    ReleasedCell,
    Status,
    Table,
)
from bilan.errors import PlainError

COUNT = "count"


class TableError(PlainError):
    """A file given to `bilan protect` is not what it should be."""


def read_inner(file: Path) -> tuple[Grouping, dict[Key, int]]:
    """The dimensions of a table and the count of each inner cell. Lines of one cell are added up."""
    header, lines = _lines(file)
    dimensions = tuple(name for name in header if name != COUNT)
    if COUNT not in header or not dimensions:
        raise TableError(
            f"{file.name}, ligne 1 : il faut des colonnes de dimensions et une colonne « {COUNT} »"
        )
    inner: dict[Key, int] = {}
    for number, line in lines:
        if not any(line):
            continue
        values = _named(file, header, number, line)
        key = tuple(values[name] for name in dimensions)
        inner[key] = inner.get(key, 0) + _count(file, number, values[COUNT])
    if not inner:
        raise TableError(f"{file.name} : aucune ligne après les en-têtes")
    return dimensions, inner


def read_groupings(text: str, dimensions: Grouping) -> tuple[Grouping, ...]:
    """« row,col;row; » as groupings, each in the table's order of dimensions; an empty one is the total."""
    groupings = []
    for part in text.split(";"):
        names = {name.strip() for name in part.split(",") if name.strip()}
        unknown = sorted(names - set(dimensions))
        if unknown:
            raise TableError(
                f"--publish : « {', '.join(unknown)} » n'est pas une dimension de la table "
                f"({', '.join(dimensions)})"
            )
        groupings.append(tuple(name for name in dimensions if name in names))
    return tuple(dict.fromkeys(groupings))


def read_cells(file: Path, table: Table) -> frozenset[Cell]:
    """Cells listed by their dimensions; a dimension left empty, or without a column, is summed over."""
    header, lines = _lines(file)
    unknown = sorted(set(header) - {*table.dimensions, COUNT})
    if unknown:
        raise TableError(
            f"{file.name}, ligne 1 : « {', '.join(unknown)} » n'est pas une dimension de la table"
        )
    cells = set()
    for number, line in lines:
        values = _named(file, header, number, line)
        grouping = tuple(name for name in table.dimensions if values.get(name))
        cell = grouping, tuple(values[name] for name in grouping)
        if grouping not in table.groupings:
            raise TableError(f"{file.name}, ligne {number} : --publish ne montre pas {_words(grouping)}")
        if not any(table.key_in(grouping, key) == cell[1] for key in table.inner):
            raise TableError(f"{file.name}, ligne {number} : la table n'a pas cette cellule")
        cells.add(cell)
    return frozenset(cells)


def read_releases(file: Path, dimensions: Grouping) -> tuple[Release, ...]:
    """The releases that a result of `bilan protect` speaks of, oldest first: it, and those before it."""
    try:
        result = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_release(each, dimensions) for each in [*result.get("earlier", []), result])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TableError(
            f"{file.name} n'est pas un résultat de « bilan protect --json » sur les mêmes dimensions"
        ) from None


def result_of(protection: Protection, rules: Rules) -> dict[str, Any]:
    """The result as it is printed. Exact counts are in it: it is the steward's, never published."""
    table = protection.table
    hidden = protection.suppressed()
    return {
        "safe": protection.safe,
        "cells": _cells(protection),
        "attackers": [
            {
                "name": attack.name,
                "determined": len(attack.determined),
                "under_protected": len(attack.under_protected),
            }
            for attack in protection.attacks
        ],
        "hidden": len(hidden),
        "lost": sum(hidden.values()),
        "already_public": [_cell_words(cell) for cell in protection.rows.already_public],
        "rules": asdict(rules),
        "dimensions": list(table.dimensions),
        "inner": [[*key, count] for key, count in table.inner.items()],
        "earlier": [_earlier(release, table.dimensions) for release in table.earlier],
    }


def _cells(protection: Protection) -> list[dict[str, Any]]:
    system = protection.rows.system
    values = system.values
    determined = protection.low == protection.high
    return [
        {
            **_cell_words(cell),
            "count": int(values[row]),
            "status": _status(bool(protection.hidden[row]), int(values[row])),
            "low": int(protection.low[row]),
            "high": int(protection.high[row]),
            "determined": bool(protection.hidden[row] and determined[row]),
            "sensitive": bool(system.sensitive[row]),
        }
        for row, cell in enumerate(protection.rows.cells)
    ]


def _status(hidden: bool, count: int) -> Status:
    if hidden:
        return SUPPRESSED
    return "value" if count else "true_zero"


def _cell_words(cell: Cell) -> dict[str, Any]:
    grouping, key = cell
    return {"grouping": ",".join(grouping), "key": list(key)}


def _earlier(release: Release, dimensions: Grouping) -> dict[str, Any]:
    """An earlier release, as much of it as the next one needs."""
    return {
        "cells": [
            {
                **_cell_words(cell.cell),
                "count": cell.count,
                "status": cell.status,
                "sensitive": cell.sensitive,
            }
            for cell in release.cells
        ],
        "dimensions": list(dimensions),
        "inner": [[*key, count] for key, count in release.inner.items()],
    }


def _release(result: Mapping[str, Any], dimensions: Grouping) -> Release:
    """What a result says; without its `inner`, the cells of the finest grouping are taken for them."""
    if tuple(result.get("dimensions", dimensions)) != dimensions:
        raise ValueError("other dimensions")
    cells = tuple(_released(cell) for cell in result["cells"])
    inner = {tuple(str(name) for name in line[:-1]): int(line[-1]) for line in result.get("inner", ())}
    inner = inner or {cell.cell[1]: cell.count for cell in cells if cell.cell[0] == dimensions}
    if not inner:
        raise ValueError("no inner cell")
    return Release(inner, cells)


def _released(cell: Mapping[str, Any]) -> ReleasedCell:
    grouping = tuple(name for name in str(cell["grouping"]).split(",") if name)
    key = tuple(str(value) for value in cell["key"])
    hidden = cell["status"] == SUPPRESSED
    return ReleasedCell(
        (grouping, key), int(cell["count"]), cell["status"], bool(cell.get("sensitive", hidden))
    )


def _lines(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and each line that is not blank with its number in the file."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader if line]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise TableError(f"{file.name} ne se lit pas comme un CSV en UTF-8") from None
    if not lines:
        raise TableError(f"{file.name} est vide")
    header = lines[0][1]
    twice = sorted(name for name, times in Counter(header).items() if times > 1)
    if twice:
        raise TableError(f"{file.name}, ligne 1 : plus d'une colonne « {', '.join(twice)} »")
    return header, lines[1:]


def _named(file: Path, header: Sequence[str], number: int, line: Sequence[str]) -> dict[str, str]:
    if len(line) != len(header):
        raise TableError(f"{file.name}, ligne {number} : {len(line)} cellules pour {len(header)} en-têtes")
    return dict(zip(header, line, strict=True))


def _count(file: Path, number: int, text: str) -> int:
    if not text.isdecimal():
        raise TableError(
            f"{file.name}, ligne {number}, colonne {COUNT} : il faut un nombre entier, 0 ou plus"
        )
    return int(text)


def _words(names: Iterable[str]) -> str:
    return f"« {', '.join(names)} »" if names else "le grand total"
