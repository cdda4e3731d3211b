"""Which figures are chosen, and how what is not a figure is told."""

from datetime import date
from typing import Any

import pytest

from bilan.report.figures import Figures
from bilan.report.reading import Source
from bilan.report.typography import Language
from tests.unit.report.hand_made import ROWS, Make, quarter, row, total, year

FR, EN = Language.FR, Language.EN
KEY = ("M02", "M03", "M06")


@pytest.fixture
def figures(source: Source) -> Figures:
    return Figures(source, FR, "phase", KEY)


def test_a_figure_is_written_by_its_format(figures: Figures) -> None:
    told = {code: figures.one(code) for code in ("M02", "M04", "M13")}
    assert {code: point.text for code, point in told.items() if point} == {
        "M02": "90",
        "M04": "100\u00a0%",
        "M13": "45\u00a0000\u00a0$",
    }
    assert told["M04"] and told["M04"].n == "n\u00a0=\u00a066"
    assert figures.one("M10") is None


@pytest.mark.parametrize(
    ("status", "french", "english"),
    [
        ("suppressed", "masqué pour protéger les personnes", "hidden to protect persons"),
        ("missing", "ne s’applique pas", "not applicable"),
        ("not_yet_reported", "pas encore reçu", "not yet received"),
    ],
)
def test_what_is_no_figure_is_words_and_never_a_number(
    make: Make, status: str, french: str, english: str
) -> None:
    for language, words in ((FR, french), (EN, english)):
        point = Figures(make([total("M02", None, status)]), language, "total").one("M02")
        assert point is not None
        assert (point.text, point.value, point.is_shown) == (words, None, False)


def test_a_hidden_row_that_still_bears_a_figure_is_not_shown(make: Make) -> None:
    leaking = row("M02", 3.0, "suppressed", denominator=4.0, low=1.0, high=3.0)
    point = Figures(make([total("M02", 90.0), leaking, row("M03", 9.0)]), FR, "phase", ("M02", "M03")).one(
        "M02"
    )
    assert point is not None
    assert (point.value, point.low, point.high, point.n, point.interval) == (None, None, None, "", "")


def test_the_headline_is_the_last_phase_where_something_happened(make: Make) -> None:
    second: dict[str, Any] = {"period_start": date(2011, 9, 1), "period_end": None, "period_label": "Phase 2"}
    silent = [row(code, 0.0, "true_zero", **second) for code in KEY]
    assert Figures(make([*ROWS, *silent]), FR, "phase", KEY).headline.label == "Phase 1"
    busy = [row(code, 5.0, **second) for code in KEY]
    assert Figures(make([*ROWS, *busy]), FR, "phase", KEY).headline.label == "Phase 2"
    assert Figures(make([total("M02", 90.0)]), FR, "phase", KEY).headline.label == "Depuis le début"


def test_the_headline_says_its_dates_up_to_what_is_known(make: Make, figures: Figures) -> None:
    assert figures.headline.dates == "du 1er\u00a0septembre 2008 au 31\u00a0août 2011"
    known = Figures(make(known_at=date(2010, 3, 31)), FR, "phase", KEY)
    assert known.headline.dates.endswith("au 31\u00a0mars 2010")
    assert [period.label for period in known.years()] == ["Année 1", "Année 2"]


@pytest.mark.parametrize(("masked", "kind"), [(2, "quarter"), (3, "programme_year")])
def test_a_series_is_by_year_where_more_than_a_quarter_of_the_quarters_is_hidden(
    make: Make, masked: int, kind: str
) -> None:
    quarters = [
        quarter(
            "M02", 2009 + place // 4, place % 4 + 1, *((None, "suppressed") if place < masked else (6.0,))
        )
        for place in range(8)
    ]
    told = make([total("M02", 90.0), row("M02", 90.0), *quarters, year("M02", 1, 30.0)])
    series = Figures(told, FR, "phase", ("M02",)).over_time("M02")
    assert series is not None
    assert series.kind == kind


