"""Generated ledgers of staff, schools, funding and the table: dbt finds what plain Python finds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bilan.cli.kpi import ask
from bilan.warehouse import Filters
from bilan.warehouse.query import Figure
from tests.catalogue import entries
from tests.integration.warehouse.by_hand import Ledger
from tests.integration.warehouse.cells_by_hand import Cell
from tests.integration.warehouse.organisation_by_hand import figures
from tests.integration.warehouse.organisation_tellings import REPORTS, telling
from tests.integration.warehouse.test_against_plain_python import OPEN_SINCE
from tests.thorough import either

pytestmark = pytest.mark.integration


ENTRIES = {entry["code"]: entry for entry in entries()}
OVERLAPPING = ("M01", "P13", "P10.overlap", "P12.housed", "P12.place_days", "P14.partners")
STOCKS = ("P04",)


def cells(asked: list[Figure], ledger: Ledger) -> Iterator[tuple[Figure, Cell]]:
    """Each headline of all partners, with its cell, and those of a partner that could be computed."""
    for figure in asked:
        reached = ledger.reached(str(figure["programme"]), ENTRIES[str(figure["code"])]["logs"])
        if figure["breakdown"] is None and reached:
            covered, told = reached
            closes = told if str(figure["code"]).startswith(OVERLAPPING) else covered
            if figure["partner"] is None or figure["status"] != "not_yet_reported":
                yield figure, cell_of(figure, covered, closes)


def agrees(figure: Figure, value: float | None, ledger: Ledger) -> bool:
    """Whether it is the value, or told to be awaited where that is all there is to say."""
    reached = ledger.reached(str(figure["programme"]), ENTRIES[str(figure["code"])]["logs"])
    if figure["partner"] is None and reached:
        start = date.fromisoformat(str(figure["period_start"]))
        covered, told = reached
        nothing = not value or str(figure["code"]) in STOCKS
        if told < start or (covered < start and nothing):
            return figure["status"] == "not_yet_reported"
        if figure["covered_to"] != min(covered.isoformat(), str(figure["period_end"])):
            return False
    return bool(figure["value"] == (None if value is None else pytest.approx(value, abs=1e-9)))


def cell_of(figure: Figure, horizon: date, closes: date) -> Cell:
    start, end = (date.fromisoformat(str(figure[name])) for name in ("period_start", "period_end"))
    total = figure["period_kind"] == "total"
    ongoing = figure["period_kind"] == "phase" and str(start) == OPEN_SINCE
    return Cell(
        programme=str(figure["programme"]),
        territory=None if figure["territory"] is None else str(figure["territory"]),
        partner=None if figure["partner"] is None else str(figure["partner"]),
        first=date.min if total else start,
        last=date.max if total or ongoing else end,
        closes=min(end, closes),
        horizon=horizon,
    )


@settings(
    max_examples=20,
    deadline=None,
    phases=either([Phase.explicit], [Phase.explicit, Phase.generate]),  # two dbt runs: too slow to shrink
    suppress_health_check=list(HealthCheck),
)
@example(seed=1, known_at=date.fromisoformat(REPORTS["Pj"][1]), until=date(2018, 5, 31))
@given(
    seed=st.integers(0, 10**6),
    known_at=st.sampled_from(REPORTS["Pj"]).map(date.fromisoformat),
    until=st.dates(date(2018, 1, 1), date(2018, 6, 30)),
)
def test_every_cell_agrees(seed: int, known_at: date, until: date) -> None:
    """As known in the end, and as of two dates."""
    told = telling(seed)
    with TemporaryDirectory() as folder:
        home = told.home(Path(folder))
        check(ask(home, Filters(), until=None, known_at=None), Ledger(told.rows, None, None))
        check(ask(home, Filters(), until=until, known_at=known_at), Ledger(told.rows, known_at, until))


def check(asked: list[Figure], ledger: Ledger) -> None:
    expected = figures(ledger)
    found = set()
    for figure, cell in cells(asked, ledger):
        code = str(figure["code"])
        if code in expected:
            value = expected[code](cell)
            assert agrees(figure, value, ledger), (figure, value)
            found |= {code} if value else set()
    assert len(found) > len(expected) / 2  # the ledgers are rich enough to find something in most cells
