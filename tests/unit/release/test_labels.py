"""The words beside a figure, in French and in English."""

from datetime import date

import polars as pl
import pytest

from bilan.release.wording.labels import with_words
from bilan.release.wording.periods import how_far, period_label, period_label_en
from bilan.release.wording.vocabulary import STATUSES

CALENDAR = pl.DataFrame(
    {
        "programme": ["Pj"],
        "kind": ["programme_year"],
        "starts_on": [date(2017, 10, 1)],
        "label_fr": ["Année 2"],
        "label_en": ["Year 2"],
    }
)
PROGRAMMES = pl.DataFrame(
    {"code": ["Pj"], "name_fr": ["Prévention Jeunesse"], "name_en": ["Youth prevention"]}
)


@pytest.mark.parametrize(
    ("kind", "start", "label", "english"),
    [
        ("month", date(2010, 3, 1), "mars 2010", "March 2010"),
        ("month", date(2010, 12, 1), "décembre 2010", "December 2010"),
        ("quarter", date(2010, 1, 1), "T1 2010", "Q1 2010"),
        ("quarter", date(2010, 7, 1), "T3 2010", "Q3 2010"),
        ("quarter", date(2010, 10, 1), "T4 2010", "Q4 2010"),
        ("quarter", date(2008, 9, 1), "sept. à nov. 2008", "Sep–Nov 2008"),
        ("quarter", date(2008, 12, 1), "déc. 2008 à févr. 2009", "Dec 2008–Feb 2009"),
        ("fiscal_year", date(2010, 4, 1), "2010-2011", "2010-2011"),
        ("total", date(2008, 9, 1), "Depuis le début", "Since the beginning"),
    ],
)
def test_a_period_is_named(kind: str, start: date, label: str, english: str) -> None:
    assert period_label(kind, start) == label
    assert period_label_en(kind, start) == english


@pytest.mark.parametrize("kind", ["phase", "programme_year", "semaine"])
def test_no_name_is_invented_for_a_period(kind: str) -> None:
    with pytest.raises(ValueError, match=kind):
        period_label(kind, date(2010, 1, 1))


@pytest.mark.parametrize(
    ("kind", "dates", "said"),
    [
        ("programme_year", ("2019-10-01", "2020-09-30", "2020-04-30"), ("7 mois sur 12", "7 of 12 months")),
        ("programme_year", ("2019-10-01", "2020-09-30", "2020-05-15"), ("7 mois sur 12", "7 of 12 months")),
        ("quarter", ("2019-10-01", "2019-12-31", "2019-10-31"), ("1 mois sur 3", "1 of 3 months")),
        (
            "quarter",
            ("2019-10-01", "2019-12-31", "2019-10-09"),
            ("jusqu'au 9 octobre 2019", "to 9 October 2019"),
        ),
        (
            "total",
            ("2008-09-01", "2018-10-31", "2011-09-30"),
            ("jusqu'au 30 septembre 2011", "to 30 September 2011"),
        ),
        ("quarter", ("2019-10-01", "2019-12-31", "2019-09-30"), ("en partie", "in part")),
        ("quarter", ("2019-10-01", "2019-12-31", "2019-12-31"), (None, None)),
    ],
)
def test_how_far_a_period_is_told(
    kind: str, dates: tuple[str, str, str], said: tuple[str | None, str | None]
) -> None:
    start, end, to = map(date.fromisoformat, dates)
    assert how_far(kind, start, end, to) == said


def test_what_is_not_told_at_all_is_not_provisional() -> None:
    dates = {"period_end": date(2018, 9, 30), "covered_to": date(2018, 3, 31)}
    told = with_words(cells(**dates), CALENDAR, PROGRAMMES)
    awaited = with_words(cells(**dates, status="not_yet_reported"), CALENDAR, PROGRAMMES)
    assert told.select("provisional_fr", "provisional_en").row(0) == ("6 mois sur 12", "6 of 12 months")
    assert awaited["provisional_fr"].to_list() == [None]


def cells(**changes: object) -> pl.DataFrame:
    row = {
        "programme": "Pj",
        "period_kind": "programme_year",
        "period_start": date(2017, 10, 1),
        "period_end": date(2018, 9, 30),
        "covered_to": date(2018, 9, 30),
        "status": "value",
        "breakdown": None,
        "breakdown_value": None,
        **changes,
    }
    return pl.DataFrame([row], schema_overrides={"breakdown": pl.String, "breakdown_value": pl.String})


def test_programme_years_and_programmes_are_named_by_the_reference() -> None:
    [row] = with_words(cells(), CALENDAR, PROGRAMMES).to_dicts()
    assert row["period_label"] == "Année 2"
    assert row["programme_name"] == "Prévention Jeunesse"
    assert (row["period_label_en"], row["programme_name_en"]) == ("Year 2", "Youth prevention")
    assert row["status_en"] == "published"
    assert row["status_fr"] == "publié"
    assert row["breakdown_fr"] is None
    assert row["breakdown_value_fr"] is None


def test_a_year_that_the_calendar_does_not_name_is_refused() -> None:
    with pytest.raises(ValueError, match="programme_year"):
        with_words(cells(period_start=date(2030, 10, 1)), CALENDAR, PROGRAMMES)


def test_breakdowns_are_put_in_words() -> None:
    [row] = with_words(cells(breakdown="sexe", breakdown_value="F"), CALENDAR, PROGRAMMES).to_dicts()
    assert (row["breakdown_fr"], row["breakdown_value_fr"]) == ("sexe", "féminin")
    assert (row["breakdown_en"], row["breakdown_value_en"]) == ("sex", "female")


def test_a_breakdown_already_in_words_stands() -> None:
    [row] = with_words(cells(breakdown="milieu", breakdown_value="scolaire"), CALENDAR, PROGRAMMES).to_dicts()
    assert row["breakdown_value_fr"] == "scolaire"


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_words(status: str) -> None:
    [row] = with_words(cells(status=status), CALENDAR, PROGRAMMES).to_dicts()
    assert (row["status_fr"], row["status_en"]) == STATUSES[status]
