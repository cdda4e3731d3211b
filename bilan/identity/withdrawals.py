"""Consents withdrawn: whose name may no longer be exchanged, and since when.

The name itself is gone by then; its keyed hash stays, so that a row which still bears it is known for
what it is. Whoever is erased afterwards leaves a tombstone: a hash of that hash, which is of nobody's row.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl
from sqlalchemy import Connection

from bilan.identity.crypto import keyed_hash
from bilan.identity.store import write
from bilan.identity.vault import Vault

Stone = tuple[str, str, str, str]  # a row of `tombstones`, whose day is that of the withdrawal
_CONSENT = "consent"  # the log that such a tombstone is of; no partner's


def note_withdrawals(connection: Connection, tokens: Iterable[str], day: date) -> None:
    """Note that consent is withdrawn for those tokens; the earliest day stands."""
    write(
        connection,
        "insert into withdrawals values (:token, :day)"
        " on conflict (token) do update set withdrawn_on ="
        " case when excluded.withdrawn_on < withdrawals.withdrawn_on"
        " then excluded.withdrawn_on else withdrawals.withdrawn_on end",
        ({"token": token, "day": day.isoformat()} for token in tokens),
    )


def withdrawn(vault: Vault, tokens: Iterable[str]) -> dict[str, date]:
    """Since when, for those of the tokens whose consent is withdrawn."""
    found = vault.rows(
        f"select w.token, w.withdrawn_on from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
        " join withdrawals as w on w.token = wanted.value",
        tokens=json.dumps(list(tokens)),
    )
    return {token: date.fromisoformat(day) for token, day in found}


def has_withdrawals(vault: Vault) -> bool:
    """Whether anybody's consent is withdrawn."""
    return bool(
        vault.rows(
            "select 1 from withdrawals union all select 1 from tombstones where log = :log limit 1",
            log=_CONSENT,
        )
    )


def withdrawn_since(vault: Vault, hashes: Iterable[str]) -> pl.DataFrame:
    """hash, since: those of the keyed hashes of persons whose consent, given to any sender, was withdrawn."""
    asked = sorted({*hashes})
    known = vault.rows(
        f"select l.hash, w.withdrawn_on from {vault.store.listed('hashes')}"  # noqa: S608 - our own words
        " join lookups as l on l.hash = wanted.value"
        " join withdrawals as w on w.token = l.token",
        hashes=json.dumps(asked),
    )
    erased = vault.rows("select natural_key, erased_on from tombstones where log = :log", log=_CONSENT)
    dated = [*known, *_of_erased(vault, asked, dict(erased))]
    found = pl.DataFrame(dated, schema={"hash": pl.String, "since": pl.String}, orient="row")
    return found.group_by("hash").agg(pl.col("since").min().str.to_date())


def stones_of(vault: Vault, since: Mapping[str, date]) -> list[Stone]:
    """What is to stay of tokens whose consent is withdrawn since a day, once the vault knows them no more."""
    rows = vault.rows(
        f"select l.hash, l.sender, l.token from {vault.store.listed('tokens')}"  # noqa: S608
        " join lookups as l on l.token = wanted.value",
        tokens=json.dumps(list(since)),
    )
    return sorted(
        (_buried(vault, name), sender, _CONSENT, since[token].isoformat()) for name, sender, token in rows
    )


def forget_attributes(connection: Connection, tokens: Iterable[str]) -> None:
    """Destroy the nominative cells of tokens, and the keys that open them."""
    write(connection, "delete from subjects where token = :token", ({"token": token} for token in tokens))


def _of_erased(vault: Vault, hashes: Iterable[str], stones: dict[str, str]) -> list[tuple[str, str]]:
    if not stones:
        return []
    buried = ((name, _buried(vault, name)) for name in hashes)
    return [(name, stones[key]) for name, key in buried if key in stones]


def _buried(vault: Vault, name: str) -> str:
    return keyed_hash(vault.keys.natural, f"withdrawn-name|{name}")
