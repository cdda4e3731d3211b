"""A home whose warehouse file holds a few figures, as dbt would leave it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from bilan.dashboards.tables import CATALOGUE, KPI_CATALOGUE, KPI_VALUES, Table
from bilan.home import Home
from bilan.release import Build
from bilan.release.schema import COUNTED, SHOWING
from tests.releasing import publish

Row = dict[str, Any]
LISTS = ("grain", "logs", "programmes", "breakdowns")
CATALOGUE_OF_DBT = Table(
    "kpi_catalogue",
    KPI_CATALOGUE.columns
    | dict.fromkeys(LISTS, "VARCHAR[]")
    | dict.fromkeys((*COUNTED, *SHOWING), "VARCHAR"),
)


def figure(**changes: Any) -> Row:
    """The arrests of the whole programme, everywhere."""
    row: Row = {
        **dict.fromkeys(KPI_VALUES.columns),
        "code": "M02",
        "programme": "MOBILIS",
        "period_kind": "total",
        "period_start": date(2008, 9, 1),
        "period_end": date(2011, 9, 30),
        "value": 90.0,
        "status": "value",
        "known_at": date(2011, 9, 30),
    }
    return {**row, **changes}


def entry(code: str, disclosure: str = "public") -> Row:
    row: Row = {name: f"{name} de {code}" for name in CATALOGUE}
    row |= {name: ["un", "deux"] for name in LISTS} | dict.fromkeys((*COUNTED, *SHOWING), "")
    every = "total, phase, programme_year, fiscal_year, quarter, month"
    row |= {"counts_numerator": f"events of facts_{code}", "holds": "within", "logs": ["references"]}
    row |= {"publishes_whole": every, "publishes_territory": every, "publishes_because": "lu partout"}
    return {**row, "code": code, "format": "count", "disclosure": disclosure}


FIGURES = (
    figure(),
    figure(territory="Brossard", value=3.0),
    figure(territory="Longueuil", value=87.0),
    figure(period_kind="month", period_start=date(2010, 3, 1), value=0.0, status="true_zero"),
    figure(period_kind="phase", value=88.0),
    figure(code="P09", value=50.0),
    figure(code="P09", partner="SPAL", value=40.0),
    figure(code="P09", partner="CJM", value=4.0),
    figure(code="X01", value=12.0),
    figure(code="X02", value=13.0),
)
ENTRIES = (entry("M02"), entry("P09"), entry("X01", "partner"), entry("X02", "steward"))

# programme, sender, log, statement date, action
EVENTS = (
    ("MOBILIS", "SPAL", "arrestations", date(2011, 8, 31), "assert"),
    ("MOBILIS", "SPAL", "arrestations", date(2011, 8, 31), "assert"),
    ("MOBILIS", "SPAL", "arrestations", date(2011, 9, 30), "correct"),
    ("MOBILIS", "CJM", "echanges", date(2011, 9, 30), "assert"),
    ("MOBILIS", "BILAN", "identity", date(2011, 9, 30), "assert"),  # Bilan's own is nobody's report
)

MakeHome = Callable[..., Home]


@pytest.fixture
def make_home(tmp_path: Path) -> MakeHome:
    def make(figures: tuple[Row, ...] = FIGURES) -> Home:
        return home_of(tmp_path / "home", figures)

    return make


def home_of(root: Path, figures: tuple[Row, ...] = FIGURES) -> Home:
    """A home whose warehouse holds those figures alone."""
    home = Home(root).create()
    file = home.warehouse / "warehouse.duckdb"
    file.unlink(missing_ok=True)
    write_warehouse(file, figures)
    return home


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    return make_home()


@pytest.fixture(scope="session")
def once_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Build]:
    """A home whose only release is out, and what readers find: to be read, never changed."""
    home = home_of(tmp_path_factory.mktemp("out") / "home")
    return home, publish(home)


@pytest.fixture
def build(once_out: tuple[Home, Build]) -> Build:
    """What readers find of that release."""
    return once_out[1]


@pytest.fixture
def published(once_out: tuple[Home, Build], tmp_path: Path) -> Home:
    """A copy of that home and of its approvers' keys, to change."""
    made = once_out[0].root.parent
    for folder in made.iterdir():
        shutil.copytree(folder, tmp_path / folder.name, symlinks=True)
    return Home(tmp_path / "home")


@pytest.fixture
def unnamed_period() -> Row:
    """A figure over a phase that the calendar does not name: publishing it fails."""
    return figure(period_kind="phase", period_start=date(1999, 9, 1))


@pytest.fixture
def another_figure() -> Row:
    """A figure that may be shown."""
    return figure(value=60.0)


def write_warehouse(file: Path, figures: tuple[Row, ...]) -> None:
    with duckdb.connect(file) as warehouse:
        for table, rows in ((KPI_VALUES, figures), (CATALOGUE_OF_DBT, ENTRIES)):
            warehouse.execute(table.ddl)
            marks = ", ".join("?" for _ in table.columns)
            for row in rows:
                values = [row[name] for name in table.columns]
                warehouse.execute(f"INSERT INTO main.{table.name} VALUES ({marks})", values)
        _add_reference(warehouse)
        _add_events(warehouse)


def _add_reference(warehouse: duckdb.DuckDBPyConnection) -> None:
    reference = {
        "periods": pl.DataFrame(
            {
                "programme": ["MOBILIS"],
                "kind": ["phase"],
                "starts_on": [date(2008, 9, 1)],
                "ends_on": [date(2011, 8, 31)],
                "label_fr": ["Phase 1"],
                "label_en": ["Phase one"],
            }
        ),
        "programmes": pl.DataFrame(
            {
                "code": ["MOBILIS"],
                "name_fr": ["MOBILIS"],
                "name_en": ["MOBILIS (English)"],
                "starts_on": [date(2008, 9, 1)],
            }
        ),
        "partners": pl.DataFrame(
            {
                "code": ["SPAL", "CJM", "KEKPART"],
                "name_fr": ["Service de police", "Centres jeunesse", "Maison de jeunes"],
                "programmes": ["MOBILIS", "MOBILIS", "MOBILIS"],
                "valid_from": [None, None, None],
                "valid_to": [None, date(2015, 3, 31), None],
            },
            schema_overrides={"valid_from": pl.Date},
        ),
    }
    warehouse.execute("CREATE SCHEMA reference")
    for name, frame in reference.items():
        warehouse.register("frame", frame.to_arrow())
        warehouse.execute(f"CREATE TABLE reference.{name} AS SELECT * FROM frame")
        warehouse.unregister("frame")


def _add_events(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The ledger's events, as far as a release counts them."""
    warehouse.execute("CREATE SCHEMA ledger")
    warehouse.execute(
        "CREATE TABLE ledger.events"
        " (programme VARCHAR, source VARCHAR, log VARCHAR, reporteddate DATE, action VARCHAR, type VARCHAR)"
    )
    for event in EVENTS:
        warehouse.execute("INSERT INTO ledger.events VALUES (?, ?, ?, ?, ?, 'told.v1')", event)
