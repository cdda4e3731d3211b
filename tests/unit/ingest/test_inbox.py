"""How a file leaves the inbox: whole, once, and only when nobody writes to it any more."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.identity.landed import read_landed
from bilan.identity.vault import open_vault
from bilan.ingest import HeldError, accept_held, held_files, ingest, refuse_held
from bilan.ingest.inbox import TAKING, NotTakenError, is_at_rest, receive_from_inbox

Drop = Callable[..., Path]
NAME = "SPAL/arrestations_2010-03-31.csv"
ROW = "A1;2010-03-01;Roy;Éric;1990-01-01;autre"


def left(home: Home) -> list[str]:
    return sorted(file.relative_to(home.inbox).as_posix() for file in home.inbox.rglob("*") if file.is_file())


def test_a_file_is_moved_before_it_is_read(home: Home, drop: Drop) -> None:
    file = drop(NAME, ROW)
    received = receive_from_inbox(home.inbox, file)
    assert left(home) == [f"{TAKING}/{NAME}"]
    drop(NAME, ROW, ROW)
    received.let_go()
    assert left(home) == [NAME]
    assert received.content.count(b"Roy") == 1


@pytest.mark.integration
def test_what_a_killed_run_had_moved_is_taken_first_and_under_its_own_name(home: Home, drop: Drop) -> None:
    receive_from_inbox(home.inbox, drop(NAME, ROW))
    drop(NAME, ROW, ROW.replace("A1", "A2"))
    report = ingest(home)
    assert [(file.path, file.asserted, file.unchanged) for file in report.files] == [
        (NAME, 1, 0),
        (NAME, 1, 1),
    ]
    assert left(home) == []


def test_nothing_is_moved_onto_what_waits_to_be_taken(home: Home, drop: Drop) -> None:
    first = receive_from_inbox(home.inbox, drop(NAME, ROW))
    again = drop(NAME, ROW, ROW)
    with pytest.raises(NotTakenError, match="même nom"):
        receive_from_inbox(home.inbox, again)
    first.let_go()
    assert receive_from_inbox(home.inbox, again).content.count(b"Roy") == 2


def test_what_is_written_to_after_it_was_read_stays_for_the_next_run(home: Home, drop: Drop) -> None:
    received = receive_from_inbox(home.inbox, drop(NAME, ROW))
    with received.file.open("a", encoding="utf-8") as late:
        late.write(ROW)
        received.let_go()
    received.let_go()
    assert left(home) == [f"{TAKING}/{NAME}"]


@pytest.mark.parametrize(("offset", "rests"), [(-60, True), (-1, False), (60, True), (10**9, True)])
def test_a_time_to_come_keeps_no_file_waiting(tmp_path: Path, offset: int, rests: bool) -> None:
    file = tmp_path / "x.csv"
    file.touch()
    now = file.stat().st_mtime
    os.utime(file, (now + offset, now + offset))
    assert is_at_rest(file.stat()) is rests


def test_folders_without_end_are_named_and_stop_nobody(home: Home, drop: Drop) -> None:
    place = home.inbox
    for _ in range(40):
        place = place / "d"
        place.mkdir()
    drop(NAME, ROW)
    report = ingest(home)
    assert [file.accepted for file in report.files] == [1, 0]
    assert "l'un dans l'autre" in report.files[1].refusals[0].message


class TestHeldBecauseUnread:
    """A file that costs more than is allowed."""

    @pytest.fixture(autouse=True)
    def taken(self, home: Home, drop: Drop) -> None:
        drop(NAME, *["x;x;;;x;x"] * 30_000)
        drop("CJM/references_2010-03-31.csv", "R1;2010-01-02;SPAL;CJM;;;;R1;;;;;;")
        self.report = ingest(home)

    def test_it_waits_sealed_and_the_next_sender_is_served(self, home: Home) -> None:
        unread, served = sorted(self.report.files, key=lambda file: not file.held)
        assert (unread.path, unread.held, served.asserted) == (NAME, True, 1)
        assert "recopier le seul tableau" in (unread.held_reason or "").lower()
        assert "refusées" in (unread.held_reason or "")
        assert "unreadable_file" in (home.outbox / "SPAL" / "arrestations_2010-03-31.refus.csv").read_text(
            "utf-8-sig"
        )
        assert left(home) == []
        [held] = held_files(home)
        vault = open_vault(home)
        assert read_landed(vault, held.key.sha256).count(b"x;x;;;x;x") == 30_000
        vault.close()

    def test_accepted_it_is_read_again_and_still_waits(self, home: Home) -> None:
        [held] = held_files(home)
        with pytest.raises(HeldError, match="refusé"):
            accept_held(home, held.id)
        assert held_files(home) == [held]
        refuse_held(home, held.id)
        assert held_files(home) == []

    def test_a_good_one_of_the_same_name_is_taken(self, home: Home, drop: Drop) -> None:
        drop(NAME, ROW)
        assert ingest(home).exit_code == 0
        assert not (home.outbox / "SPAL" / "arrestations_2010-03-31.refus.csv").exists()
