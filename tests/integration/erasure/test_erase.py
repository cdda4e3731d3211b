"""A person erased is gone, stays gone when her sender restates her, and her past stays as it was told."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.contracts import ERASED_TYPE, STATEMENT_TYPE
from bilan.erasure.receipt import ReceiptError, read_receipt
from bilan.erasure.scope import ScopeError
from bilan.erasure.service import Outcome, Request, erase
from bilan.home import Home
from bilan.identity.access import Access, read_log
from bilan.identity.numbers import read_numbers
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.events import empty_events
from tests.integration.erasure.story import (
    BOTH,
    MET,
    NAMED,
    OTHERS_MET,
    REFERRED,
    SECOND,
    SUSPECT,
    THIRD,
    drop,
    met,
)

pytestmark = pytest.mark.integration
ASKED = Request(Access("une demande écrite", "intendance"), sender="SPAL", reference="ref-77")


def facts(home: Home) -> pl.DataFrame:
    """What the ledger says of anything but identities, and but that a statement came."""
    told = pl.col("log") != "identity", pl.col("type") != STATEMENT_TYPE
    return DeltaLedger(home.ledger).events().filter(*told)


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    vault = open_vault(home)
    try:
        return vault.rows(sql)
    finally:
        vault.close()


def landed(home: Home) -> int:
    return len(list((home.vault / "landed").glob("*.bin")))


def places(outcome: Outcome) -> dict[str, str]:
    assert outcome.receipt is not None
    return {place["place"]: place["state"] for place in outcome.receipt.content["places"]}


def test_her_rows_are_gone_and_the_ledger_says_so(home: Home) -> None:
    before = facts(home)
    outcome = erase(home, ASKED)
    assert len(outcome.scope.tokens) == 2, "her name and her reference, tied by a row"
    assert len(outcome.scope.linked) == 1, "CJM knows her too"
    events = DeltaLedger(home.ledger).events()
    told = events.filter(pl.col("type") == ERASED_TYPE)
    assert set(told["subject"]) == {*outcome.scope.tokens}
    assert {*told["data"]} == {'{"ground":"request"}'}
    assert facts(home).equals(before)
    assert verify_home(home).findings == []
    for table, column in (("subjects", "token"), ("lookups", "token"), ("ties", "named")):
        left = {token for (token,) in rows(home, f"select {column} from {table}")}
        assert not left & {*outcome.scope.tokens}, table


def test_her_keys_and_hashes_leave_no_byte(home: Home) -> None:
    vault = open_vault(home)
    [(data_key, attributes)] = vault.rows(
        "select data_key, attributes from subjects where token in"
        " (select token from lookups where hash in (select referred_hash from ties))"
    )
    [(named_hash,)] = vault.rows("select named_hash from ties")
    vault.close()
    needles = (bytes(data_key), bytes(attributes), named_hash.encode())
    content = b"".join(file.read_bytes() for file in sorted(home.vault.glob("vault.db*")))
    assert all(needle in content for needle in needles)
    erase(home, Request(ASKED.access, sender="SPAL", reference="REF-77", linked=True))
    content = b"".join(file.read_bytes() for file in sorted(home.vault.glob("vault.db*")))
    assert not any(needle in content for needle in needles)


def test_numbers_that_only_her_events_hold_are_gone(home: Home) -> None:
    def known() -> set[str]:
        vault = open_vault(home)
        try:
            batches = vault.rows("select batch from numbers")
            return {number for (batch,) in batches for number in read_numbers(vault, batch).values()}
        finally:
            vault.close()

    assert known() == {"M1", "M2", "M3", "M4", "A1", "A2", "A3", "E1", "E2"}
    erase(home, ASKED)
    assert known() == {"M2", "M4", "A1", "A3", "E1", "E2"}, "A1 is another person's too; E1 is CJM's"


def test_files_that_name_her_are_destroyed_and_others_kept(home: Home) -> None:
    assert landed(home) == 4
    outcome = erase(home, ASKED)
    assert landed(home) == 1, "SPAL's three name her; CJM's is not SPAL's to erase"
    assert places(outcome)["landed"] == "destroyed"


@pytest.mark.parametrize("alias", [NAMED, REFERRED, BOTH, None])
def test_a_restatement_neither_brings_her_back_nor_withdraws_her(home: Home, alias: str | None) -> None:
    erase(home, ASKED)
    before, known = facts(home), rows(home, "select * from lookups order by hash, sender")
    files = landed(home)
    hers = met(alias, "M1", "M3") if alias else []
    drop(home, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, [*hers, *OTHERS_MET])
    arrests = ["A1;2010-03-01;Gagnon;Luc;1984-02-03;autre", "A3;2010-03-03;Gagnon;Luc;1984-02-03;stupéfiants"]
    named = ["A1;2010-03-01;MORIN;zoe;1996-05-06;autre", "A2;2010-03-02;Morin;Zoé;1996-05-06;stupéfiants"]
    drop(home, f"SPAL/arrestations_{THIRD}.csv", SUSPECT, [*arrests, *(named if alias else [])])
    report = ingest(home)
    assert facts(home).equals(before)
    assert rows(home, "select * from lookups order by hash, sender") == known
    assert [file.held for file in report.files] == [False, False]
    assert [file.refused for file in report.files] == [2, 2] if alias else [0, 0]
    codes = {(refusal.code, refusal.column) for file in report.files for refusal in file.refusals}
    assert codes == ({("subject_erased", None)} if alias else set())
    assert landed(home) == (files if alias else files + 2), "a file that names her is not kept"
    assert verify_home(home).findings == []


def test_the_very_same_file_again_is_nothing_new(home: Home) -> None:
    erase(home, ASKED)
    count = DeltaLedger(home.ledger).version()
    rows_of_it = [*met(BOTH, "M1"), *met(NAMED, "M3"), *OTHERS_MET]
    drop(home, f"SPAL/jeunes_rencontres_{SECOND}.csv", MET, rows_of_it)
    [report] = ingest(home).files
    assert (report.refused, report.unchanged, report.asserted) == (2, 2, 0)
    assert DeltaLedger(home.ledger).version() == count


def test_a_new_fact_about_her_is_of_a_new_person(home: Home) -> None:
    erased = erase(home, ASKED).scope.tokens
    drop(home, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, [*met(NAMED, "M1", "M3", "M9"), *OTHERS_MET])
    [report] = ingest(home).files
    assert (report.asserted, report.refused, report.retracted) == (1, 2, 0)
    assert facts(home)["subject"][-1] not in {*erased, None}


def test_linked_erases_what_other_senders_know(home: Home) -> None:
    outcome = erase(home, Request(ASKED.access, sender="SPAL", reference="REF-77", linked=True))
    assert (len(outcome.scope.tokens), outcome.scope.linked) == (3, ())
    assert landed(home) == 0
    assert verify_home(home).findings == []


def test_twice_is_a_no_op_that_says_so(home: Home) -> None:
    first = erase(home, ASKED)
    version = DeltaLedger(home.ledger).version()
    again = erase(home, ASKED)
    by_token = erase(home, Request(ASKED.access, token=first.scope.tokens[0]))
    assert (again.already, by_token.already) == (True, True)
    assert again.receipt == by_token.receipt == first.receipt
    assert DeltaLedger(home.ledger).version() == version
    with pytest.raises(ScopeError):
        erase(home, Request(ASKED.access, sender="SPAL", reference="nobody"))


def test_a_dry_run_changes_nothing(home: Home) -> None:
    events, files = DeltaLedger(home.ledger).events(), landed(home)
    outcome = erase(home, ASKED, dry_run=True)
    assert outcome.receipt is None
    assert outcome.plan is not None
    assert (len(outcome.plan.landed), outcome.plan.held) == (3, ())
    assert DeltaLedger(home.ledger).events().equals(events)
    assert landed(home) == files
    assert rows(home, "select count(*) from tombstones") == [(0,)]


def test_a_held_file_that_names_her_is_refused_and_destroyed(home: Home) -> None:
    drop(home, "SPAL/jeunes_rencontres_2010-04-15.csv", MET, met(NAMED, "M3"))
    [report] = ingest(home).files
    assert report.held
    erase(home, ASKED)
    assert rows(home, "select state from held") == [("refused",)]
    assert landed(home) == 1


def test_a_file_that_waits_in_the_inbox_is_told(home: Home) -> None:
    waiting = drop(home, f"SPAL/Jeunes Rencontrés {THIRD}.csv", MET, met(REFERRED, "M1"))
    outcome = erase(home, ASKED)
    assert outcome.receipt is not None
    assert not outcome.receipt.complete
    assert places(outcome)["inbox"] == "remains"
    assert f"SPAL/jeunes_rencontres_{THIRD}.csv" in outcome.receipt.text
    waiting.unlink()
    again = erase(home, ASKED).receipt
    assert again is not None
    assert again.complete


def test_the_receipt_and_the_ledger_hold_no_name(home: Home) -> None:
    outcome = erase(home, ASKED)
    assert outcome.receipt is not None
    [file] = (home.vault / "receipts").glob("*.json")
    text = file.read_text("utf-8") + outcome.receipt.text + str(DeltaLedger(home.ledger).events().to_dicts())
    for word in ("Morin", "Zoé", "REF-77", "1996-05-06", "une demande écrite"):
        assert word.lower() not in text.lower()
    public = home.keys / "receipt.pub"
    assert read_receipt(file, public).content == outcome.receipt.content
    file.write_text(file.read_text("utf-8").replace("destroyed", "clean"), "utf-8")
    with pytest.raises(ReceiptError):
        read_receipt(file, public)


def test_reading_her_name_is_logged(home: Home) -> None:
    outcome = erase(home, ASKED)
    vault = open_vault(home)
    try:
        [entry] = read_log(vault)
    finally:
        vault.close()
    assert (entry.who, entry.why, set(entry.tokens)) == (
        "intendance",
        "une demande écrite",
        {*outcome.scope.tokens},
    )


def test_the_command(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    run = CliRunner().invoke
    asked = ["erase", "--sender", "SPAL", "--ref", "REF-77", "--why", "demande"]
    assert run(app, ["erase", "--sender", "SPAL", "--why", "x"]).exit_code == 2
    assert run(app, asked[:-2]).exit_code == 2
    would = run(app, [*asked, "--dry-run", "--json"])
    assert json.loads(would.stdout)["would"]["landed_files"] == 3
    waiting = drop(home, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, met(NAMED, "M1"))
    result = run(app, [*asked, "--json"])
    assert result.exit_code == 3
    waiting.unlink()
    again = run(app, [*asked, "--json"])
    assert again.exit_code == 0
    told = json.loads(again.stdout)
    assert (told["already_erased"], told["receipt"]["complete"]) == (True, True)
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps(told["receipt"]), "utf-8")
    assert run(app, ["erase", "--check", str(receipt)]).exit_code == 0
    receipt.write_text(json.dumps(told["receipt"] | {"complete": False}), "utf-8")
    assert run(app, ["erase", "--check", str(receipt)]).exit_code != 0
    assert "INCOMPLET" not in run(app, asked).stdout


def test_an_empty_ledger_knows_nobody(tmp_path: Path) -> None:
    home = Home(tmp_path / "empty").create()
    with pytest.raises(ScopeError):
        erase(home, ASKED)
    assert facts(home).equals(empty_events())
