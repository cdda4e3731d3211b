"""Consents withdrawn: whose name may no longer be exchanged, and since when.

The name itself is gone by then; its keyed hash stays, so that a row which still bears it is known for
what it is.
"""

import json
from collections.abc import Iterable
from datetime import date

import polars as pl
from sqlalchemy import Connection

from bilan.identity.store import write
from bilan.identity.vault import Vault


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


def withdrawn_names(vault: Vault, hashes: pl.Series, day: date) -> pl.Series:
    """Those of the names' keyed hashes whose consent, given to any sender, was withdrawn by that day."""
    found = vault.rows(
        f"select distinct l.hash from {vault.store.listed('hashes')}"  # noqa: S608 - our own words
        " join lookups as l on l.hash = wanted.value"
        " join withdrawals as w on w.token = l.token"
        " where w.withdrawn_on <= :day",
        hashes=json.dumps(hashes.drop_nulls().unique().to_list()),
        day=day.isoformat(),
    )
    return pl.Series("hash", [name for (name,) in found], dtype=pl.String)


def forget_attributes(connection: Connection, tokens: Iterable[str]) -> None:
    """Destroy the nominative cells of tokens, and the keys that open them."""
    write(connection, "delete from subjects where token = :token", ({"token": token} for token in tokens))