def test_a_hidden_quarter_stops_the_running_total_until_a_year_fills_the_gap(make: Make) -> None:
    rows = [
        quarter("M02", 2008, 3, 2.0),
        quarter("M02", 2008, 4, None, "suppressed"),
        quarter("M02", 2009, 1, 6.0),
        quarter("M02", 2009, 3, 5.0),
        row(
            "M02",
            20.0,
            period_kind="programme_year",
            period_start=date(2008, 7, 1),
            period_end=date(2009, 3, 31),
            period_label="Année 1",
        ),
        quarter("M02", 2009, 4, None, "not_yet_reported"),
    ]
    figures = Figures(make([total("M02", 90.0), row("M02", 90.0), *rows]), FR, "phase", ("M02",))
    assert [point.value for point in figures.running("M02")] == [2.0, None, 20.0, 25.0, None]
    assert figures.running("M02")[1].text == "masqué pour protéger les personnes"
    assert figures.running("M02")[4].text == "pas encore reçu"


def test_nothing_is_drawn_after_the_last_quarter_that_is_told(make: Make) -> None:
    awaited = [quarter("M02", 2009, number, None, "not_yet_reported") for number in (2, 4)]
    rows = [quarter("M02", 2009, 1, 6.0), awaited[0], quarter("M02", 2009, 3, 5.0), awaited[1]]
    figures = Figures(make([total("M02", 90.0), row("M02", 90.0), *rows]), FR, "phase", ("M02",))
    series = figures.over_time("M02")
    assert series is not None
    assert [point.status for point in series.points] == ["value", "not_yet_reported", "value"]


def test_a_figure_that_is_not_told_to_the_end_says_how_far(make: Make) -> None:
    told = {"provisional_fr": "jusqu'au 30 juin 2011", "provisional_en": "to 30 June 2011"}
    figures = Figures(make([total("M02", 90.0), row("M02", 90.0, **told)]), FR, "phase", ("M02",))
    point = figures.one("M02")
    assert point is not None
    assert "jusqu" in point.provisional
    assert "30 juin 2011" in point.provisional.replace("\u00a0", " ")


def test_parts_go_from_the_largest_with_others_then_the_hidden_at_the_end(figures: Figures) -> None:
    assert [point.label for point in figures.parts("M03", "infraction")] == [
        "proxénétisme",
        "autre",
        "stupéfiants",
    ]


def test_english_words_of_the_release_are_used_where_it_has_them(make: Make, source: Source) -> None:
    figures = Figures(source, EN, "phase", KEY)
    assert figures.says("M02", "name") == "Arrests"
    assert figures.unit("M02") == ""  # its name says it already
    assert figures.unit("M04") == "of concluded cases"
    told = row("M03", 26.0, breakdown="infraction", breakdown_value="proxénétisme")
    told |= {"breakdown_en": "offence", "breakdown_value_en": "procuring"}
    figures = Figures(make([*ROWS[:4], told]), EN, "phase", KEY)
    assert figures.parts("M03", "infraction")[0].label == "procuring"
    assert figures.breakdown("M03", "infraction") == "offence"


def test_a_change_is_told_with_the_release_that_it_is_since_and_whether_it_says_anything(make: Make) -> None:
    before = [total("M02", 80.0), total("M03", 20.0), total("M13", 45000.0)]
    now = [total("M02", 90.0), total("M03", 81.0), total("M13", 45000.0), total("M06", None, "suppressed")]
    figures = Figures(make(now, before), FR, "total")
    changes = {code: point.change for code in ("M02", "M03", "M13", "M06") if (point := figures.one(code))}
    since = "depuis la diffusion n°\u00a06"
    assert changes == {
        "M02": f"+10 {since} (trop peu pour conclure)",
        "M03": f"+61 {since}",
        "M13": f"inchangé {since}",
        "M06": "",
    }
    assert all(point.change == "" for point in Figures(make(now), FR, "total").by_year("M02"))
