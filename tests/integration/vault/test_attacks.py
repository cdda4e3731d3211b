"""What someone tries who reads or writes the home's files and has no key; beside each, what works with it.

Not defended, and not pretended to be: whoever has the master key and the vault reads every name. So does
whoever runs code as the account that runs Bilan, and can time it or read its memory; the log of accesses
then holds what they please. A vault put back as it was earlier is found by its mark, without which it does
not open; put back with its mark, by the ledger when a batch came since, else by a checkpoint alone. Rows
that bear no seal (ties, link notes, and whatever is deleted) are held by the digest of the file, which the
mark tells; not while a killed run has left the mark open.
"""

import hashlib
import hmac
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bilan.contracts import CONTRACTS
from bilan.home import Home
from bilan.identity.access import Access, breaks, read_log, record_access
from bilan.identity.crypto import SealError, keyed_hash
from bilan.identity.landed import read_landed
from bilan.identity.numbers import read_numbers
from bilan.identity.subjects import read_attributes
from bilan.identity.vault import Vault, VaultError, open_vault
from bilan.ingest import ingest
from bilan.ingest.natural_keys import SEPARATOR
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from tests.integration.vault.conftest import WHY, Command, tokens_of

pytestmark = pytest.mark.integration
HEX = re.compile(rb"[0-9a-f]{64}")


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    opened = open_vault(home)
    yield opened
    opened.close()


def execute(vault: Vault, sql: str, **parameters: object) -> None:
    """Change a row without the key, as any tool that opens the file can."""
    vault.store.connection.exec_driver_sql(sql, parameters)


def swap(vault: Vault, table: str, key: str, columns: tuple[str, ...], *rows: object) -> None:
    """Exchange cells of two rows."""
    one, other = rows
    cells = f"select {', '.join(columns)} from {table} where {key} = :key"
    [first], [second] = vault.rows(cells, key=one), vault.rows(cells, key=other)
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    for place, values in ((one, second), (other, first)):
        given = dict(zip(columns, values, strict=True))
        execute(vault, f"update {table} set {sets} where {key} = :key", **given, key=place)


# a dictionary of names, without the key


def guesses() -> list[str]:
    """The exact texts that are hashed: whoever knows the program and the persons knows them."""
    names = [
        "tremblay roy|eric|1985-02-03",
        "gagnon|luc|1984-02-03",
        "pelletier|eve|1995-04-05",
        "morin|zoe|1996-05-06",
    ]
    texts = [f"name|{space}|{name}" for space in ("person", "participant") for name in names]
    texts += [f"reference|person|{sender}|{ref}" for sender in ("SPAL", "CJM") for ref in ("REF-77", "REF-9")]
    texts += [f"number|no_evenement|{number}" for number in ("A1", "A2", "A5")]
    return [*texts, *names, *(text.split("|")[-1] for text in texts)]


def public_keys(home: Home, vault: Vault) -> list[bytes]:
    """What a thief of everything but the key might try as one."""
    cells = [str(cell) for row in vault.rows("select name, value from meta") for cell in row]
    cells += [str(row[0]) for row in vault.rows("select seal from batches union select id from batches")]
    sealed = [bytes(row[0]) for row in vault.rows("select sealed from ring")]
    commits = [file.read_bytes() for file in sorted((home.ledger / "_delta_log").glob("*.json"))]
    texts = ["", "0", "bilan", "BILAN", "SPAL", "CJM", "person", *cells]
    keys = [bytes(32), b"\xff" * 32, *(text.encode() for text in texts), *sealed]
    keys += [hashlib.sha256(key).digest() for key in [*keys, *commits]]
    return [key[:64] for key in keys]


def hashed(text: str, keys: list[bytes]) -> Iterator[str]:
    clear = text.encode()
    yield hashlib.sha256(clear).hexdigest()
    for key in keys:
        yield hashlib.blake2b(clear, digest_size=32, key=key).hexdigest()
        yield hashlib.blake2b(key + clear, digest_size=32).hexdigest()
        yield hashlib.sha256(key + clear).hexdigest()
        yield hmac.new(key, clear, hashlib.sha256).hexdigest()


