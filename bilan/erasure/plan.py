"""What is to be destroyed of persons in one vault, worked out before anything is touched."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import CONTRACTS, Contract, Kind
from bilan.erasure.naming import Naming
from bilan.identity.crypto import keyed_hash
from bilan.identity.erasures import destroy_rows, write_tombstones
from bilan.identity.journal import REFUSED, Journal
from bilan.identity.landed import read_landed
from bilan.identity.numbers import read_numbers, write_numbers
from bilan.identity.store import write
from bilan.identity.vault import Vault
from bilan.ingest.natural_keys import possible_keys

_HASH = re.compile(r"[0-9a-f]{64}")
_NO_KIN = pl.DataFrame(schema={"hash": pl.String, "person": pl.String})

Stone = tuple[str, str, str]  # natural key, sender, log


@dataclass
class Plan:
    """What goes, and what stays in its place."""

    tokens: tuple[str, ...]
    stones: list[Stone] = field(default_factory=list)
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)  # batch -> what stays: hash -> number
    landed: tuple[str, ...] = ()  # SHA-256 of sealed files that name them
    looked_at: int = 0  # how many sealed files were read
    held: tuple[str, ...] = ()  # ids of held files among them

    def carry_out(self, vault: Vault, connection: Connection, day: str) -> None:
        """Destroy in the vault's tables; the sealed files are the caller's to delete afterwards."""
        write_tombstones(connection, ((*stone, day) for stone in self.stones))
        for batch, kept in self.numbers.items():
            originals = pl.DataFrame(list(kept.items()), schema=["hash", "number"], orient="row")
            if kept:
                write_numbers(vault, connection, batch, originals)
            else:
                write(connection, "delete from numbers where batch = :batch", {"batch": batch})
        for held_id in self.held:
            Journal(vault).settle(connection, held_id, REFUSED)
        destroy_rows(vault, connection, self.tokens)


def make_plan(vault: Vault, events: pl.DataFrame, tokens: tuple[str, ...], naming: Naming) -> Plan:
    """The plan for tokens of the persons that `naming` knows by name. `events`: the whole ledger."""
    hers = events.filter(pl.col("subject").is_in(list(tokens)) & (pl.col("log") != "identity"))
    plan = Plan(tokens, stones=_stones(vault, events, hers, tokens), numbers=_numbers(vault, events, hers))
    plan.landed, plan.looked_at = _landed(vault, naming)
    waiting = Journal(vault).held()
    plan.held = tuple(held.id for held in waiting if held.key.sha256 in plan.landed)
    return plan


# tombstones


def _stones(vault: Vault, events: pl.DataFrame, hers: pl.DataFrame, tokens: tuple[str, ...]) -> list[Stone]:
    """The keys of rows whose last word is about her, by each of her aliases where a key holds one."""
    known_keys = events.join(hers.select("source", "log", "type", "natural_key"), how="semi",
                       on=["source", "log", "type", "natural_key"])  # fmt: skip
    last = known_keys.sort("sequence").unique(["source", "log", "type", "natural_key"], keep="last")
    last = last.filter(pl.col("subject").is_in(list(tokens)))
    stones = set(last.select("natural_key", "source", "log").iter_rows())
    for (sender, log), rows in last.group_by("source", "log"):
        contract = CONTRACTS[str(log)]
        if contract.key_has_subject:
            keys = _aliased(vault, contract, str(sender), rows, tokens)
            stones |= {(key, str(sender), str(log)) for key in keys}
    return sorted(stones)


def _aliased(
    vault: Vault, contract: Contract, sender: str, rows: pl.DataFrame, tokens: tuple[str, ...]
) -> Iterable[str]:
    aliases = _aliases(vault, sender, tokens)
    found = _key_cells(vault, contract, rows)
    if not aliases or not found:
        return []
    possible = [
        {**cells, "row": 0, "named_hash": alias, "referred_hash": None, "key_readable": True}
        for cells in found
        for alias in aliases
    ]
    schema = {
        **dict.fromkeys((*contract.key, "named_hash", "referred_hash"), pl.String),
        "row": pl.Int64,
        "key_readable": pl.Boolean,
    }
    frame = pl.DataFrame(possible, schema=schema).with_row_index("place").drop("row").rename({"place": "row"})
    return list(possible_keys(vault.keys.natural, contract, sender, frame, kin=_NO_KIN)["natural_key"])


def _aliases(vault: Vault, sender: str, tokens: tuple[str, ...]) -> list[str]:
    rows = vault.rows(
        f"select l.hash from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
        " join lookups as l on l.token = wanted.value and l.sender = :sender",
        tokens=json.dumps(list(tokens)),
        sender=sender,
    )
    return sorted(alias for (alias,) in rows)


def _key_cells(vault: Vault, contract: Contract, rows: pl.DataFrame) -> list[dict[str, str]]:
    """The key columns of rows as the sender wrote them; the originals of numbers are the vault's."""
    known: dict[str, dict[str, str]] = {}
    cells = []
    for batch, data in rows.select("batch", "data").iter_rows():
        originals = known.setdefault(batch, read_numbers(vault, batch))
        payload = json.loads(data)
        values = {
            name: originals.get(payload[name])
            if contract.column(name).kind is Kind.NUMBER
            else str(payload[name])
            for name in contract.key
            if name in payload
        }
        if len(values) == len(contract.key) and all(values.values()):
            cells.append({name: str(value) for name, value in values.items()})
    return cells


# numbers


def _numbers(vault: Vault, events: pl.DataFrame, hers: pl.DataFrame) -> dict[str, dict[str, str]]:
    """What stays of the originals of numbers: those that another person's events hold too."""
    own = {number for data in hers["data"] for number in _HASH.findall(data)}
    if not own:
        return {}
    others = events.join(hers.select("sequence"), on="sequence", how="anti")
    sharing = others.filter(pl.col("data").str.contains_any(sorted(own)))["data"]
    own -= {number for data in sharing for number in _HASH.findall(data)}
    stays = {}
    for batch in hers["batch"].unique(maintain_order=True):
        originals = read_numbers(vault, batch)
        kept = {number: original for number, original in originals.items() if number not in own}
        if len(kept) < len(originals):
            stays[batch] = kept
    return stays


# files


def _landed(vault: Vault, naming: Naming) -> tuple[tuple[str, ...], int]:
    """The sealed files that name her; one that nobody can read counts among them."""
    whose = _sources(vault)
    sealed = [sha256 for (sha256,) in vault.rows("select sha256 from landed order by sha256")]
    naming_her, read = [], 0
    for sha256 in sealed:
        sources = [source for source in whose.get(sha256, []) if source[0] in naming.senders]
        if sha256 in whose and not sources:
            continue
        try:
            content = read_landed(vault, sha256)
        except FileNotFoundError:
            continue
        read += 1
        if not sources or any(naming.in_file(content, *source) for source in sources):
            naming_her.append(sha256)
    return tuple(naming_her), read


def _sources(vault: Vault) -> dict[str, list[tuple[str, str, str]]]:
    """SHA-256 -> (sender, log, statement date) of the statements that a file was given as."""
    rows = vault.rows(
        "select sha256, sender, log, statement_date from statements"
        " union select sha256, sender, log, statement_date from held"
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    for sha256, *source in rows:
        found.setdefault(sha256, []).append((source[0], source[1], source[2]))
    return found


def erased_key(vault: Vault, token: str) -> str:
    """The natural key of the event that says that a token was erased."""
    return keyed_hash(vault.keys.natural, f"erased|{token}")
