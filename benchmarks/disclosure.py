"""What protecting cubes of counts takes and keeps; the section of `docs/mesures.md` on disclosure control."""

import resource
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context

import numpy as np

from benchmarks.suppression import comparison
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import protect
from bilan.disclosure.tables.table import Key, Table

TERRITORIES, PARTNERS, YEARS = 12, 9, 10
MEANS = (0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
CUBES_OF_A_MEAN = 4
FINEST = ("territory", "partner", "quarter")
SHOWN = tuple(
    (*territory, *partner, *when)
    for territory, partner, when in product(
        (("territory",), ()), (("partner",), ()), (("quarter",), ("year",), ())
    )
)


@dataclass(frozen=True)
class Measured:
    """One cube protected: seconds, and the share of its counts that the finest grouping still shows."""

    mean: float
    safe: bool
    seconds: float
    cells: int
    sensitive: int
    hidden: int
    surviving: float


def cube(mean: float, seed: int) -> Table:
    """Poisson counts of territories, partners and quarters of unequal sizes; years and totals shown too."""
    chance = np.random.default_rng(seed)
    spread = [(TERRITORIES, 0.6), (PARTNERS, 0.6), (4 * YEARS, 0.2)]
    weights = np.einsum("t,p,q->tpq", *(np.exp(chance.normal(0, sigma, size)) for size, sigma in spread))
    counts = chance.poisson(weights * mean / weights.mean())
    inner: dict[Key, int] = {
        (f"t{t:02}", f"p{p}", f"q{q:02}", f"y{q // 4}"): int(count)
        for (t, p, q), count in np.ndenumerate(counts)
    }
    return Table((*FINEST, "year"), inner, SHOWN, contributor="partner")


def measured(mean: float, seed: int) -> Measured:
    """That cube, protected from the public and each partner, and proved so."""
    table = cube(mean, seed)
    start = time.perf_counter()
    done = protect(table, Rules())
    seconds = time.perf_counter() - start
    hidden = done.suppressed()
    lost = sum(count for (grouping, _), count in hidden.items() if grouping == FINEST)
    return Measured(
        mean,
        done.safe,
        seconds,
        len(done.rows.cells),
        int(done.rows.system.sensitive.sum()),
        len(hidden),
        1 - lost / sum(table.inner.values()),
    )


def all_cubes() -> tuple[list[Measured], int]:
    """Every cube, and the most memory that this process ever had, in MiB."""
    found = [measured(mean, seed) for mean in MEANS for seed in range(CUBES_OF_A_MEAN)]
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def section() -> list[str]:
    """The section of `docs/mesures.md`. The cubes are measured in a process of their own, for its memory."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        found, mebibytes = apart.submit(all_cubes).result()
    seconds = [one.seconds for one in found]
    return [
        "## Masquer ce qui se déduirait",
        "",
        f"{len(found)} cubes de {TERRITORIES} territoires par {PARTNERS} partenaires par {4 * YEARS} "
        f"trimestres, avec années et totaux ({found[0].cells} cellules, comptes de Poisson), protégés du "
        f"public et des {PARTNERS} partenaires puis prouvés : {_figure(sum(seconds), 0)} s en tout, "
        f"{_figure(max(seconds), 1)} s au plus pour un cube, {mebibytes} Mio au "
        f"plus. Cubes sûrs : {sum(one.safe for one in found)} sur {len(found)}. Médianes de "
        f"{CUBES_OF_A_MEAN} cubes ; l'information qui reste est la part des comptes que montre encore le "
        "niveau le plus fin.",
        "",
        "| compte moyen | s | petites cellules | masquées | information qui reste (%) |",
        "|---:|---:|---:|---:|---:|",
        *_by_mean(found),
        "",
        *comparison(),
    ]


def _by_mean(found: list[Measured]) -> Iterator[str]:
    for mean in MEANS:
        cubes = [one for one in found if one.mean == mean]
        middle = [
            statistics.median(getattr(one, name) for one in cubes)
            for name in ("seconds", "sensitive", "hidden", "surviving")
        ]
        yield (
            f"| {_figure(mean, 1)} | {_figure(middle[0], 1)} | {middle[1]:.0f} | {middle[2]:.0f} "
            f"| {_figure(100 * middle[3], 1)} |"
        )


def _figure(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")