def stolen_hashes(home: Home, vault: Vault) -> set[str]:
    """Every value of 64 hexadecimal digits outside `keys/`: lookups, natural keys, numbers, seals."""
    content = b"".join(
        f.read_bytes() for f in (*home.vault.rglob("*"), *home.outbox.rglob("*")) if f.is_file()
    )
    events = DeltaLedger(home.ledger).events().write_json().encode()
    return {found.decode() for found in HEX.findall(content) + HEX.findall(events)}


def test_a_dictionary_finds_nobody_without_the_key(home: Home, vault: Vault) -> None:
    vault.store.scrub()  # what stands in the log of writes is in the file too
    stolen, keys = stolen_hashes(home, vault), public_keys(home, vault)
    assert len(stolen) > 30
    assert len(keys) > 30
    assert not {digest for text in guesses() for digest in hashed(text, keys)} & stolen


@pytest.mark.parametrize(
    ("key", "found"),
    [("lookup", {"name|person|", "reference|person|"}), ("numbers", {"number|no_evenement|"})],
)
def test_the_same_dictionary_finds_them_with_it(home: Home, vault: Vault, key: str, found: set[str]) -> None:
    vault.store.scrub()
    stolen = stolen_hashes(home, vault)
    matched = {
        text for text in guesses() for digest in hashed(text, [getattr(vault.keys, key)]) if digest in stolen
    }
    assert {text[: text.rindex("|") + 1] for text in matched} >= {"number|no_evenement|"} & found
    assert all(any(text.startswith(start) for text in matched) for start in found)


def test_natural_keys_need_the_key_too(home: Home, vault: Vault) -> None:
    """A row's key hides numbers that anyone can count up to."""
    known = set(DeltaLedger(home.ledger).events()["natural_key"])
    contract = CONTRACTS["echanges"]
    assert not contract.key_has_subject
    cells = {"no_echange": "E1", "rang": "1"}
    text = SEPARATOR.join(["key", "echanges", "CJM", *(cells[name] for name in contract.key)])
    keys = [*public_keys(home, vault), vault.keys.numbers, vault.keys.lookup]
    assert not set(hashed(text, keys)) & known
    assert len(set(hashed(text, [vault.keys.natural])) & known) == 1


# ciphertexts moved from one place to another


@pytest.mark.parametrize("columns", [("data_key",), ("attributes",), ("data_key", "attributes")])
def test_a_person_cannot_be_given_another_s_cells(vault: Vault, columns: tuple[str, ...]) -> None:
    one, other = tokens_of(vault)[:2]
    assert read_attributes(vault, one, WHY) != read_attributes(vault, other, WHY)
    swap(vault, "subjects", "token", columns, one, other)
    for token in (one, other):
        with pytest.raises(SealError):
            read_attributes(vault, token, WHY)


def test_a_person_cannot_be_given_another_sender(vault: Vault) -> None:
    token = tokens_of(vault)[0]
    execute(vault, "update subjects set sender = sender || 'X' where token = :token", token=token)
    with pytest.raises(SealError):
        read_attributes(vault, token, WHY)


def test_keys_of_the_ring_cannot_change_places(home: Home) -> None:
    vault = open_vault(home)
    swap(vault, "ring", "name", ("sealed",), "lookup", "numbers")
    vault.close()
    with pytest.raises(SealError):
        open_vault(home)
    assert [finding.code for finding in verify_home(home).findings] == ["vault_replaced"]


def test_numbers_cannot_change_batches(vault: Vault) -> None:
    one, other = [batch for (batch,) in vault.rows("select batch from numbers order by batch")][:2]
    assert read_numbers(vault, one) != read_numbers(vault, other)
    swap(vault, "numbers", "batch", ("sealed",), one, other)
    with pytest.raises(SealError):
        read_numbers(vault, one)


def test_a_landed_file_cannot_pass_for_another(vault: Vault) -> None:
    one, other = sorted((vault.folder / "landed").iterdir())[:2]
    assert hashlib.sha256(read_landed(vault, one.stem)).hexdigest() == one.stem
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    for file in (one, other):
        with pytest.raises(SealError):
            read_landed(vault, file.stem)


