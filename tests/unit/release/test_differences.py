"""What readers would see change, what moved more than expected, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.dashboards.tables import KPI_CATALOGUE
from bilan.errors import PlainError
from bilan.home import Home
from bilan.release import make_candidate
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.diff import compare, unexpected
from bilan.release.candidate.folder import read_contents, read_document, read_page
from bilan.release.schema import FROZEN_FIGURES, nothing
from tests.releasing import MAKER, NOTHING_CAME, publish, satisfied

MakeHome = Callable[..., Home]
Row = dict[str, Any]
FORMATS = {"M02": "count", "M04": "rate", "M08": "days"}


def contents(*rows: Row, **partners: list[Row]) -> Contents:
    return Contents(_frame(rows), {code: _frame(of) for code, of in partners.items()}, nothing(KPI_CATALOGUE))


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    base = {
        "programme": "MOBILIS",
        "period_kind": "total",
        "period_start": date(2008, 9, 1),
        "status": "value",
    }
    return pl.concat([nothing(FROZEN_FIGURES), *(_one({**base, **row}) for row in rows)])


def _one(row: Row) -> pl.DataFrame:
    schema = nothing(FROZEN_FIGURES).schema
    return pl.DataFrame([{name: row.get(name) for name in schema}], schema=schema)


def test_rows_come_go_and_change_for_each_reader() -> None:
    before = contents(
        {"code": "M02", "value": 60.0},
        {"code": "M03", "value": 7.0},
        {"code": "M04", "value": 0.5},
        SPAL=[{"code": "P09", "partner": "SPAL", "value": 9.0}],
    )
    after = contents(
        {"code": "M02", "value": 60.0},
        {"code": "M04", "value": None, "status": "suppressed"},
        {"code": "M05", "value": 8.0},
        SPAL=[{"code": "P09", "partner": "SPAL", "value": 10.0}],
    )
    found = compare(before, after)
    assert found.counts() == {"added": 1, "removed": 1, "changed": 2}
    assert found.added.select("reader", "code").rows() == [("public", "M05")]
    assert found.removed["code"].to_list() == ["M03"]
    changed = found.changed.select(
        "reader", "code", "status_before", "status", "value_before", "value"
    ).rows()
    assert changed == [
        ("SPAL", "P09", "value", "value", 9.0, 10.0),
        ("public", "M04", "value", "suppressed", 0.5, None),
    ]


def test_a_change_of_words_is_no_difference() -> None:
    before, after = (
        {"code": "M02", "value": 60.0, "name_fr": words} for words in ("Arrestations", "Arrêtés")
    )
    assert compare(contents(before), contents(after)).counts()["changed"] == 0


@pytest.mark.parametrize(
    ("code", "before", "after", "pointed_out"),
    [
        ("M02", 100.0, 130.0, False),  # three times the root of 100, no more
        ("M02", 100.0, 131.0, True),
        ("M02", 100.0, 69.0, True),
        ("M02", 10_000.0, 11_000.0, False),  # far more than the root, but a tenth
        ("M02", 10_000.0, 12_001.0, True),
        ("M02", 0.0, 5.0, True),
        ("M04", 0.50, 0.60, False),
        ("M04", 0.50, 0.61, True),
        ("M04", 0.50, 0.39, True),
        ("M08", 100.0, 120.0, False),
        ("M08", 100.0, 121.0, True),
        ("M08", 0.0, 0.0, False),
    ],
)
def test_what_moved_more_than_expected(code: str, before: float, after: float, pointed_out: bool) -> None:
    difference = compare(
        contents({"code": code, "value": before}), contents({"code": code, "value": after, "n_persons": 9})
    )
    assert difference.counts()["changed"] == 1
    assert unexpected(difference, FORMATS).height == pointed_out


def test_a_figure_that_is_hidden_on_either_side_is_not_pointed_out() -> None:
    shown, hidden = {"code": "M02", "value": 500.0}, {"code": "M02", "value": None, "status": "suppressed"}
    for before, after in ((shown, hidden), (hidden, shown)):
        assert unexpected(compare(contents(before), contents(after)), FORMATS).is_empty()


def test_nor_is_a_partners_own() -> None:
    before, after = ([{"code": "M02", "partner": "SPAL", "value": value}] for value in (9.0, 900.0))
    assert unexpected(compare(contents(SPAL=before), contents(SPAL=after)), FORMATS).is_empty()


# --- in a candidate's findings


def grown(make_home: MakeHome, another_figure: Row, count: int) -> Home:
    """A home whose figures of `count` territories grew from 60 to 200 since the release that is out."""
    places = [f"lieu {rank:02}" for rank in range(count)]
    publish(make_home(figures=tuple({**another_figure, "territory": place} for place in places)))
    return make_home(
        figures=tuple(
            {**another_figure, "territory": place, "value": 200.0 + rank} for rank, place in enumerate(places)
        )
    )


@pytest.mark.integration
def test_findings_hold_the_difference_and_why_figures_moved(make_home: MakeHome, another_figure: Row) -> None:
    home = grown(make_home, another_figure, 3)
    asked = []

    def explain(since: int, figures: Sequence[Mapping[str, Any]]) -> list[str]:
        asked.append(since)
        return [f"à cause de {figure['territory']}" for figure in figures]

    make_candidate(home, who=MAKER, examine=satisfied, reception=NOTHING_CAME, explain=explain)
    found = read_document(home, 2, "findings.json")
    assert found["difference"]["with"] == 1
    assert found["difference"]["counts"] == {"added": 0, "removed": 0, "changed": 3}
    assert asked == [1]
    furthest = found["moved"]["explained"][0]
    assert (furthest["figure"]["territory"], furthest["why"]) == ("lieu 02", "à cause de lieu 02")
    assert found["moved"]["rule"]["share"] == 0.2


@pytest.mark.integration
def test_only_so_many_are_explained_and_the_others_counted(make_home: MakeHome, another_figure: Row) -> None:
    home = grown(make_home, another_figure, 13)
    make_candidate(
        home,
        who=MAKER,
        examine=satisfied,
        reception=NOTHING_CAME,
        explain=lambda _, figures: ["parce que"] * len(figures),
    )
    moved = read_document(home, 2, "findings.json")["moved"]
    assert (len(moved["explained"]), moved["left_out"]) == (10, 3)
    assert "13 chiffres ont bougé plus qu'attendu" in read_page(home, 2)
    assert pl.read_parquet(home.releases / "2/candidate/findings/moved.parquet").height == 13


@pytest.mark.integration
def test_a_page_shows_so_many_rows_and_says_where_the_others_are(
    make_home: MakeHome, another_figure: Row
) -> None:
    home = grown(make_home, another_figure, 53)
    make_candidate(home, who=MAKER, examine=satisfied, reception=NOTHING_CAME)
    changed = read_page(home, 2).partition("### Lignes changées")[2].partition("##")[0]
    assert changed.count("public · M02") == 50
    assert "… et 3 autres : `findings/changed.parquet`" in changed
    assert pl.read_parquet(home.releases / "2/candidate/findings/changed.parquet").height == 53


@pytest.mark.integration
def test_one_that_was_frozen_before_there_were_pages_is_told_all_the_same(
    make_home: MakeHome, another_figure: Row
) -> None:
    home = grown(make_home, another_figure, 1)
    make_candidate(home, who=MAKER, examine=satisfied, reception=NOTHING_CAME)
    (home.releases / "2/candidate/findings.md").unlink()
    assert "1 changées" in read_page(home, 2)


@pytest.mark.integration
def test_an_explanation_that_fails_is_told_in_its_place(make_home: MakeHome, another_figure: Row) -> None:
    home = grown(make_home, another_figure, 1)

    def explain(since: int, figures: Sequence[Mapping[str, Any]]) -> list[str]:
        raise PlainError("Le grand livre n'a plus cette version.")

    make_candidate(home, who=MAKER, examine=satisfied, reception=NOTHING_CAME, explain=explain)
    [told] = read_document(home, 2, "findings.json")["moved"]["explained"]
    assert told["why"] == "Le grand livre n'a plus cette version."


@pytest.mark.integration
def test_an_exact_figure_that_is_hidden_is_in_no_finding(make_home: MakeHome, another_figure: Row) -> None:
    publish(make_home(figures=({**another_figure, "value": 8.0},)))
    home = make_home(figures=({**another_figure, "value": 3.0625},))
    make_candidate(home, who=MAKER, examine=satisfied, reception=NOTHING_CAME)
    assert "3.0625" not in (home.releases / "2/candidate/findings.json").read_text() + read_page(home, 2)
    changed = pl.read_parquet(home.releases / "2/candidate/findings/changed.parquet")
    assert changed["value"].to_list() == [None]
    hidden = read_contents(home, 2).public
    assert hidden["status"].to_list() == ["suppressed"]
