"""The logs are in step with one another, and each gives its KPIs something to measure."""

from collections import Counter
from datetime import date

import pytest

from bilan.samples import Samples, make_samples
from bilan.samples.facts import Day, Row
from bilan.samples.logs.trajectories import NEVER_COVERED
from tests.oracles.figures import rows_of

PJ = date(2016, 10, 1)
HORIZON = date(2019, 10, 31)
SHOWN = 5


@pytest.fixture(scope="module", params=[2008, 7])
def samples(request: pytest.FixtureRequest) -> Samples:
    return make_samples(request.param)


def exactly(row: Row, heading: str) -> date | None:
    """A day that is known to the day."""
    value = row[heading]
    return value.first if isinstance(value, Day) and value.precision == "day" else None


def persons(rows: list[Row]) -> set[str]:
    return {row.who for row in rows if row.who is not None}


def open_spells(rows: list[Row]) -> dict[str, list[tuple[date, date, Row]]]:
    """By youth, the services begun on a known day, by their beginning."""
    spells: dict[str, list[tuple[date, date, Row]]] = {}
    for row in rows:
        start, end = exactly(row, "date_debut"), row["date_fin"]
        if start is not None and row.who is not None and (end is None or exactly(row, "date_fin")):
            spells.setdefault(row.who, []).append((start, exactly(row, "date_fin") or HORIZON, row))
    return {who: sorted(held, key=lambda one: one[0]) for who, held in spells.items()}


@pytest.mark.parametrize("log", ["trajectoires", "hebergements", "reseaux_sociaux"])
def test_only_youths_detected_are_followed(samples: Samples, log: str) -> None:
    detected = persons(rows_of(samples.books, "depistages"))
    followed = persons(rows_of(samples.books, log))
    # A youth detected under a reference alone is followed under her or his name.
    known = detected | {who.partition(":")[2] for who in detected if ":" in who}
    assert followed
    assert followed <= known


def test_a_youth_is_met_again_from_log_to_log(samples: Samples) -> None:
    referred = persons(
        [row for row in rows_of(samples.books, "references") if row.day("date_reference") >= PJ]
    )
    everywhere = referred
    for log in ("depistages", "trajectoires", "hebergements"):
        everywhere = everywhere & persons(rows_of(samples.books, log))
    assert len(everywhere) >= SHOWN


def test_a_youth_is_asked_a_service_after_having_been_detected(samples: Samples) -> None:
    first: dict[str, date] = {}
    for row in rows_of(samples.books, "depistages"):
        # A month stands for its first day: earlier than the detection, never later.
        if row.who is not None:
            first[row.who] = min(row.day("date_depistage"), first.get(row.who, date.max))
    for row in rows_of(samples.books, "trajectoires"):
        day = exactly(row, "date_demande")
        if day is not None and row.who in first:
            assert first[row.who] <= day


def test_some_turn_from_the_secondary_axis_to_the_tertiary(samples: Samples) -> None:
    cohort: dict[str, date] = {}
    reached: set[str] = set()
    rows = rows_of(samples.books, "depistages")
    for row in sorted(rows, key=lambda row: row.day("date_depistage")):
        if row.who is None:
            continue
        if row["axe"] == "secondaire":
            cohort.setdefault(row.who, row.day("date_depistage"))
        if row["nouvel_axe"] == "tertiaire" or (row["axe"] == "tertiaire" and row.who in cohort):
            reached.add(row.who)
    assert 110 <= len(cohort) <= 125
    assert 0.25 <= len(reached & cohort.keys()) / len(cohort) <= 0.35
    by_second = [row for row in rows if row["axe"] == "tertiaire" and row.who in cohort]
    assert len(by_second) >= SHOWN, "some turns are told by another sender's detection alone"


def test_services_are_returned_to_and_overlap(samples: Samples) -> None:
    rows = rows_of(samples.books, "trajectoires")
    returns = overlaps = led = 0
    for spells in open_spells(rows).values():
        for place, (start, _, row) in enumerate(spells):
            for _, end, before in spells[:place]:
                same = all(row[heading] == before[heading] for heading in ("service", "fournisseur"))
                returns += same and end < start
                overlaps += end > start
                led += end > start and [row["meneur"], before["meneur"]].count(True) == 1
    assert returns >= SHOWN
    assert overlaps > led >= SHOWN
    assert sum(row["decision"] == "transférée" for row in rows) >= SHOWN


