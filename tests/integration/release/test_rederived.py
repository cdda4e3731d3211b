"""A release's figures computed again from its events, long after the ledger has grown."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilan.building.figures import refresh
from bilan.building.rederivation import rederive
from bilan.cli.main import app
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.findings import Verdict
from bilan.release.package import verify_package
from bilan.release.verification.releases import verify_releases
from tests import releasing
from tests.integration.warehouse.telling import Telling, append

pytestmark = pytest.mark.integration
TOTAL = (pl.col("code") == "M02") & (pl.col("period_kind") == "total") & pl.col("territory").is_null()
ALTOGETHER = TOTAL & pl.col("breakdown").is_null() & pl.col("partner").is_null()


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two releases: the second knows of arrests that were told late, and of one withdrawn."""
    told = Telling()
    for number in range(12):
        told.arrest(f"E{number}", "2010-01-15", f"p{number}", territory="Brossard")
    home = told.home(tmp_path_factory.mktemp("told"))
    refresh(home)
    releasing.publish(home)
    first = len(told.rows)
    told.on = "2010-09-30"
    for number in range(20, 28):
        told.arrest(f"E{number}", "2010-02-15", f"p{number}")
    told.arrest("E1", "2010-01-15", "p1", territory="Brossard", action="retract")
    append(DeltaLedger(home.ledger), told.events().filter(pl.col("sequence") > first), number=2)
    refresh(home)
    releasing.publish(home)
    return home


@pytest.fixture
def home(told_twice: Home, tmp_path: Path) -> Home:
    """A copy, to tamper with."""
    shutil.copytree(told_twice.root, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


def altogether(home: Home, number: int) -> float:
    exact = pl.read_parquet(home.releases / str(number) / "candidate" / "exact.parquet")
    return float(exact.filter(ALTOGETHER)["value"].item())


def test_the_first_release_is_found_again_though_more_was_told_since(told_twice: Home) -> None:
    assert (altogether(told_twice, 1), altogether(told_twice, 2)) == (12, 19)
    standing = (told_twice.warehouse / "warehouse.duckdb").read_bytes()
    found = rederive(told_twice, 1)
    assert found.sound, found
    assert found.figures > 1000
    assert found.models_changed == ()
    assert (told_twice.warehouse / "warehouse.duckdb").read_bytes() == standing
    assert not list(told_twice.warehouse.glob("rederived-*"))


def test_an_altered_figure_is_named_wherever_it_stands(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    candidate = home.releases / "2" / "candidate"
    for name, value in (("exact.parquet", 18.0), ("public.parquet", 17.0), ("partners/SPAL.parquet", None)):
        file = candidate / name
        rows = pl.read_parquet(file)
        if value is None:
            invented = {"programme": pl.lit("Nulle part"), "status": pl.lit("true_zero")}
            rows = rows.vstack(rows.head(1).with_columns(**invented))
        else:
            altered = pl.when(ALTOGETHER).then(value).otherwise(pl.col("value"))
            rows = rows.with_columns(altered.alias("value"))
        rows.write_parquet(file)
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    printed = CliRunner().invoke(app, ["verify", "--rederive", "2", "--json"])
    told = json.loads(printed.stdout)
    assert (printed.exit_code, told["sound"]) == (1, False)
    named = {(d["file"], d["cell"]["programme"], d["released"], d["derived"]) for d in told["differences"]}
    assert named >= {
        ("exact.parquet", "MOBILIS", 18.0, 19.0),
        ("public.parquet", "MOBILIS", 17.0, 19.0),
        ("partners/SPAL.parquet", "Nulle part", "true_zero", None),
    }


def test_the_second_package_continues_the_first(told_twice: Home) -> None:
    first, second = (told_twice.releases / number / "package" for number in ("1", "2"))
    key = told_twice.keys / "release.pub"
    assert verify_package(second, key, first)["findings"] == []
    assert json.loads((second / "merkle.json").read_bytes())["previous"]["tree_size"] == 12
    assert verify_releases(told_twice, verdict := Verdict()) == 2
    assert verdict.sound, verdict.findings


def test_another_past_in_the_ledger_is_found(home: Home) -> None:
    """The same events under other hashes, in a ledger that is in itself as sound as the first."""
    events = DeltaLedger(home.ledger).events()
    shutil.rmtree(home.ledger)
    rewritten = pl.col("row_hash").str.head(63) + pl.lit("f")
    first = pl.when(pl.col("sequence") == 3).then(rewritten).otherwise(pl.col("row_hash"))
    append(DeltaLedger(home.ledger), events.with_columns(first.alias("row_hash")))
    verify_releases(home, verdict := Verdict())
    assert [finding.code for finding in verdict.findings] == ["ledger_rewritten"] * 2


def test_a_release_that_never_was_is_told(told_twice: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(told_twice.root))
    printed = CliRunner().invoke(app, ["verify", "--rederive", "9"])
    assert printed.exit_code != 0
    assert "n'existe pas" in str(printed.exception)
