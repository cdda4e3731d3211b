"""`bilan verify` is sound on a good ledger, and fails after each of these."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake

from bilan.errors import PlainError
from bilan.home import Home
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home

pytestmark = pytest.mark.integration
Tamper = Callable[[Home], None]


def data_files(home: Home) -> list[Path]:
    return sorted(home.ledger.glob("*.parquet"))


def commits(home: Home) -> list[Path]:
    return sorted((home.ledger / "_delta_log").glob("*.json"))


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def byte_in_the_data(home: Home) -> None:
    flip(data_files(home)[0], 40)


def byte_in_the_footer(home: Home) -> None:
    flip(data_files(home)[-1], -12)


def event_removed(home: Home) -> None:
    file = data_files(home)[0]
    pl.read_parquet(file).slice(1).write_parquet(file, compression="zstd")


def event_changed(home: Home) -> None:
    file = data_files(home)[0]
    pl.read_parquet(file).with_columns(territory=pl.lit("Brossard")).write_parquet(file)


def data_file_removed(home: Home) -> None:
    data_files(home)[1].unlink()


def newest_commit_removed(home: Home) -> None:
    commits(home)[-1].unlink()


def middle_commit_removed(home: Home) -> None:
    commits(home)[2].unlink()


def ledger_emptied(home: Home) -> None:
    shutil.rmtree(home.ledger)
    home.ledger.mkdir()


def restored(home: Home) -> None:
    DeltaTable(home.ledger).restore(2)


def property_altered(home: Home) -> None:
    DeltaTable(home.ledger).alter.set_table_properties({"delta.appendOnly": "false"})


def property_edited(home: Home) -> None:
    edit(commits(home)[0], '"delta.appendOnly":"true"', '"delta.appendOnly":"false"')


def commit_edited(home: Home) -> None:
    edit(commits(home)[3], '"numRecords', '"numRecord')


def batches_swapped(home: Home) -> None:
    one, other = commits(home)[1:3]
    text = one.read_text()
    one.write_text(other.read_text())
    other.write_text(text)


def data_swapped(home: Home) -> None:
    one, other = data_files(home)[:2]
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def rows_appended(home: Home) -> None:
    forged = pl.read_parquet(data_files(home)[0]).with_columns(pl.col("sequence") + 100)
    write_deltalake(home.ledger, forged.to_arrow(), mode="append")


def batch_rewritten(home: Home) -> None:
    """Dropped events, a new file, and a commit that says it is a compaction."""
    file = data_files(home)[0]
    target = file.with_name("part-forged.parquet")
    pl.read_parquet(file).slice(1).write_parquet(target)
    add = {
        "path": target.name,
        "partitionValues": {},
        "size": target.stat().st_size,
        "modificationTime": 1,
        "dataChange": False,
    }
    remove = {"path": file.name, "deletionTimestamp": 1, "dataChange": False}
    actions = [{"commitInfo": {"operation": "OPTIMIZE"}}, {"remove": remove}, {"add": add}]
    name = f"{len(commits(home)):020d}.json"
    (home.ledger / "_delta_log" / name).write_text("\n".join(map(json.dumps, actions)))


def checkpoint_forged(home: Home) -> None:
    """A checkpoint that readers would trust: taken before the newest batch, dated as after it."""
    log = home.ledger / "_delta_log"
    newest = commits(home)[-1]
    text = newest.read_text()
    newest.unlink()
    DeltaTable(home.ledger).create_checkpoint()
    before = len(commits(home)) - 1
    newest.write_text(text)
    (log / f"{before:020d}.checkpoint.parquet").rename(log / f"{before + 1:020d}.checkpoint.parquet")
    edit(log / "_last_checkpoint", f'"version":{before}', f'"version":{before + 1}')


def journal_edited(home: Home) -> None:
    vault = open_vault(home)
    vault.store.connection.exec_driver_sql("update batches set files = '[]' where number = 2")
    vault.close()


def journal_cut(home: Home) -> None:
    vault = open_vault(home)
    vault.store.connection.exec_driver_sql("delete from batches where number = 2")
    vault.close()


def vault_removed(home: Home) -> None:
    shutil.rmtree(home.vault)


TAMPERINGS: list[Tamper] = [
    byte_in_the_data,
    byte_in_the_footer,
    event_removed,
    event_changed,
    data_file_removed,
    newest_commit_removed,
    middle_commit_removed,
    ledger_emptied,
    restored,
    property_altered,
    property_edited,
    commit_edited,
    batches_swapped,
    data_swapped,
    rows_appended,
    batch_rewritten,
    checkpoint_forged,
    journal_edited,
    journal_cut,
    vault_removed,
]


def test_a_good_ledger_is_sound(home: Home) -> None:
    verdict = verify_home(home)
    assert (verdict.findings, verdict.notes) == ([], [])
    assert (verdict.batches, verdict.version) == (5, 5)
    assert verdict.events == 14


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_each_tampering_is_found(home: Home, tamper: Tamper) -> None:
    tamper(home)
    verdict = verify_home(home)
    assert not verdict.sound
    assert all(finding.message for finding in verdict.findings)


@pytest.mark.parametrize("place", range(0, 1000, 97))
def test_any_byte_of_any_data_file_counts(home: Home, place: int) -> None:
    file = data_files(home)[place % len(data_files(home))]
    flip(file, place * file.stat().st_size // 1000)
    assert [finding.file for finding in verify_home(home).findings if finding.code == "data_altered"] == [
        file.name
    ]


def test_findings_name_the_file_and_the_batch(home: Home) -> None:
    byte_in_the_footer(home)
    finding = next(f for f in verify_home(home).findings if f.code == "data_altered")
    file = data_files(home)[-1]
    assert finding.file == file.name
    assert finding.batch is not None
    assert finding.batch in file.name
    assert file.name in finding.message


def test_a_compacted_ledger_is_sound_and_its_bytes_count_from_then_on(home: Home, tmp_path: Path) -> None:
    DeltaTable(home.ledger).optimize.compact()
    assert verify_home(home).findings == []
    assert verify_home(home).findings == []
    [compacted] = [Path(uri) for uri in DeltaTable(home.ledger).file_uris()]
    flip(compacted, compacted.stat().st_size - 12)
    assert not verify_home(home).sound


def test_a_compacted_ledger_goes_on(home: Home, fill: Callable[[Path], None], tmp_path: Path) -> None:
    DeltaTable(home.ledger).optimize.compact()
    fill(tmp_path / "again")
    report = ingest(home, [tmp_path / "again"])
    assert sum(file.asserted + file.corrected + file.retracted for file in report.files) == 0
    more = tmp_path / "SPAL" / "arrestations_2010-05-31.csv"
    more.parent.mkdir()
    more.write_text(
        (tmp_path / "again" / "SPAL" / "arrestations_2010-04-30.csv").read_text().replace("A5", "A6")
    )
    assert ingest(home, [more]).files[0].asserted == 1
    assert verify_home(home).sound


@pytest.mark.parametrize(
    "tamper", [newest_commit_removed, ledger_emptied, vault_removed], ids=lambda tamper: tamper.__name__
)
def test_nothing_is_taken_into_a_ledger_that_lost_something(home: Home, tamper: Tamper) -> None:
    tamper(home)
    with pytest.raises(PlainError, match=r"bilan verify|Le coffre n'est plus là"):
        ingest(home)


@pytest.mark.parametrize(("tamper", "code"), [(None, 0), (event_removed, 1)])
def test_the_command_says_so(home: Home, tamper: Tamper | None, code: int) -> None:
    if tamper:
        tamper(home)
    command = [sys.executable, "-c", "from bilan.cli.main import main; main()", "verify", "--json"]
    done = subprocess.run(
        command, env={"BILAN_HOME": str(home.root), "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    told = json.loads(done.stdout)
    assert told["sound"] is (code == 0)
    assert bool(told["findings"]) is (code == 1)
