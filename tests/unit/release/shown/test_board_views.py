"""What the boards' views make of the published tables, on a few rows of them."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from bilan.dashboards.tables import define

NEWEST = {"diffusion_fr": "La plus récente", "diffusion_en": "Latest"}
SINCE = {"period_kind_fr": "Depuis le début", "period_fr": "Depuis le début"}
PERIOD = {"period_kind": "total", "period_start": date(2016, 10, 1), "territory_fr": "Tous les territoires"}


@pytest.fixture
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as file:
        define(file)
        yield file


def insert(file: duckdb.DuckDBPyConnection, table: str, *rows: dict[str, object]) -> None:
    for row in rows:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        file.execute(f"INSERT INTO main.{table} ({names}) VALUES ({marks})", list(row.values()))


def state(file: duckdb.DuckDBPyConnection, release: int, programme: str = "Pj", **more: object) -> None:
    insert(file, "state", {"release": release, "programme": programme, **NEWEST, **more})


def report(release: int, sender: str, month: int, told: str, log: str = "references") -> dict[str, object]:
    return {
        "release": release,
        "programme": "Pj",
        "sender": sender,
        "log": log,
        "month": date(2019, month, 1),
        "state": told,
    }


def refusal(release: int, rows: int, *, is_open: bool) -> dict[str, object]:
    return {"release": release, "rows": rows, "is_open": is_open}


def answers(file: duckdb.DuckDBPyConnection, release: int) -> list[tuple[object, ...]]:
    told = file.table("board_answers").filter(f"release = {release}").order("answer_rank")
    return told.select("name_fr, figure_fr, unit_fr, change_fr").fetchall()


@pytest.mark.integration
def test_the_quality_board_answers_with_what_is_awaited_open_revised_and_checked(
    published: duckdb.DuckDBPyConnection,
) -> None:
    for release in (1, 2):
        state(published, release)
    insert(
        published,
        "reports",
        report(1, "CAVAC", 1, "received"),
        report(2, "CAVAC", 1, "received"),
        report(2, "CAVAC", 2, "late"),
        report(2, "CAVAC", 3, "not_due"),
        report(2, "SPAL", 1, "late"),
        report(2, "SPAL", 2, "received_late"),
        report(2, "VILLE", 1, "refused"),
        report(2, "2159", 1, "held"),
    )
    insert(published, "refusals", refusal(1, 3, is_open=True), refusal(2, 2, is_open=True))
    insert(published, "refusals", refusal(2, 9, is_open=False))
    insert(published, "revisions", {"release": 2, "corrected": 1200, "retracted": 34})
    insert(published, "checks", *({"release": 2, "name": str(n), "passed": n > 0} for n in range(3)))
    assert answers(published, 1) == [
        ("Journaux en attente", "0", "sur 1 journal dû", None),
        ("Lignes refusées, à corriger", "3", "des derniers relevés", None),
        ("Faits corrigés ou retirés", "0", "depuis le premier relevé", None),
    ]
    since = "depuis la diffusion n° 1"
    assert answers(published, 2) == [
        ("Journaux en attente", "3", "sur 4 journaux dus", f"+3 {since}"),
        ("Lignes refusées, à corriger", "2", "des derniers relevés", f"−1 {since}"),
        ("Faits corrigés ou retirés", "1\u00a0234", "depuis le premier relevé", f"+1\u00a0234 {since}"),
        ("Contrôles satisfaits", "2", "sur 3", None),
    ]


@pytest.mark.integration
def test_a_file_without_reports_has_no_answer(published: duckdb.DuckDBPyConnection) -> None:
    state(published, 1)
    insert(published, "refusals", refusal(1, 3, is_open=True))
    assert answers(published, 1) == []


def figure(code: str, value: float, level: str) -> dict[str, object]:
    told = {"release": 1, "programme": "Pj", "code": code, "level": level, "format": "count", **PERIOD}
    return {**told, "value": value, "figure_fr": f"{value:.0f}", "name_fr": code}


@pytest.fixture
def own(published: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A partner that sends references, owes detections, and neither sends nor owes a log of housing."""
    state(published, 1)
    for code, log in (("P09", "references"), ("P07", "depistages"), ("P12", "hebergements"), ("P10", "x")):
        insert(published, "kpi_catalogue", {"code": code, "logs": log})
        worth = 4.0 if code == "P10" else 0.0
        insert(published, "figures", figure(code, 20.0, "all"), figure(code, worth, "partner"))
    insert(published, "releases", {"release": 1})
    insert(published, "transmitted", {"log": "references"})
    insert(published, "reports", report(1, "SPAL", 1, "late", "depistages"))
    insert(published, "reports", report(1, "SPAL", 1, "not_due", "hebergements"))
    return published


