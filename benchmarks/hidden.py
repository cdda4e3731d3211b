"""How many figures of the whole the last release hides, and the fewest that any protection must hide.

The bound is a programme in whole numbers: a count that must stay uncertain is hidden, a figure that shows it
too, and no equation has it alone. Whatever hides fewer breaks the promise; whether so few are enough, it does
not say.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from bilan.disclosure.exceptions import RATE_AT_BOUNDS, decisions
from bilan.disclosure.figures import Earlier, counting
from bilan.disclosure.figures.context import Context
from bilan.disclosure.figures.levels import published
from bilan.disclosure.figures.programme import prepared
from bilan.disclosure.figures.state import State
from bilan.home import Home
from bilan.release.candidate.exact import read_exact
from bilan.release.candidate.folder import candidate_folder
from bilan.release.register.entries import read_register
from bilan.release.register.releases import out, releases_of
from bilan.warehouse.sealed import warehouse_file

WHOLE = pl.col("territory").is_null()
HEADLINE = WHOLE & pl.col("breakdown").is_null()
WHICH = {
    "depuis le début": HEADLINE & (pl.col("period_kind") == "total"),
    "phases": HEADLINE & (pl.col("period_kind") == "phase"),
    "années": HEADLINE & (pl.col("period_kind") == "programme_year"),
    "trimestres": HEADLINE & (pl.col("period_kind") == "quarter"),
    "depuis le début, ventilations comprises": WHOLE & (pl.col("period_kind") == "total"),
}


def section(home: Home) -> list[str]:
    """Lines of the page of measures; `home` holds a release that is out, and the warehouse it came from."""
    return [
        "## Ce qui est masqué, et le moins qui puisse l'être",
        "",
        "Chiffres de l'ensemble du territoire, dans la dernière diffusion : combien disent un "
        "compte, combien sont masqués, et le moins que toute protection doive en masquer, par un programme "
        "en nombres entiers : un compte de 1 à 4 est masqué, avec tout chiffre qui le montre, et n'est "
        "jamais le seul inconnu d'une équation. La borne est propre à chaque ligne ; rien ne dit qu'on "
        "puisse les atteindre, ni ensemble.",
        "",
        "| programme | chiffres | combien | masqués | borne | masqués (%) | borne (%) |",
        "|---|---|---:|---:|---:|---:|---:|",
        *_rows(home),
    ]


def _rows(home: Home) -> Iterator[str]:
    exact = read_exact(warehouse_file(home))
    figures = exact.of_class("public", "partner")
    *before, last = (
        _told(home, number) for number in sorted(one.number for one in out(releases_of(read_register(home))))
    )
    everyone = counting(figures.filter(pl.col("partner").is_null()), exact.catalogue)
    told = published(everyone, exact.catalogue)[0].with_row_index("origin")
    hidden = last.public.filter(status="suppressed")
    for (name,), cells in told.partition_by("programme", as_dict=True, maintain_order=True).items():
        excepted = {one.code for one in decisions() if (one.programme, one.rule) == (name, RATE_AT_BOUNDS)}
        here = figures.filter(pl.col("programme") == name)
        context = Context(str(name), here, exact.catalogue, before, frozenset(excepted), {})
        state = prepared(cells, context).state
        for words, some in WHICH.items():
            origins = set(cells.filter(some)["origin"])
            counted = np.array([figure.origin in origins for figure in state.figures])
            many, least = int(counted.sum()), fewest(state, counted)
            masked = hidden.filter(some, programme=name).height
            shares = f"{100 * masked / many:.0f} | {100 * least / many:.0f}"
            yield f"| {name} | {words} | {many} | {masked} | {least} | {shares} |"


def _told(home: Home, number: int) -> Earlier:
    folder = candidate_folder(home, number)
    return Earlier(pl.read_parquet(folder / "exact.parquet"), pl.read_parquet(folder / "public.parquet"))


def fewest(state: State, counted: np.ndarray[Any, np.dtype[np.bool_]]) -> int:
    """The fewest of the `counted` figures that are hidden by whatever keeps all that must stay uncertain so.

    The unknowns are whether each cell is unknown, then whether each figure is hidden.
    """
    cells, figures = state.system.size, len(state.figures)
    needed = state.needs.cells.any(axis=0) & ~state.needs.shown_before
    least = np.concatenate([needed, [figure.hidden_before for figure in state.figures]]).astype(float)
    most = np.concatenate([~state.needs.shown_before, np.ones(figures, dtype=bool)]).astype(float)
    lines: list[tuple[dict[int, float], float]] = []
    for cell, showing in state.figures_of.items():
        lines.extend(({cells + figure: 1.0, cell: -1.0}, 0.0) for figure in showing)
    for equation in state.system.equations:
        for cell in equation.indices[needed[equation.indices]]:
            lines.append(({int(other): 1.0 for other in equation.indices if other != cell}, 1.0))
    matrix = sp.dok_array((len(lines), cells + figures))
    for row, (terms, _) in enumerate(lines):
        for column, sign in terms.items():
            matrix[row, column] = sign
    found = milp(
        np.concatenate([np.zeros(cells), counted]),
        integrality=np.concatenate([np.zeros(cells), np.ones(figures)]),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(matrix.tocsr(), [limit for _, limit in lines], np.inf),
    )
    bound: float = found.mip_dual_bound
    return round(bound)


if __name__ == "__main__":
    print("\n".join(section(Home(Path(os.environ["BILAN_HOME"])))))
