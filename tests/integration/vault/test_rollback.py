"""Everything put back to an earlier day at once: nothing here can tell, and whoever holds a later note does.

The notes are read as any tool of C2SP's would: their form is checked with nothing of ours.
"""

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from bilan.home import Home
from tests.integration.vault.conftest import Command

pytestmark = pytest.mark.integration
HEAD = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif;gang"
MORE = "A{0};2010-05-04;Roy;Ana{0};1986-02-03;autre;non"


def tell(home: Home, command: Command, month: int, *rows: str) -> None:
    """One more statement of the police, taken from the inbox."""
    file = home.inbox / "SPAL" / f"arrestations_2010-{month:02}-28.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    known = ["A1;2010-03-01;Tremblay-Roy;Éric;1985-02-03;traite de personnes;oui"]
    known += [
        "A2;2010-03-02;Gagnon;Luc;1984-02-03;stupéfiants;",
        "A5;2010-04-04;Côté;Rémi;1981-02-03;autre;non",
    ]
    file.write_text("\n".join([HEAD, *known, *rows]) + "\n", "utf-8")
    assert command(home, "ingest").returncode == 0


def opened(note: str, key_file: Path) -> list[str]:
    """The lines of a signed note whose signature holds: c2sp.org/signed-note, c2sp.org/tlog-checkpoint."""
    text, signatures = note.split("\n\n")
    key = load_pem_public_key(key_file.read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    dash, name, signature = signatures.rstrip("\n").split(" ")
    lines, decoded = text.split("\n"), base64.b64decode(signature)
    assert (dash, name) == ("—", lines[0])
    assert decoded[:4] == hashlib.sha256(name.encode() + b"\n\x01" + key.public_bytes_raw()).digest()[:4]
    key.verify(decoded[4:], f"{text}\n".encode())
    assert (lines[1].isdecimal(), len(base64.b64decode(lines[2]))) == (True, 32)
    return lines


@pytest.fixture
def rolled_back(home: Home, command: Command, tmp_path: Path) -> Callable[[], Home]:
    """Puts all of the home back to how it was when the test began."""
    shutil.copytree(home.root, tmp_path / "yesterday", symlinks=True)

    def back() -> Home:
        shutil.rmtree(home.root)
        shutil.copytree(tmp_path / "yesterday", home.root, symlinks=True)
        return home

    return back


def found(home: Home, command: Command, file: Path, *more: str) -> set[str]:
    done = command(home, "verify", "--checkpoint", str(file), "--json", *more)
    told = json.loads(done.stdout)
    assert done.returncode == (0 if told["sound"] else 1)
    return {finding["code"] for finding in told["findings"]}


def kept(note: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(note, tmp_path / f"{note.parent.name}-{note.name}"))


def test_a_partner_s_reply_tells_of_what_is_gone(
    home: Home, command: Command, tmp_path: Path, rolled_back: Callable[[], Home]
) -> None:
    before = kept(home.outbox / "CJM" / "checkpoint.txt", tmp_path)
    tell(home, command, 5, MORE.format(6))
    after = kept(home.outbox / "SPAL" / "checkpoint.txt", tmp_path)
    lines = [opened(note.read_text("utf-8"), home.keys / "release.pub") for note in (before, after)]
    assert int(lines[0][1]) < int(lines[1][1])
    assert (found(home, command, before), found(home, command, after)) == (set(), set())
    rolled_back()
    assert json.loads(command(home, "verify", "--json").stdout)["sound"], "nothing here can tell"
    assert (found(home, command, before), found(home, command, after)) == (set(), {"ledger_rolled_back"})


def test_another_history_of_the_same_length_is_told_too(
    home: Home, command: Command, tmp_path: Path, rolled_back: Callable[[], Home]
) -> None:
    tell(home, command, 5, MORE.format(6))
    after = kept(home.outbox / "SPAL" / "checkpoint.txt", tmp_path)
    rolled_back()
    tell(home, command, 5, MORE.format(7))
    tell(home, command, 6, MORE.format(7), MORE.format(8))
    assert json.loads(command(home, "verify", "--json").stdout)["sound"]
    assert found(home, command, after) == {"ledger_rolled_back"}


def test_a_backup_tells_of_a_reading_that_is_gone(
    home: Home, command: Command, tmp_path: Path, rolled_back: Callable[[], Home]
) -> None:
    shown = command(
        home, "vault", "show", "--sender", "SPAL", "--ref", "REF-77", "--why", "demande", "--json"
    )
    assert shown.returncode == 0
    made = json.loads(command(home, "backup", str(tmp_path / "copies"), "--json").stdout)
    note = tmp_path / "note.txt"
    note.write_text(made["checkpoint"], "utf-8")
    assert (Path(made["path"]) / "checkpoint.txt").read_text("utf-8") == made["checkpoint"]
    assert found(home, command, note) == set()
    rolled_back()
    assert found(home, command, note) == {"access_log_rolled_back"}


def test_a_note_that_nobody_here_signed_is_refused(home: Home, command: Command, tmp_path: Path) -> None:
    sound = home.outbox / "CJM" / "checkpoint.txt"
    text = sound.read_text("utf-8")
    size = text.split("\n")[1]
    for forged in (text.replace(f"\n{size}\n", f"\n{int(size) - 1}\n"), text.partition("\n\n")[0], "x", ""):
        (tmp_path / "note.txt").write_text(forged, "utf-8")
        done = command(home, "verify", "--checkpoint", str(tmp_path / "note.txt"))
        assert (done.returncode, "point de contrôle" in done.stderr) == (1, True), done.stderr
    with pytest.raises(InvalidSignature):
        opened(text.replace(f"\n{size}\n", f"\n{int(size) - 1}\n"), home.keys / "release.pub")


def test_keys_put_back_with_the_rest_are_told_by_the_one_that_was_received(
    home: Home, command: Command, tmp_path: Path
) -> None:
    """Another partnership's key in the home: only a key kept elsewhere shows that the note is genuine."""
    note = kept(home.outbox / "CJM" / "checkpoint.txt", tmp_path)
    received = kept(home.keys / "release.pub", tmp_path)
    for name in ("release.key", "release.pub"):
        (home.keys / name).unlink()
    assert command(home, "verify", "--checkpoint", str(note)).returncode == 1
    assert found(home, command, note, "--key", str(received)) == set()


def test_all_senders_of_a_run_are_told_the_same_and_of_no_number_of_events(home: Home) -> None:
    """How many events came since the last reply would tell a sender how many the others sent."""
    notes = {file.read_text("utf-8") for file in home.outbox.glob("*/checkpoint.txt")}
    assert len(notes) == 1
    origin, size, *_ = notes.pop().split("\n")
    assert origin.endswith("/batches")
    assert int(size) <= 10
