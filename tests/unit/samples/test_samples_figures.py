"""The final tables give the published figures, whatever the seed."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.samples import TARGETS, Samples, make_samples
from bilan.samples.draw import Draw
from bilan.samples.facts import Day, Row
from bilan.samples.library import make_books
from bilan.samples.logs.trainings import make_scores
from bilan.samples.people import bare
from tests.oracles.figures import figures_of, rows_of

PHASE_1 = (date(2008, 9, 1), date(2011, 8, 31))
PJ_YEARS = (date(2016, 10, 1), date(2019, 9, 30))
SHOWN = 5  # smaller counts are hidden on the boards

PRINCIPAL = {
    "arrestations": "date_arrestation",
    "accusations": "date_accusation",
    "jeunes_rencontres": "date_rencontre",
    "echanges": "date_echange",
}
OF_MOBILIS = {**PRINCIPAL, "sans_p_ni_e": "date_activite", "operations": "date_operation"}
OF_PJ = {
    "formations": "date_session",
    "sous_comite": "date_reunion",
    "depistages": "date_depistage",
    "trajectoires": "date_demande",
    "reseaux_sociaux": "date_demande",
    "hebergements": "date_demande",
}


@pytest.fixture(scope="module", params=[2008, 7])
def samples(request: pytest.FixtureRequest) -> Samples:
    return make_samples(request.param)


def test_published_figures_are_reached(samples: Samples) -> None:
    figures = figures_of(samples.books)
    reached = {target.figure: figures[target.figure] for target in TARGETS}
    assert reached == {target.figure: target.value for target in TARGETS}
    assert len(reached) == len(TARGETS), "no two figures have the same name"


@pytest.mark.integration
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**31))
def test_any_seed_reaches_the_published_figures(seed: int) -> None:
    figures = figures_of(make_books(seed))
    for target in TARGETS:
        assert figures[target.figure] == target.value


def test_gain_is_nine_points_on_a_mean_of_sixty(samples: Samples) -> None:
    figures = figures_of(samples.books)
    assert figures["Pj", "P03"] == 9
    assert figures["Pj", "P03.mean_before"] == 60
    assert figures["Pj", "P03.n_attendances"] < figures["Pj", "P02.attendances"]


def test_rates_rest_on_believable_numbers(samples: Samples) -> None:
    figures = figures_of(samples.books)
    assert 50 <= figures["MOBILIS", "M04.concluded"] < len(rows_of(samples.books, "accusations"))
    assert figures["MOBILIS", "M05"] < figures["MOBILIS", "M05.met"] < figures["MOBILIS", "M05.meetings"]
    assert figures["MOBILIS", "M06"] < len(rows_of(samples.books, "echanges"))
    assert figures["MOBILIS", "M06.informal"] >= SHOWN
    assert 0 < figures["MOBILIS", "M10"] < 1
    assert 0 < figures["MOBILIS", "M07"] < 1


@pytest.mark.parametrize("log", OF_MOBILIS)
def test_all_of_mobilis_happens_in_phase_1(samples: Samples, log: str) -> None:
    days = [row.day(OF_MOBILIS[log]) for row in rows_of(samples.books, log)]
    assert min(days) >= PHASE_1[0] or _only_known_vaguely(rows_of(samples.books, log), OF_MOBILIS[log])
    assert max(days) <= PHASE_1[1]


def _only_known_vaguely(rows: list[Row], heading: str) -> bool:
    early = [row[heading] for row in rows if row.day(heading) < PHASE_1[0]]
    return all(isinstance(day, Day) and day.precision != "day" for day in early)


def test_outcomes_and_undated_outcomes_fall_in_phase_1(samples: Samples) -> None:
    book = samples.books["SPAL", "accusations"]
    for fact in book.facts:
        row = fact.final
        if row is None or row["issue"] == "en cours":
            continue
        if row["date_issue"] is None:
            # Its month will be that of the first statement that told of it.
            told = min(
                since for since, version in fact.versions if version and version["issue"] != "en cours"
            )
            assert book.calendar[told] <= PHASE_1[1]
        else:
            assert row.day("date_issue") <= PHASE_1[1]


def test_all_of_pj_happens_in_years_1_to_3(samples: Samples) -> None:
    days = [row.day(heading) for log, heading in OF_PJ.items() for row in rows_of(samples.books, log)]
    days += [
        day for row in rows_of(samples.books, "references") if (day := row.day("date_reference")).year > 2011
    ]
    assert PJ_YEARS[0] <= min(days)
    assert max(days) <= PJ_YEARS[1]


@pytest.mark.parametrize("log", PRINCIPAL)
def test_years_and_territories_are_large_enough_to_be_shown(samples: Samples, log: str) -> None:
    rows = rows_of(samples.books, log)
    territories = Counter(row["territoire"] for row in rows)
    assert len(territories) == 5
    assert min(territories.values()) >= SHOWN
    years = Counter((row.day(PRINCIPAL[log]).toordinal() - PHASE_1[0].toordinal()) // 366 for row in rows)
    assert min(years[year] for year in (0, 1, 2)) >= SHOWN


def test_every_milieu_and_sender_is_large_enough_to_be_shown(samples: Samples) -> None:
    persons = {(row.who, row["organisation"]) for row in rows_of(samples.books, "formations")}
    assert min(Counter(organisation for _, organisation in persons).values()) >= SHOWN
    for (sender, log), book in samples.books.items():
        if log == "references":
            assert len(book.final_rows()) > SHOWN, sender


def test_nobody_is_two_persons_and_no_two_are_one(samples: Samples) -> None:
    """A person's id and the rule of equal names and birth date agree, wherever names are given."""
    people: dict[tuple[str, ...], set[str | None]] = {}
    for log, who in (("arrestations", "suspect"), ("accusations", "suspect"), ("jeunes_rencontres", "jeune")):
        for row in rows_of(samples.books, log):
            if row[f"{who}_nom"] is not None:
                key = (
                    bare(str(row[f"{who}_nom"])),
                    bare(str(row[f"{who}_prenom"])),
                    str(row[f"{who}_naissance"]),
                )
                people.setdefault(key, set()).add(row.who)
    assert all(len(ids) == 1 for ids in people.values())
    assert len({key[:2] for key in people}) < len(people), "some homonyms differ by birth date alone"


def test_exchanges_told_by_both_sides_agree(samples: Samples) -> None:
    said = ("date_echange", "de", "vers", "formel", "nature", "territoire")
    police, youth_protection = (
        {
            (row["no_echange"], row["rang"]): [row[heading] for heading in said]
            for row in samples.books[sender, "echanges"].final_rows()
        }
        for sender in ("SPAL", "CJM")
    )
    shared = police.keys() & youth_protection.keys()
    assert len(shared) > SHOWN
    assert all(police[key] == youth_protection[key] for key in shared)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**31))
def test_scores_stay_between_0_and_100(seed: int) -> None:
    draw = Draw.of(seed, "trainings")
    scores = [score for pair in make_scores(draw, 4) for score in pair if score is not None]
    assert min(scores) >= 0
    assert max(scores) <= 100
