"""Copies are erased in too; a home made again from a copy that could not be reached erases again."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.contracts import ERASED_TYPE, WITHDRAWN_TYPE
from bilan.erasure.backup import BackupError, backup, list_backups
from bilan.erasure.consent import withdraw
from bilan.erasure.receipt import ReceiptError, sign
from bilan.erasure.restore import restore
from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.keys import MasterKeyError
from bilan.identity.rotation import rotate_key
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from tests.integration.erasure.story import EXCHANGED, MET, NAMED, OTHERS_MET, THIRD, drop, met

pytestmark = pytest.mark.integration
ASKED = Request(Access("demande"), sender="SPAL", reference="REF-77")


def lose(home: Home) -> Home:
    """The home is gone; its keys were kept elsewhere."""
    kept = home.root.with_name("keys-kept")
    shutil.copytree(home.keys, kept)
    shutil.rmtree(home.root)
    again = Home(home.root).create()
    shutil.rmtree(again.keys)
    shutil.copytree(kept, again.keys)
    return again


def known(home: Home) -> set[object]:
    vault = open_vault(home)
    try:
        return {token for (token,) in vault.rows("select token from lookups")}
    finally:
        vault.close()


def test_a_copy_holds_no_key_and_makes_the_same_home(home: Home, tmp_path: Path) -> None:
    events, tokens = DeltaLedger(home.ledger).events(), known(home)
    copy = backup(home, tmp_path / "copies")
    key = (home.keys / "master.key").read_text().strip()
    files = [file for file in copy.path.rglob("*") if file.is_file()]
    assert not any(
        key.encode() in file.read_bytes() or bytes.fromhex(key) in file.read_bytes() for file in files
    )
    assert not (copy.path / "keys").exists()
    assert not (copy.path / "inbox").exists()
    restored = restore(lose(home), copy.path)
    assert (restored.sound, restored.erased_again) == (True, ())
    assert DeltaLedger(home.ledger).events().equals(events)
    assert known(home) == tokens
    drop(home, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, [*met(NAMED, "M1", "M3"), *OTHERS_MET])
    [report] = ingest(home).files
    assert (report.asserted, report.corrected, report.retracted, report.unchanged) == (0, 0, 0, 4)


def test_she_is_erased_in_every_copy_within_reach(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    outcome = erase(home, ASKED)
    assert outcome.receipt is not None
    assert outcome.receipt.complete
    assert [told["state"] for told in list_backups(home)] == ["intact"]
    assert len(list((copy.path / "vault/landed").glob("*.bin"))) == 1
    restored = restore(lose(home), copy.path, [])
    assert restored.sound
    assert not known(home) & {*outcome.scope.tokens}


def test_a_copy_out_of_reach_is_erased_in_when_it_comes_back(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    away = tmp_path / "away"
    copy.path.rename(away)
    first = erase(home, ASKED).receipt
    assert first is not None
    assert not first.complete
    assert "HORS D'ATTEINTE" in first.text
    away.rename(copy.path)
    again = erase(home, ASKED).receipt
    assert again is not None
    assert again.complete
    assert not known(restored_from(home, copy.path, tmp_path)) & {*first.content["tokens"]}


def restored_from(home: Home, copy: Path, folder: Path) -> Home:
    """Another home, made from a copy with the first one's keys."""
    other = Home(folder / "other").create()
    shutil.rmtree(other.keys)
    shutil.copytree(home.keys, other.keys)
    restore(other, copy)
    return other


