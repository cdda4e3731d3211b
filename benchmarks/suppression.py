"""Our suppression beside that of Tau-Argus (`pytauargus`) and the best there is, on tables all can take."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from pytauargus import protect as tau_argus

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection, audit, protect
from bilan.disclosure.tables.search import cheapest
from bilan.disclosure.tables.system import PUBLIC
from bilan.disclosure.tables.table import Cell, Key, Table, rows_of

RULES = Rules()
TABLES = (
    ((6, 5), 4.0),
    ((6, 5), 6.0),
    ((8, 8), 8.0),
    ((4, 4, 4), 9.0),
    ((12, 9), 2.0),
    ((12, 9), 6.0),
    ((12, 40), 2.0),
    ((12, 40), 8.0),
    ((6, 5, 4), 3.0),
    ((6, 5, 4), 8.0),
)
SEED = 1
OPTIMUM_UP_TO = 64  # inner cells of a table whose optimum is looked for
WORK = 20_000_000  # of the programme that looks for one optimum
RULE = f"FREQ({RULES.threshold},100)"  # a small cell may be worth nothing or twice as much
TOTAL = "Total"  # what Tau-Argus calls a dimension summed over


@dataclass(frozen=True)
class Pattern:
    """A way of hiding a table: what it costs, and the sensitive cells that it leaves too certain."""

    seconds: float
    hidden: int
    lost: int
    weak: int


def small_table(shape: tuple[int, ...], mean: float) -> Table:
    """A table of Poisson counts with all its margins, for the public alone."""
    dimensions = tuple("abc"[: len(shape)])
    counts = np.random.default_rng(SEED).poisson(mean, shape)
    inner: dict[Key, int] = {
        tuple(f"{name}{index:02}" for name, index in zip(dimensions, at, strict=True)): int(count)
        for at, count in np.ndenumerate(counts)
    }
    every: list[tuple[str, ...]] = [
        sum(parts, ()) for parts in product(*([(name,), ()] for name in dimensions))
    ]
    return Table(dimensions, inner, tuple(every))


def ours(table: Table) -> Pattern:
    """What `bilan protect` hides."""
    start = time.perf_counter()
    done = protect(table, RULES)
    return _pattern(done, time.perf_counter() - start)


def theirs(table: Table, method: str) -> Pattern:
    """What pytauargus hides by « OPT » or « MOD »."""
    people = [key for key, count in table.inner.items() for _ in range(count)]
    columns: dict[str, object] = {
        name: [key[at] for key in people] for at, name in enumerate(table.dimensions)
    }
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        told = tau_argus(
            {**columns, "persons": [1] * len(people)},
            list(table.dimensions),
            response="persons",
            safety_rules=RULE,
            suppress=f"{method}(1)",
            workdir=folder,
        )
        seconds = time.perf_counter() - start
    hidden = frozenset(_cell(table, row) for row in told.tables[0].rows if row["status"] in ("U", "M"))
    return _audited(table, hidden, seconds)


def optimum(table: Table) -> Pattern | None:
    """The least costly pattern that one programme over the whole table finds in so much WORK."""
    if len(table.inner) > OPTIMUM_UP_TO:
        return None
    start = time.perf_counter()
    rows = rows_of(table, RULES)
    demands = [(int(row), PUBLIC) for row in np.flatnonzero(rows.system.sensitive)]
    found = cheapest(rows.system, rows.system.sensitive, demands, RULES.width, WORK)
    if found is None:
        return None
    touched = np.asarray(abs(rows.system.moved_rows(found)).sum(axis=1)).ravel() > 0
    hidden = frozenset(cell for cell, moved in zip(rows.cells, touched, strict=True) if moved)
    return _audited(table, hidden, time.perf_counter() - start)


def comparison() -> list[str]:
    """The lines of `docs/mesures.md`: each way on each table."""
    return [
        "À côté de `pytauargus` (moteur de Tau-Argus, solveur HiGHS, règle "
        f"`{RULE}`) et du meilleur motif qu'un seul programme en nombres entiers trouve avec vingt fois plus "
        "de nœuds, "
        "sur des tables de Poisson avec tous leurs totaux et le seul public pour attaquant. Chaque case : "
        "cellules masquées, comptes perdus, petites cellules que notre audit trouve connues à moins de "
        f"{RULES.width} près, secondes.",
        "",
        "| table | compte moyen | `bilan protect` | Tau-Argus OPT | Tau-Argus MOD | meilleur motif |",
        "|---|---:|---|---|---|---|",
        *_lines(),
    ]


def _lines() -> Iterator[str]:
    ways: tuple[Callable[[Table], Pattern | None], ...] = (
        ours,
        lambda table: theirs(table, "OPT"),
        lambda table: theirs(table, "MOD"),
        optimum,
    )
    for shape, mean in TABLES:
        table = small_table(shape, mean)
        told = " | ".join(_words(way(table)) for way in ways)
        yield f"| {' × '.join(map(str, shape))} | {mean:.0f} | {told} |"


def _words(pattern: Pattern | None) -> str:
    if pattern is None:
        return "—"
    seconds = f"{pattern.seconds:.2f}".replace(".", ",")
    return f"{pattern.hidden}, {pattern.lost}, {pattern.weak}, {seconds}"


def _cell(table: Table, row: dict[str, object]) -> Cell:
    told = [(name, str(row[name])) for name in table.dimensions if row[name] != TOTAL]
    return tuple(name for name, _ in told), tuple(value for _, value in told)


def _audited(table: Table, hidden: frozenset[Cell], seconds: float) -> Pattern:
    """That pattern, judged on the cells that our rules call sensitive."""
    rows = rows_of(table, RULES)
    small = frozenset(
        cell for cell, is_small in zip(rows.cells, rows.system.sensitive, strict=True) if is_small
    )
    return _pattern(audit(replace(table, hidden=hidden, sensitive=small), RULES), seconds)


def _pattern(done: Protection, seconds: float) -> Pattern:
    hidden = done.suppressed()
    return Pattern(seconds, len(hidden), sum(hidden.values()), len(done.attacks[0].under_protected))
