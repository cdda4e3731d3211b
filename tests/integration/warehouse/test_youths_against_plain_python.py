"""Generated ledgers of detections, services, places and analyses: dbt finds what plain Python finds."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bilan.cli.kpi import ask
from bilan.contracts.lists import AXES, CIBLES, LIEUX, MOYENS
from bilan.warehouse import Filters
from bilan.warehouse.query import Figure
from tests.integration.warehouse.by_hand import Ledger
from tests.integration.warehouse.telling import Telling
from tests.integration.warehouse.test_against_plain_python import PLACES
from tests.integration.warehouse.test_organisation_against_plain_python import agrees, cells
from tests.integration.warehouse.youths_by_hand import figures
from tests.thorough import either

pytestmark = pytest.mark.integration

REPORTS = ("2018-06-30", "2018-12-31", "2019-06-30")
PARTNERS = ("SPAL", "CAVAC")
TARGETS = CIBLES[:2]
YES_NO = (None, True, False)
Choices = dict[str, Sequence[Any]]

SERVED: Choices = {
    "service": ("scolaire", "protection"),
    "fournisseur": PARTNERS,
    "axe": (None, *AXES),
    "cible": (None, *TARGETS),
}
DETECTED: Choices = {
    "axe": (*AXES, "secondaire", "secondaire"),  # P08's cohort is of those
    "cible": TARGETS,
    "source": (None, "police"),
}
ASKED: Choices = {"demandeur": PARTNERS, "compte": (None, "k1", "k2", "k3"), "moyen": (None, *MOYENS)}
SCORES = (None, "10", "25", "40.5", "80")
Bounds = tuple[float, float, float]

# What is told together on one row: how its number is called, how many youths there are, and each event's
# type with the values its fields may have. The first event is always told.
ROWS: list[tuple[str, int, list[tuple[str, Choices]]]] = [
    ("no_depistage", 16, [("pj.youth.detected", DETECTED), ("pj.axis.changed", {"nouvel_axe": AXES})]),
    (
        "no_demande",
        8,
        [
            ("pj.request.made", SERVED),
            ("pj.request.served", {**SERVED, "meneur": YES_NO}),
            ("pj.request.closed", {}),
            ("pj.request.declined", {"raison_refus": ("hors territoire",)}),
            ("pj.request.transferred", {"transfere_a": PARTNERS}),
        ],
    ),
    (
        "no_demande",
        12,
        [
            ("pj.place.requested", {"ressource": PARTNERS, "urgence": YES_NO}),
            ("pj.place.offered", {"lieu": LIEUX}),
            ("pj.place.refused", {"raison_refus": ("manque de place", "autre")}),
            ("pj.place.occupied", {"ressource": PARTNERS, "lieu": (None, *LIEUX)}),
            ("pj.place.vacated", {}),
        ],
    ),
    (
        "no_demande",
        12,
        [
            ("pj.analysis.requested", ASKED),
            ("pj.analysis.completed", {"moyen": MOYENS}),
            ("pj.publication.flagged", {}),
            ("pj.publication.transmitted", {"transmise_a": PARTNERS}),
            ("pj.publication.followed", {}),
            ("pj.analysis.duplicated", {"doublon_de": ("1",)}),
        ],
    ),
    (
        "no_reference",
        12,
        [
            ("partnership.referral.made", {"vers": (*PARTNERS, "autre : clinique")}),
            ("partnership.service.started", {}),
        ],
    ),
    (
        "no_session",
        12,
        [("pj.training.attended", {"organisation": PARTNERS, "score_avant": SCORES, "score_apres": SCORES})],
    ),
]


RICH = 1  # the seed of a ledger that has intervals of both kinds


def ledger(seed: int, rows: int = 40) -> Telling:
    """Rows told at one of three statements, some corrected or withdrawn at a later one, and links.

    Drawn evenly: what Hypothesis would choose by itself has too few days, and too many alike.
    """
    chance = Random(seed)
    told = Telling(programme="Pj")
    for number_field, youths, events in ROWS:
        for row in range(rows):
            told.sender = chance.choice(PARTNERS)
            number = str(row // 6 if number_field == "no_session" else row)
            person = f"p{chance.randrange(youths)}"
            for place, (kind, choices) in enumerate(events):
                if place == 0 or chance.random() < 0.6:
                    _tell(chance, told, kind, person, {number_field: [number], **choices})
    for _ in range(3):
        one, other = chance.sample(range(16), 2)
        told.link(f"p{one}", f"p{other}", chance.choice(REPORTS))
    return told


def _tell(chance: Random, told: Telling, kind: str, person: str, choices: Choices) -> None:
    number = next(iter(choices.values()))[0]
    for place, on in enumerate(sorted(chance.sample(REPORTS, chance.choice((1, 1, 2))))):
        told.tell(
            kind,
            _day(chance),
            person,
            key=number,
            action=chance.choice(("correct", "correct", "retract")) if place else "assert",
            territory=chance.choice(PLACES),
            on=on,
            **{name: chance.choice(values) for name, values in choices.items()},
        )


def _day(chance: Random) -> str:
    """A day of ten months, mostly; otherwise its month or year alone."""
    day = date(2017, 9, 1) + timedelta(days=chance.randrange(300))
    return day.isoformat()[: chance.choice((10, 10, 10, 10, 10, 10, 7, 4))]


@settings(
    max_examples=20,
    deadline=None,
    phases=either([Phase.explicit], [Phase.explicit, Phase.generate]),  # two dbt runs: too slow to shrink
    suppress_health_check=list(HealthCheck),
)
@example(seed=RICH, known_at=date.fromisoformat(REPORTS[1]), until=date(2018, 5, 31))
@given(
    seed=st.integers(0, 2**32),
    known_at=st.sampled_from(REPORTS).map(date.fromisoformat),
    until=st.dates(date(2018, 3, 1), date(2018, 6, 30)),
)
def test_every_cell_agrees(seed: int, known_at: date, until: date) -> None:
    """As known in the end, and as of two dates."""
    told, pj = ledger(seed), Filters(programme="Pj")
    with TemporaryDirectory() as folder:
        home = told.home(Path(folder))
        last = ask(home, pj, until=None, known_at=None)
        check(last, Ledger(told.rows, None, None))
        check(ask(home, pj, until=until, known_at=known_at), Ledger(told.rows, known_at, until))
    assert all(intervals(last)) or seed != RICH


def check(asked: list[Figure], held: Ledger) -> None:
    expected = figures(held)
    compared = set()
    for figure, cell in cells(asked, held):
        code = str(figure["code"])
        if code in expected:
            value = expected[code](cell)
            assert agrees(figure, value, held), (figure, value)
            compared.add(code)
    assert compared == set(expected)
    means, shares = intervals(asked)
    unbounded = [f for f in asked if f["code"] == "P08.at_6_months" and f["low"] is None]
    # Greenwood's formula says nothing of nobody or everybody, and something of all the rest
    assert all(figure["value"] in (None, 0, 1) for figure in unbounded)
    assert all((low + high) / 2 == pytest.approx(value) for low, value, high in means)
    assert all(0 <= low < value < high <= 1 for low, value, high in shares)


def intervals(asked: list[Figure]) -> tuple[list[Bounds], list[Bounds]]:
    """Student's interval is centred on its cell's own mean, Greenwood's holds its cell's own share."""
    bounded: dict[str, list[Bounds]] = {"P03": [], "P08.at_6_months": []}
    for figure in asked:
        low, value, high = (figure[name] for name in ("low", "value", "high"))
        if isinstance(low, int | float) and isinstance(value, int | float) and isinstance(high, int | float):
            bounded.setdefault(str(figure["code"]), []).append((low, value, high))
    return bounded["P03"], bounded["P08.at_6_months"]