def test_a_home_restored_from_before_an_erasure_erases_again(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    away = tmp_path / "away"
    copy.path.rename(away)
    outcome = erase(home, ASKED)
    receipts = tmp_path / "receipts"
    shutil.copytree(home.vault / "receipts", receipts)
    (receipts / "abc.json").write_text("{}", "utf-8")
    restored = restore(lose(home), away, [receipts])
    assert restored.sound
    assert outcome.receipt is not None
    assert restored.erased_again == (outcome.receipt.content["id"],)
    assert restored.foreign == ("abc.json",)
    assert not known(home) & {*outcome.scope.tokens}
    told = DeltaLedger(home.ledger).events().filter(pl.col("type") == ERASED_TYPE)
    assert set(told["subject"]) == {*outcome.scope.tokens}
    drop(home, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, [*met(NAMED, "M1", "M3"), *OTHERS_MET])
    [report] = ingest(home).files
    assert (report.asserted, report.retracted, report.refused) == (0, 0, 2)
    assert verify_home(home).findings == []


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_home_restored_from_before_a_withdrawal_withdraws_again(
    home: Home, tmp_path: Path, *, is_erased: bool
) -> None:
    copy = backup(home, tmp_path / "copies")
    away = tmp_path / "away"
    copy.path.rename(away)
    done = withdraw(home, replace(ASKED, linked=True), date(2010, 5, 1))
    if is_erased:
        erase(home, replace(ASKED, linked=True))
    told = own_events(home, WITHDRAWN_TYPE)
    receipts = tmp_path / "receipts"
    shutil.copytree(home.vault / "receipts", receipts)
    twice(home, receipts)
    restored = restore(lose(home), away, [receipts])
    assert restored.sound
    assert (len(restored.withdrawn_again), len(restored.erased_again)) == (2, is_erased)
    assert own_events(home, WITHDRAWN_TYPE).equals(told)
    assert told.height == len(done.tokens) == 3
    assert not names_known(home) & {*done.tokens}
    rows = ["E1;1;2010-03-07", "E2;1;2010-03-08", "E3;1;2010-05-02"]
    whom = ["Morin;Zoé;1996-05-06", "Pelletier;Ève;1995-04-05", "Morin;Zoé;1996-05-06"]
    lines = [f"{row};CJM;SPAL;oui;entourage;{who};;oui" for row, who in zip(rows, whom, strict=True)]
    drop(home, f"CJM/echanges_{THIRD}.csv", EXCHANGED, lines)
    [report] = ingest(home).files
    codes = [(refusal.row, refusal.code) for refusal in report.refusals]
    assert codes == [(2, "subject_erased")] * is_erased + [(4, "consent_withdrawn")]
    assert verify_home(home).findings == []


def test_a_withdrawal_of_whom_the_copy_had_not_met_is_known_when_she_is(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    row = "E9;1;{};CJM;SPAL;oui;entourage;Côté;Ana;1996-02-02;R-9;oui"
    told = [
        "E1;1;2010-03-07;CJM;SPAL;oui;entourage;Morin;Zoé;1996-05-06;;oui",
        "E2;1;2010-03-08;CJM;SPAL;oui;entourage;Pelletier;Ève;1995-04-05;;oui",
    ]
    drop(home, f"CJM/echanges_{THIRD}.csv", EXCHANGED, [*told, row.format("2010-05-02")])
    ingest(home)
    withdraw(home, Request(Access("demande"), sender="CJM", reference="R-9"), date(2010, 5, 10))
    receipts = tmp_path / "receipts"
    shutil.copytree(home.vault / "receipts", receipts)
    restore(lose(home), copy.path, [receipts])
    assert own_events(home, WITHDRAWN_TYPE).height == 2
    late = [row.format("2010-05-02"), row.replace("E9", "E8").format("2010-05-11")]
    drop(home, f"SPAL/echanges_{THIRD}.csv", EXCHANGED, [one.replace("CJM;SPAL", "SPAL;CJM") for one in late])
    [report] = ingest(home).files
    assert [(refusal.row, refusal.code) for refusal in report.refusals] == [(3, "consent_withdrawn")]


def twice(home: Home, receipts: Path) -> None:
    """A second receipt of the same withdrawal, as a run leaves that was killed and made again."""
    told = (json.loads(file.read_text("utf-8")) for file in sorted(receipts.glob("*.json")))
    [content] = [one for one in told if "withdrawn_on" in one]
    del content["public_key"], content["signature"]
    again = sign(home.keys, content | {"id": "00ab"})
    (receipts / "00ab.json").write_text(json.dumps(again), "utf-8")


def own_events(home: Home, kind: str) -> pl.DataFrame:
    """What Bilan's own events of a type say, by their key."""
    events = DeltaLedger(home.ledger).events().filter(pl.col("type") == kind)
    return events.select("natural_key", "subject", "time", "reporteddate", "programme", "data").sort(pl.all())


def names_known(home: Home) -> set[object]:
    vault = open_vault(home)
    try:
        return {token for (token,) in vault.rows("select token from subjects")}
    finally:
        vault.close()


def test_a_copy_that_was_altered_is_neither_restored_nor_blessed(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    part = next((copy.path / "ledger").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    assert [told["state"] for told in list_backups(home)] == ["altered"]
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    assert not receipt.complete
    with pytest.raises(BackupError):
        restore(lose(home), copy.path)


def test_a_manifest_of_another_hand_is_refused(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    manifest = json.loads((copy.path / "manifest.json").read_text())
    manifest["made_at"] = "2031-01-01T00:00:00+00:00"
    (copy.path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ReceiptError):
        restore(lose(home), copy.path)


def test_restoring_replaces_nothing_and_needs_the_key(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    with pytest.raises(BackupError):
        restore(home, copy.path)
    with pytest.raises(BackupError):
        backup(home, home.root / "inside")
    empty = Home(tmp_path / "empty").create()
    with pytest.raises(MasterKeyError):
        restore(empty, copy.path)
    (empty.keys / "master.key").write_text("ab" * 32)
    with pytest.raises(MasterKeyError):
        restore(empty, copy.path)
    assert not (empty.vault / "vault.db").exists()
    assert not list(empty.ledger.iterdir())


def test_a_vault_on_postgresql_is_copied_and_restored(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_VAULT_URL", database_url)
    home = Home(tmp_path / "home").create()
    drop(
        home,
        f"SPAL/jeunes_rencontres_{THIRD}.csv",
        MET,
        [*met("Morin;Zoé;1996-05-06;REF-77", "M1"), *OTHERS_MET],
    )
    ingest(home)
    copy = backup(home, tmp_path / "copies")
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    assert receipt.complete
    tokens = known(home)
    monkeypatch.delenv("BILAN_VAULT_URL")
    assert known(restored_from(home, copy.path, tmp_path)) == tokens


def test_the_commands(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    run = CliRunner().invoke
    assert run(app, ["backup"]).exit_code == 2
    made = json.loads(run(app, ["backup", str(tmp_path / "copies"), "--json"]).stdout)
    [told] = json.loads(run(app, ["backup", "--list", "--json"]).stdout)
    assert (told["path"], told["state"]) == (made["path"], "intact")
    assert "intacte" in run(app, ["backup", "--list"]).stdout
    lose(home)
    restored = run(app, ["restore", made["path"], "--json"])
    assert restored.exit_code == 0, restored.output
    assert json.loads(restored.stdout)["sound"] is True


def test_linked_tokens_are_erased_in_copies_too(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    outcome = erase(home, replace(ASKED, linked=True))
    assert not known(restored_from(home, copy.path, tmp_path)) & {*outcome.scope.tokens}
    assert not list((copy.path / "vault/landed").glob("*.bin"))


def test_a_copy_made_under_an_older_master_key_is_erased_in_too(home: Home, tmp_path: Path) -> None:
    copy = backup(home, tmp_path / "copies")
    old = (home.keys / "master.key").read_text()
    rotate_key(home)
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    assert receipt.complete
    with pytest.raises(MasterKeyError):
        restored_from(home, copy.path, tmp_path)
    (tmp_path / "other/keys/master.key").write_text(old)
    assert restore(Home(tmp_path / "other"), copy.path).sound
    assert not known(Home(tmp_path / "other")) & {*receipt.content["tokens"]}