def test_an_organisation_has_no_zero_for_a_log_that_it_neither_sends_nor_owes(
    own: duckdb.DuckDBPyConnection,
) -> None:
    told = own.execute("SELECT code, own_fr, all_fr FROM main.board_own ORDER BY code").fetchall()
    assert told == [("P07", "0", "20"), ("P09", "0", "20"), ("P10", "4", "20")]


def test_the_detail_tells_own_figures_from_those_of_all(own: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT level, part_fr, figure_fr FROM main.board_detail WHERE code = 'P10' ORDER BY level"
    assert own.execute(sql).fetchall() == [("all", "ensemble", "20"), ("partner", "votre organisation", "4")]


def test_a_year_that_is_not_told_to_its_end_says_how_far(published: duckdb.DuckDBPyConnection) -> None:
    state(published, 1)
    year = figure("P07", 3.0, "all") | {"period_kind": "programme_year", "period_fr": "Année 4"}
    year |= {"period_start": date(2019, 10, 1), "period_end": date(2020, 9, 30)}
    insert(published, "figures", year | {"provisional_fr": "7 mois sur 12"})
    told = published.execute("SELECT year_fr, provisional_fr FROM main.board_years").fetchall()
    assert told == [("Année 4", "7 mois sur 12")]


def quarter(start: date, end: date, status: str, **more: object) -> dict[str, object]:
    dates = {"period_kind": "quarter", "period_start": start, "period_end": end}
    return figure("M02", 4.0, "all") | {"programme": "MOBILIS", "status": status, **dates, **more}


def test_the_marked_quarter_is_the_one_of_8_march_2011_and_none_is_drawn_that_nobody_told(
    published: duckdb.DuckDBPyConnection,
) -> None:
    insert(published, "state", {"release": 1, "programme": "MOBILIS"})
    whole = quarter(date(2008, 9, 1), date(2011, 9, 30), "value") | {"period_kind": "total"}
    autumn, winter = (date(2010, 9, 1), date(2010, 11, 30)), (date(2010, 12, 1), date(2011, 2, 28))
    spring, summer = (date(2011, 3, 1), date(2011, 5, 31)), (date(2011, 6, 1), date(2011, 8, 31))
    told = [
        quarter(*autumn, "value"),
        quarter(*winter, "true_zero"),
        quarter(*spring, "value", period_fr="mars à mai 2011", provisional_fr="1 mois sur 3"),
        quarter(*summer, "not_yet_reported"),
    ]
    insert(published, "figures", whole, *told)
    drawn = published.execute("SELECT quarter, is_marked FROM main.board_quarters ORDER BY 1").fetchall()
    assert drawn == [(autumn[0], False), (winter[0], False), (spring[0], True)]
    said = published.execute("SELECT quarter_fr FROM main.board_quarters WHERE is_marked").fetchall()
    assert said == [("mars à mai 2011, 1 mois sur 3",)]


@pytest.mark.parametrize(("beside", "said"), [("en {} rencontres", "en 312 rencontres"), (None, None)])
def test_a_key_figure_says_its_companion_in_the_words_of_its_entry(
    published: duckdb.DuckDBPyConnection, beside: str | None, said: str | None
) -> None:
    state(published, 1)
    insert(published, "figures", figure("M05", 238.0, "all"), figure("M05.meetings", 312.0, "all"))
    insert(published, "companions", {"code": "M05", "companion": "M05.meetings", "said_fr": beside})
    told = dict(published.execute("SELECT code, companion_fr FROM main.board_figures").fetchall())
    assert told == {"M05": said, "M05.meetings": None}


def test_the_matrix_draws_the_pair_that_the_catalogue_sets_side_by_side(
    published: duckdb.DuckDBPyConnection,
) -> None:
    state(published, 1)
    for code, value in (("P15.detected", 7.0), ("P15.served", 5.0), ("P15.unserved", 1.0)):
        box = {"breakdown": "axe_cible", "breakdown_value": "primaire × victime", "status": "value"}
        insert(published, "figures", figure(code, value, "breakdown") | SINCE | box)
    insert(published, "companions", {"code": "P15.detected", "companion": "P15.served"})
    boxes = published.execute("SELECT detected_fr, served_fr FROM main.board_matrix WHERE status = 'value'")
    assert boxes.fetchall() == [("7", "5")]


def test_the_flow_draws_the_moves_of_what_is_broken_down_by_path(
    published: duckdb.DuckDBPyConnection,
) -> None:
    for code, breakdowns in (("P10.paths", "trajet"), ("P09", "")):
        insert(published, "kpi_catalogue", {"code": code, "breakdowns": breakdowns})
        insert(published, "figures", figure(code, 9.0, "all") | SINCE)
    move = {"breakdown": "trajet", "breakdown_value_fr": "demande > scolaire"}
    insert(published, "figures", figure("P10.paths", 6.0, "breakdown") | SINCE | move)
    drawn = published.execute("SELECT from_fr, moves FROM main.board_paths ORDER BY moves").fetchall()
    assert drawn == [("autres parcours", 3.0), ("demande", 6.0)]
