"""From the persons that a statement speaks of to tokens, a whole frame at once.

A token is random, one per (sender, name) and one per (sender, reference), found again through a
keyed hash. `resolve` reads and invents; nothing is written before `write_persons`, which belongs in
the transaction that prepares the batch: a statement that is held or a run that is killed leaves
no trace of whom it spoke of.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from bilan.identity.crypto import SealError, hash_column, keyed_hash, seal, seal_with
from bilan.identity.kinship import groups
from bilan.identity.store import write
from bilan.identity.vault import Vault
from bilan.keyfiles import KEY_BYTES

ATTRIBUTES = ("surname", "given_name", "birth_date", "reference")
NAMED, REFERRED = "named", "referred"
PAIR = (NAMED, REFERRED, "named_hash", "referred_hash")
_KNOWN_SCHEMA = {"hash": pl.String, "token": pl.String, "first_seen": pl.String}


@dataclass(frozen=True)
class Whose:
    """Where persons are spoken of. Namespaces keep apart keys made of different cells."""

    sender: str
    log: str
    namespace: str
    day: date  # of the statement


@dataclass(frozen=True)
class Persons:
    """The persons of one statement.

    `rows`: the rows given, with `named_hash`, `referred_hash` (keyed hashes), `named`, `referred`
    (tokens) and `subject` (the named token, the other otherwise); null where there is none.
    `known`: hash, token, first_seen of the tokens that the vault had.
    `fresh`: hash, token and ATTRIBUTES of those it had not; one without any attribute leaves no cell.
    `pairs`: PAIR, the tokens that one row holds together and their hashes.
    `kin`: token, hash, person: the tied tokens of that sender's log, and the group each belongs to.
    """

    whose: Whose
    rows: pl.DataFrame
    known: pl.DataFrame
    fresh: pl.DataFrame
    pairs: pl.DataFrame
    kin: pl.DataFrame


def hash_persons(vault: Vault, people: pl.DataFrame, whose: Whose) -> pl.DataFrame:
    """`people` (with `subject_key`, `subject_ref`) and the two keyed hashes; one hash per distinct person.

    The hash of a name is the same for every sender, which is how exact links are found; that of a
    reference means something to its sender alone.
    """
    key, space = vault.keys.lookup, whose.namespace
    return people.with_columns(
        hash_column(key, f"name|{space}|", people["subject_key"]).alias("named_hash"),
        hash_column(key, f"reference|{space}|{whose.sender}|", people["subject_ref"]).alias("referred_hash"),
    )


def resolve(vault: Vault, people: pl.DataFrame, whose: Whose) -> Persons:
    """The persons of the rows of `people` (`subject_key`, `subject_ref` and ATTRIBUTES, all String?)."""
    hashed = hash_persons(vault, people, whose)
    wanted = (
        pl.concat([hashed["named_hash"], hashed["referred_hash"]]).drop_nulls().unique(maintain_order=True)
    )
    known = find_tokens(vault, wanted, whose.sender)
    fresh = _fresh(hashed, known)
    tokens = pl.concat([known.select("hash", "token"), fresh.select("hash", "token")])
    rows = hashed
    for kind in (NAMED, REFERRED):
        renamed = tokens.rename({"hash": f"{kind}_hash", "token": kind})
        rows = rows.join(renamed, on=f"{kind}_hash", how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce(NAMED, REFERRED).alias("subject")).drop(ATTRIBUTES)
    pairs = rows.select(PAIR).drop_nulls().unique(maintain_order=True)
    kin = _kin(vault, whose, pairs)
    return Persons(whose, rows, known, fresh, pairs, kin)


def find_tokens(vault: Vault, hashes: pl.Series, sender: str) -> pl.DataFrame:
    """hash, token and first_seen of those of a sender's persons that the vault knows. Raises SealError."""
    found = vault.rows(
        f"select l.hash, l.token, l.first_seen, l.seal from {vault.store.listed('hashes')}"  # noqa: S608 - our own words
        " join lookups as l on l.hash = wanted.value and l.sender = :sender"
        " order by wanted.key",
        hashes=json.dumps(hashes.to_list()),
        sender=sender,
    )
    for name, token, first_seen, kept in found:
        check_lookup(vault.keys.journal, (name, sender, token, first_seen), kept)
    cells = [row[:3] for row in found]
    return pl.DataFrame(cells, schema=_KNOWN_SCHEMA, orient="row")


def check_lookup(key: bytes, cells: tuple[str, str, str, str], kept: str) -> None:
    """Raise SealError where a lookup (hash, sender, token, first_seen) is not the one that was written."""
    if seal_lookup(key, *cells) != kept:
        raise SealError(
            "Une ligne du coffre qui dit quel jeton est celui de qui a été altérée : rien n'a été pris. "
            "Voir « bilan verify »."
        )


