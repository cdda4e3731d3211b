"""Generated ledgers: what dbt finds in every cell is what plain Python finds in the same events."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bilan.cli.kpi import ask
from bilan.warehouse import Filters
from bilan.warehouse.query import Figure
from tests.integration.warehouse.by_hand import Fact, Ledger, figures
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration

REPORTS = ("2010-06-30", "2010-12-31", "2011-06-30")
PLACES = ("Longueuil", "Brossard", "Saint-Lambert")
ISSUES = (
    "plaidoyer de culpabilité",
    "verdict de culpabilité",
    "acquittement",
    "retrait",
    "arrêt des procédures",
)
OPEN_SINCE = "2011-09-01"  # MOBILIS's second phase has no end yet


def days(first: date, last: date) -> st.SearchStrategy[str]:
    """A day, or only its month or year."""
    day = st.dates(first, last).map(date.isoformat)
    return st.one_of(day, day, day, day.map(lambda d: d[:7]), day.map(lambda d: d[:4]))


MOBILIS_DAYS, PJ_DAYS = days(date(2009, 9, 1), date(2010, 6, 30)), days(date(2016, 10, 1), date(2017, 12, 31))
PERSON = st.sampled_from([f"p{n}" for n in range(8)])
NUMBER = st.integers(1, 6).map(str)
SCORE = st.none() | st.decimals(0, 100, places=1).map(lambda d: f"{d.normalize():f}")
ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "arrest": st.fixed_dictionaries({"when": MOBILIS_DAYS}),
    "charge": st.fixed_dictionaries({"when": MOBILIS_DAYS, "event": st.none() | NUMBER}),
    "conclude": st.fixed_dictionaries({"when": MOBILIS_DAYS, "issue": st.sampled_from(ISSUES)}),
    "meet": st.fixed_dictionaries({"when": MOBILIS_DAYS, "ressource": st.none() | st.just("CAVAC")}),
    "exchange": st.fixed_dictionaries({"when": MOBILIS_DAYS, "formel": st.booleans()}),
    "attend": st.fixed_dictionaries(
        {"when": PJ_DAYS, "organisation": st.just("SPAL"), "score_avant": SCORE, "score_apres": SCORE}
    ),
}


@st.composite
def ledgers(draw: st.DrawFn) -> Telling:
    """Rows told at one of three statements, some corrected or withdrawn at a later one, and links."""
    told = Telling()
    for kind, rows in ROWS.items():
        told.programme = "Pj" if kind == "attend" else "MOBILIS"
        for number, person in draw(st.sets(st.tuples(NUMBER, PERSON), min_size=4, max_size=24)):
            reports = draw(
                st.lists(st.sampled_from(REPORTS), min_size=1, max_size=3, unique=True).map(sorted)
            )
            for place, on in enumerate(reports):
                told.on = on
                action = draw(st.sampled_from(("correct", "retract"))) if place else "assert"
                row = {"action": action, "territory": draw(st.sampled_from(PLACES)), **draw(rows)}
                _tell(told, kind, (number, person), row)
                if action == "retract":
                    break
    for one, other in draw(st.sets(st.tuples(PERSON, PERSON), max_size=4)):
        if one != other:
            told.link(one, other, draw(st.sampled_from(REPORTS)))
    return told


def _tell(told: Telling, kind: str, key: tuple[str, str], row: dict[str, Any]) -> None:
    number, person = key
    rang = {"rang": int(person[1:]) + 1} if kind == "exchange" else {}
    getattr(told, kind)(number, who=person, **rang, **row)


def belongs(figure: Figure) -> Callable[[Fact], bool]:
    """Whether a fact lies in a figure's cell."""
    start, end = str(figure["period_start"]), str(figure["period_end"])
    total, ongoing = (
        figure["period_kind"] == "total",
        figure["period_kind"] == "phase" and start == OPEN_SINCE,
    )

    def inside(fact: Fact) -> bool:
        here = figure["territory"] in (None, fact.territory) and figure["programme"] == fact.programme
        after = total or fact.first.isoformat() >= start
        return here and after and (total or ongoing or fact.last.isoformat() <= end)

    return inside


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # an example is a dbt run: too slow to shrink
    suppress_health_check=list(HealthCheck),
)
@given(
    told=ledgers(),
    known_at=st.none() | st.sampled_from(REPORTS).map(date.fromisoformat),
    until=st.none() | st.dates(date(2010, 1, 1), date(2010, 6, 30)),
)
def test_every_cell_agrees(told: Telling, known_at: date | None, until: date | None) -> None:
    with TemporaryDirectory() as folder:
        asked = ask(told.home(Path(folder)), Filters(), until=until, known_at=known_at)
    expected = figures(Ledger(told.rows, known_at, until))
    compared = 0
    for figure in asked:
        code = str(figure["code"])
        headline = figure["breakdown"] is None and figure["partner"] is None
        if headline and code in expected and figure["status"] != "not_yet_reported":
            value = expected[code](belongs(figure))
            assert figure["value"] == (None if value is None else pytest.approx(value, abs=1e-12)), figure
            compared += 1
    assert compared > 100


def test_periods_are_listed_to_the_last_statement(tmp_path: Path) -> None:
    told = Telling()
    told.arrest("E1", "2010-01-15", "p1")
    asked = ask(told.home(tmp_path), Filters(code="M02", territory="Brossard"), until=None, known_at=None)
    ends = {kind: str(max(str(f["period_end"]) for f in asked if f["period_kind"] == kind)) for kind in KINDS}
    assert ends == {
        "total": "2010-06-30",
        "phase": "2011-08-31",
        "programme_year": "2010-08-31",
        "fiscal_year": "2011-03-31",
        "quarter": "2010-08-31",
        "month": "2010-06-30",
    }
    starts = sorted({str(f["period_start"]) for f in asked if f["period_kind"] == "month"})
    assert starts[0] == "2008-09-01"
    assert len(starts) == 22
    following = [date.fromisoformat(s) + timedelta(days=31) for s in starts]
    assert [str(d.replace(day=1)) for d in following[:-1]] == starts[1:]


KINDS = ("total", "phase", "programme_year", "fiscal_year", "quarter", "month")