def test_the_offer_has_holes_where_youths_are(samples: Samples) -> None:
    served, asked = (
        {
            (row["axe"], row["cible"])
            for row in rows_of(samples.books, "trajectoires")
            if (row["date_debut"] is not None or not only_served) and row["axe"] and row["cible"]
        }
        for only_served in (True, False)
    )
    detected = {(row["axe"], row["cible"]) for row in rows_of(samples.books, "depistages")}
    assert len(detected) == 9
    assert asked & NEVER_COVERED
    assert detected - served == NEVER_COVERED


def test_some_searches_are_made_twice_within_thirty_days(samples: Samples) -> None:
    rows = sorted(rows_of(samples.books, "reseaux_sociaux"), key=lambda row: row.day("date_demande"))
    twice = 0
    for place, row in enumerate(rows):
        twice += any(
            row["demandeur"] != before["demandeur"]
            and (row.day("date_demande") - before.day("date_demande")).days <= 30
            and ((row.who and row.who == before.who) or (row["compte"] and row["compte"] == before["compte"]))
            for before in rows[:place]
        )
    assert 10 <= twice <= 15
    numbers = {row["no_demande"] for row in rows}
    declared = {row["doublon_de"] for row in rows if row["doublon_de"]}
    assert len(declared) >= SHOWN
    assert declared <= numbers


def test_places_lack_and_some_are_still_occupied(samples: Samples) -> None:
    rows = rows_of(samples.books, "hebergements")
    no_place = sum(row["raison_refus"] == "manque de place" for row in rows)
    assert 0.15 <= no_place / len(rows) <= 0.37
    stays = [row for row in rows if row["date_debut"] is not None]
    assert SHOWN <= sum(row["lieu"] == "à distance" for row in stays) < len(stays) / 2 + SHOWN
    assert any(row["date_fin"] is None for row in stays)
    assert sum(row["urgence"] is True for row in rows) >= SHOWN


def test_staff_move_and_most_of_them_were_trained(samples: Samples) -> None:
    staff = [row for row in rows_of(samples.books, "effectifs") if row.day("date_debut") >= PJ]
    trained = persons(rows_of(samples.books, "formations"))
    assert 50 <= len(persons(staff)) <= 80
    assert 0.5 <= len(persons(staff) & trained) / len(persons(staff)) <= 0.95
    numbers = {row["no_affectation"] for row in staff}
    replacing = [row["remplace"] for row in staff if row["remplace"] is not None]
    assert len(replacing) >= SHOWN
    assert set(replacing) <= numbers


def test_delegates_and_members_work_for_the_partners(samples: Samples) -> None:
    staff = persons(rows_of(samples.books, "effectifs"))
    table = rows_of(samples.books, "concertation")
    delegates = [row for row in table if row["objet"] == "délégué"]
    assert persons(delegates) <= staff
    assert persons(rows_of(samples.books, "sous_comite")) <= staff
    organisations = Counter(row["organisation"] for row in delegates)
    assert len(organisations) == 8
    assert sum(many - 1 for many in organisations.values()) >= SHOWN
    present = [row for row in rows_of(samples.books, "sous_comite") if row["objet"] == "présence"]
    assert {row["organisation"] for row in present} == set(organisations), "every milieu comes"
    assert sum(row["chef_de_file"] is True for row in table) == 1


def test_months_without_funding_and_without_coordination(samples: Samples) -> None:
    grants = rows_of(samples.books, "financements")
    covered = [
        (row.day("periode_debut"), min(row.day("periode_fin"), exactly(row, "date_cessation") or date.max))
        for row in grants
    ]
    months = [date(2016 + month // 12, month % 12 + 1, 15) for month in range(9, 45)]
    funded = [month for month in months if any(start <= month <= end for start, end in covered)]
    assert [month for month in months if month not in funded] == [
        date(2018, month, 15) for month in (7, 8, 9)
    ]
    posts = [row for row in rows_of(samples.books, "concertation") if row["objet"] == "poste de coordination"]
    gap = posts[1].day("date_debut") - posts[0].day("date_fin")
    assert gap.days > 60


def test_joint_presentations_are_told_alike_by_both(samples: Samples) -> None:
    police, centre = (
        {
            row["no_activite"]: dict(row.cells)
            for row in samples.books[sender, "sans_p_ni_e"].final_rows()
            if row["activite"] == "présentation conjointe"
        }
        for sender in ("SPAL", "KEKPART")
    )
    assert police == centre
    assert len(police) >= SHOWN


def test_an_operation_in_three_is_joint(samples: Samples) -> None:
    rows = rows_of(samples.books, "operations")
    joint = sum(row["conduite"] == "avec l'ERM" for row in rows)
    assert 0.25 < joint / len(rows) < 0.45