# the access log


@pytest.fixture
def logged(vault: Vault) -> Vault:
    for why in ("premier", "deuxième", "troisième"):
        record_access(vault, Access(why, "intendance"), ["p_1"])
    assert breaks(vault) == []
    assert [entry.why for entry in read_log(vault)] == ["premier", "deuxième", "troisième"]
    return vault


TAMPERINGS = {
    "cells swapped": lambda v: swap(v, "access_log", "number", ("sealed",), 1, 2),
    "entries swapped": lambda v: swap(v, "access_log", "number", ("read_at", "sealed", "seal"), 1, 2),
    "another time": lambda v: execute(v, "update access_log set read_at = 'x' where number = 2"),
    "emptied cell": lambda v: execute(v, "update access_log set sealed = :x where number = 2", x=b""),
    "the first removed": lambda v: execute(v, "delete from access_log where number = 1"),
    "one removed": lambda v: execute(v, "delete from access_log where number = 2"),
    "the last removed": lambda v: execute(v, "delete from access_log where number = 3"),
    "all removed": lambda v: execute(v, "delete from access_log"),
    "its end forgotten": lambda v: execute(v, "delete from meta where name = 'access_head'"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_the_access_log_says_where_it_was_broken(
    logged: Vault, home: Home, command: Command, tampering: str
) -> None:
    TAMPERINGS[tampering](logged)
    assert breaks(logged)
    done = command(home, "vault", "access-log", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["whole"], bool(told["breaks"])) == (1, False, True)
    assert {finding.code for finding in verify_home(home).findings} == {"access_log_broken"}


def test_whole_it_is_said_to_be(logged: Vault, home: Home, command: Command) -> None:
    done = command(home, "vault", "access-log", "--token", "p_1", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["whole"], told["breaks"]) == (0, True, [])
    assert next((e["who"], e["why"], e["count"]) for e in told["entries"]) == ("intendance", "premier", 1)
    assert (
        json.loads(command(home, "vault", "access-log", "--token", "p_2", "--json").stdout)["entries"] == []
    )
    assert verify_home(home).findings == []


def test_every_name_shown_is_logged(home: Home, command: Command) -> None:
    shown = command(
        home, "vault", "show", "--sender", "SPAL", "--ref", "REF-77", "--why", "demande 12", "--json"
    )
    persons = json.loads(shown.stdout)
    assert {(p["reference"], p["surname"], p["given_name"]) for p in persons} == {
        ("REF-77", None, None),
        (None, "Morin", "Zoé"),
    }
    assert command(home, "vault", "show", "--token", persons[0]["token"]).returncode == 2  # no reason given
    assert command(home, "vault", "show", "--token", "p_0", "--why", "x").returncode == 1
    [first, second] = json.loads(command(home, "vault", "access-log", "--json").stdout)["entries"]
    assert (first["why"], set(first["tokens"])) == ("demande 12", {person["token"] for person in persons})
    assert second["tokens"] == ["p_0"]


# an old copy of the vault put back


def old_copy_put_back(home: Home, tmp_path: Path, meanwhile: Callable[[], object]) -> None:
    shutil.copyfile(home.vault / "vault.db", tmp_path / "old.db")
    meanwhile()
    shutil.copyfile(tmp_path / "old.db", home.vault / "vault.db")


def take_more(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "more" / "SPAL" / "arrestations_2010-05-31.csv"
    file.parent.mkdir(parents=True)
    head = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif;gang"
    lines = [head, "A1;2010-03-01;Tremblay-Roy;Éric;1985-02-03;traite de personnes;oui"]
    lines += [
        "A2;2010-03-02;Gagnon;Luc;1984-02-03;stupéfiants;",
        "A5;2010-04-04;Côté;Rémi;1981-02-03;autre;non",
    ]
    file.write_text("\n".join([*lines, "A6;2010-05-04;Roy;Ana;1986-02-03;autre;non"]) + "\n", "utf-8")
    assert ingest(home, [file]).files[0].asserted == 1


def read_a_name(home: Home) -> None:
    vault = open_vault(home)
    read_attributes(vault, tokens_of(vault)[0], WHY)
    vault.close()


@pytest.mark.parametrize("meanwhile", ["a batch", "a name read"])
def test_an_old_vault_is_found_by_its_mark(home: Home, tmp_path: Path, meanwhile: str) -> None:
    step = (lambda: take_more(home, tmp_path)) if meanwhile == "a batch" else (lambda: read_a_name(home))
    old_copy_put_back(home, tmp_path, step)
    with pytest.raises(VaultError, match="plus ancien"):
        open_vault(home)
    assert [finding.code for finding in verify_home(home).findings] == ["vault_replaced"]


def test_without_the_mark_the_ledger_tells_of_a_batch(home: Home, tmp_path: Path) -> None:
    old_copy_put_back(home, tmp_path, lambda: take_more(home, tmp_path))
    (home.keys / "vault.mark").unlink()
    assert not verify_home(home).sound
    with pytest.raises(VaultError, match="n'est plus parmi les clés"):
        ingest(home)


def test_without_the_mark_three_readings_would_vanish(home: Home, tmp_path: Path) -> None:
    """An old vault put back and its mark removed; nobody took anything in meanwhile."""

    def read_three() -> None:
        for _ in range(3):
            read_a_name(home)

    old_copy_put_back(home, tmp_path, read_three)
    (home.keys / "vault.mark").unlink()
    assert [finding.code for finding in verify_home(home).findings] == ["vault_replaced"]


def test_an_older_mark_is_not_taken_for_a_run_that_was_killed(home: Home, tmp_path: Path) -> None:
    shutil.copyfile(home.keys / "vault.mark", tmp_path / "old.mark")
    read_a_name(home)
    shutil.copyfile(tmp_path / "old.mark", home.keys / "vault.mark")
    assert [finding.code for finding in verify_home(home).findings] == ["vault_replaced"]


def test_a_row_without_a_seal_that_others_changed_is_told_until_it_is_accepted(
    home: Home, command: Command
) -> None:
    with sqlite3.connect(home.vault / "vault.db") as altered:
        altered.execute("update ties set first_seen = '2001-01-01'")
    altered.close()
    read_a_name(home)  # what is opened and closed in between launders nothing
    for _ in range(2):
        assert [finding.code for finding in verify_home(home).findings] == ["vault_altered"]
    assert command(home, "vault", "accept", "--why", "essai").returncode == 0
    assert verify_home(home).findings == []
    told = json.loads(command(home, "vault", "access-log", "--json").stdout)
    assert "pris pour le bon : essai" in told["entries"][-1]["why"]


def test_a_mark_made_up_is_refused(home: Home) -> None:
    mark = home.keys / "vault.mark"
    _, state, seal = mark.read_text().split()
    mark.write_text(f"1 {state} {seal}\n")
    with pytest.raises(VaultError, match="pas de sa main"):
        open_vault(home)


def test_the_vault_itself_opens(home: Home) -> None:
    read_a_name(home)
    assert verify_home(home).findings == []


# lookups pointed at somebody else


def spal_names(vault: Vault) -> list[str]:
    names = ["gagnon|luc|1984-02-03", "cote|remi|1981-02-03"]
    return [keyed_hash(vault.keys.lookup, f"name|person|{name}") for name in names]


@pytest.mark.parametrize("columns", [("token",), ("token", "seal"), ("first_seen",)])
def test_nobody_is_made_to_answer_for_another(home: Home, tmp_path: Path, columns: tuple[str, ...]) -> None:
    vault = open_vault(home)
    if columns == ("first_seen",):
        execute(vault, "update lookups set first_seen = '2001-01-01'")
    else:
        swap(vault, "lookups", "hash", columns, *spal_names(vault))
    vault.close()
    assert {finding.code for finding in verify_home(home).findings} == {"lookups_altered", "vault_altered"}
    before = DeltaLedger(home.ledger).version()
    with pytest.raises(SealError, match="jeton"):
        take_more(home, tmp_path)
    assert DeltaLedger(home.ledger).version() == before


def test_left_alone_they_are_taken_again(home: Home, tmp_path: Path) -> None:
    take_more(home, tmp_path)
    assert verify_home(home).findings == []
