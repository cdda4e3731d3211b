"""The register of releases: chained, told beside the keys, never written to once it is altered."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilan import durable
from bilan.home import Home
from bilan.release.register import entries
from bilan.release.register.entries import (
    RegisterError,
    accept,
    append,
    examine,
    mark_file,
    read_register,
    register_file,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path).create()
    for number in range(1, 5):
        append(home, "essai", who="intendance", when=NOON, why=f"étape {number}", release=1, rang=(number,))
    return home


def test_entries_are_read_as_they_were_written(home: Home) -> None:
    entries = read_register(home)
    assert [entry.n for entry in entries] == [1, 2, 3, 4]
    assert entries[2].why == "étape 3"
    assert entries[2].details == {"rang": [3]}
    assert entries[2].when == "2026-11-22T12:00:00.000000+00:00"
    assert entries[3].previous == entries[2].hash


def test_files_are_their_owners_alone(home: Home) -> None:
    for file in (register_file(home), mark_file(home)):
        assert file.stat().st_mode & 0o077 == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_any_byte_that_changes_is_found(home: Home, place: float, flip: int) -> None:
    sound = register_file(home).read_bytes()
    content = bytearray(sound)
    content[int(place * len(content))] ^= flip
    register_file(home).write_bytes(bytes(content))
    try:
        assert examine(home).faults
    finally:
        register_file(home).write_bytes(sound)


def test_an_entry_written_otherwise_is_found(home: Home) -> None:
    """What says the same in other bytes: another reader might read it otherwise."""
    content = register_file(home).read_bytes()
    twice = content.replace(b'"who":"intendance"', b'"who":"autre","who":"intendance"', 1)
    for other in (twice, content.replace(b'"n":1', b'"n": 1', 1)):
        register_file(home).write_bytes(other)
        assert examine(home).faults


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_a_register_cut_at_its_end_is_found(home: Home, kept: int) -> None:
    lines = register_file(home).read_bytes().splitlines(keepends=True)
    register_file(home).write_bytes(b"".join(lines[:kept]))
    with pytest.raises(RegisterError, match="la fin en a été coupée"):
        read_register(home)


def test_an_entry_taken_out_is_found(home: Home) -> None:
    lines = register_file(home).read_bytes().splitlines(keepends=True)
    register_file(home).write_bytes(b"".join(lines[:1] + lines[2:]))
    with pytest.raises(RegisterError, match="entrée 2"):
        read_register(home)


def test_a_register_written_anew_is_found(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "autre").create()
    for number in range(1, 6):
        append(other, "essai", who="quelqu'un d'autre", when=NOON, why=f"étape {number}")
    register_file(home).write_bytes(register_file(other).read_bytes())
    with pytest.raises(RegisterError, match="que sa marque"):
        read_register(home)


@pytest.mark.parametrize("content", [None, b"", b"quatre\n"])
def test_a_mark_that_is_gone_or_spoiled_is_found(home: Home, content: bytes | None) -> None:
    if content is None:
        mark_file(home).unlink()
    else:
        mark_file(home).write_bytes(content)
    with pytest.raises(RegisterError, match="marque"):
        read_register(home)


def test_nothing_is_chained_to_an_altered_register(home: Home) -> None:
    content = register_file(home).read_bytes().replace(b"intendance", b"quelquunx!", 1)
    register_file(home).write_bytes(content)
    with pytest.raises(RegisterError):
        append(home, "essai", who="x", when=NOON)
    assert register_file(home).read_bytes() == content


def test_the_beginning_of_a_line_is_no_entry_and_gives_way(home: Home) -> None:
    """As a power cut leaves it: the command that wrote it was never told that it had."""
    with register_file(home).open("ab") as out:
        out.write(b'{"candidate_sha256":null,"details":{"rang"')
    assert len(read_register(home)) == 4
    assert append(home, "essai", who="x", when=NOON).n == 5
    assert len(read_register(home)) == 5


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_command_killed_while_it_writes_leaves_a_register_that_is_read(
    home: Home, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Before its mark is told of the entry, before the entry is written, before the mark knows that it is."""
    steps = iter(range(3))

    def cut(write: Any) -> Any:
        def killed(*given: Any) -> Any:
            if next(steps) == at:
                raise KeyboardInterrupt
            return write(*given)

        return killed

    with monkeypatch.context() as killing:
        killing.setattr(durable, "replace", cut(durable.replace))
        killing.setattr(entries, "_write", cut(entries._write))
        with pytest.raises(KeyboardInterrupt):
            append(home, "essai", who="x", when=NOON)
    assert len(read_register(home)) == (5 if at == 2 else 4)
    append(home, "essai", who="x", when=NOON)
    assert [entry.n for entry in read_register(home)] == list(range(1, (6 if at == 2 else 5) + 1))


def test_a_register_longer_than_its_mark_or_with_an_older_mark_is_not_read(home: Home) -> None:
    """What somebody appended, its chain well made, or a mark put back to an earlier day."""
    before = mark_file(home).read_bytes()
    append(home, "essai", who="x", when=NOON)
    mark_file(home).write_bytes(before)
    with pytest.raises(RegisterError, match="n'en connaît que 4"):
        read_register(home)


def test_a_restored_register_is_accepted_in_so_many_words(home: Home) -> None:
    """An older copy came back, or the mark did not: the steward says so, and the register keeps it."""
    lines = register_file(home).read_bytes().splitlines(keepends=True)
    register_file(home).write_bytes(b"".join(lines[:2]))
    told = accept(home, who="intendance", why="copie du 3", when=NOON)
    assert (told.n, told.why) == (3, "copie du 3")
    assert "la fin en a été coupée" in told.details["faults"][0]
    mark_file(home).unlink()
    accept(home, who="intendance", why="clés remises", when=NOON)
    assert [entry.n for entry in read_register(home)] == [1, 2, 3, 4]


def test_a_register_whose_chain_is_broken_is_not(home: Home) -> None:
    content = register_file(home).read_bytes().replace(b"intendance", b"quelquunx!", 1)
    register_file(home).write_bytes(content)
    with pytest.raises(RegisterError, match="ne se tient pas"):
        accept(home, who="intendance", why="tant pis", when=NOON)
    assert register_file(home).read_bytes() == content