def altered_lookups(vault: Vault) -> int:
    """How many lookups are not as they were written."""
    rows = vault.rows("select hash, sender, token, first_seen, seal from lookups")
    return sum(seal_lookup(vault.keys.journal, *cells) != kept for *cells, kept in rows)


def seal_lookup(key: bytes, name: str, sender: str, token: str, first_seen: str) -> str:
    """What only the vault's key makes of a lookup."""
    return keyed_hash(key, f"lookup|{name}|{sender}|{token}|{first_seen}")


def _fresh(hashed: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The persons met for the first time, each with the cells of the first row that speaks of them."""
    found = []
    for kind, kept in ((NAMED, ATTRIBUTES[:3]), (REFERRED, ATTRIBUTES[3:])):
        attributes = [pl.col(a) if a in kept else pl.lit(None, pl.String).alias(a) for a in ATTRIBUTES]
        found.append(hashed.select(pl.col(f"{kind}_hash").alias("hash"), *attributes).drop_nulls("hash"))
    fresh = pl.concat(found).unique("hash", keep="first", maintain_order=True)
    fresh = fresh.join(known, on="hash", how="anti", maintain_order="left")
    tokens = pl.Series("token", random_tokens(fresh.height), dtype=pl.String)
    return fresh.with_columns(tokens)


def random_tokens(count: int) -> list[str]:
    """`p_` and 32 random hexadecimal digits, `count` times."""
    digits = secrets.token_bytes(16 * count).hex()
    return [f"p_{digits[at : at + 32]}" for at in range(0, 32 * count, 32)]


def _kin(vault: Vault, whose: Whose, pairs: pl.DataFrame) -> pl.DataFrame:
    before = vault.rows(
        f"select {', '.join(PAIR)} from ties where sender = :sender and log = :log",  # noqa: S608 - our columns
        sender=whose.sender,
        log=whose.log,
    )
    hashes: dict[str, str] = {}
    edges: list[tuple[str, str]] = []
    for named, referred, named_hash, referred_hash in (*before, *pairs.iter_rows()):
        hashes.update({named: named_hash, referred: referred_hash})
        edges.append((named, referred))
    persons = groups(edges)
    cells = [(token, hashes[token], person) for token, person in persons.items()]
    schema = dict.fromkeys(("token", "hash", "person"), pl.String)
    return pl.DataFrame(cells, schema=schema, orient="row").sort("person", "hash")


def write_persons(vault: Vault, connection: Connection, persons: Persons) -> None:
    """Keep the new persons, the earlier first sightings and the ties of a statement.

    Rows go in by the order of their keys, which spares the tree a walk for each.
    """
    whose, day = persons.whose, persons.whose.day.isoformat()
    write(
        connection,
        "insert into subjects values (:token, :sender, :namespace, :data_key, :attributes)",
        _sealed_subjects(vault, persons.fresh, whose),
    )
    write(
        connection,
        "insert into lookups values (:hash, :sender, :token, :day, :seal)",
        _lookups(vault, persons.fresh, whose),
    )
    write(
        connection,
        "update lookups set first_seen = :day, seal = :seal"
        " where hash = :hash and sender = :sender and token = :token",
        _lookups(vault, persons.known.filter(pl.col("first_seen") > day), whose),
    )
    write(
        connection,
        "insert into ties values"
        " (:sender, :log, :named, :referred, :named_hash, :referred_hash, :day)"
        " on conflict (sender, log, named, referred) do update set first_seen ="
        " case when excluded.first_seen < ties.first_seen"
        " then excluded.first_seen else ties.first_seen end",
        (
            {"sender": whose.sender, "log": whose.log, "day": day, **pair}
            for pair in persons.pairs.iter_rows(named=True)
        ),
    )


def _lookups(vault: Vault, persons: pl.DataFrame, whose: Whose) -> Iterator[dict[str, object]]:
    key, sender, day = vault.keys.journal, whose.sender, whose.day.isoformat()
    for name, token in persons.select("hash", "token").sort("hash").iter_rows():
        lookup_seal = seal_lookup(key, name, sender, token, day)
        yield {"hash": name, "sender": sender, "token": token, "day": day, "seal": lookup_seal}


def _sealed_subjects(vault: Vault, fresh: pl.DataFrame, whose: Whose) -> Iterator[dict[str, object]]:
    wrap = AESGCM(vault.keys.wrap)
    named = fresh.filter(pl.any_horizontal(pl.col(ATTRIBUTES).is_not_null()))
    texts = named.select("token", attributes=pl.struct(ATTRIBUTES).struct.json_encode()).sort("token")
    for token, attributes in texts.iter_rows():
        data_key = secrets.token_bytes(KEY_BYTES)
        context = f"{token}|{whose.sender}"
        wrapped = seal_with(wrap, data_key, context)
        yield {
            "token": token,
            "sender": whose.sender,
            "namespace": whose.namespace,
            "data_key": wrapped,
            "attributes": seal(data_key, attributes.encode(), context),
        }
