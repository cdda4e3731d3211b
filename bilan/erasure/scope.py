"""Whom an erasure is about: a token, those tied to it at its sender, those linked to it elsewhere."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from bilan.errors import PlainError
from bilan.identity.crypto import keyed_hash
from bilan.identity.kinship import groups
from bilan.identity.vault import Vault
from bilan.ingest.linking import standing_pairs
from bilan.intake import UnknownSource
from bilan.intake.source import known_as
from bilan.intake.text import number, trimmed

NAMESPACES = ("person", "participant")


class ScopeError(PlainError):
    """Nobody to erase, or it is not said who."""


@dataclass(frozen=True)
class Scope:
    """Tokens to erase, and those of the same person that are left alone."""

    tokens: tuple[str, ...]
    linked: tuple[str, ...]


def references(vault: Vault, sender: str, reference: str) -> tuple[str, ...]:
    """The keyed hashes by which a sender's own reference may be known. Raises ScopeError."""
    senders = [code for (code,) in vault.rows("select distinct sender from statements order by sender")]
    try:
        code = known_as(sender, senders, "Expéditeur inconnu du coffre")
    except UnknownSource as problem:
        raise ScopeError(str(problem)) from None
    cell = pl.select(trimmed(number(pl.lit(reference)))).item()
    key = vault.keys.lookup
    return tuple(keyed_hash(key, f"reference|{space}|{code}|{cell}") for space in NAMESPACES)


def tokens_of(vault: Vault, hashes: Iterable[str]) -> list[str]:
    """The tokens that the vault knows under those hashes."""
    found = vault.rows(
        f"select distinct l.token from {vault.store.listed('hashes')}"  # noqa: S608 - our own words
        " join lookups as l on l.hash = wanted.value",
        hashes=json.dumps(list(hashes)),
    )
    return sorted(token for (token,) in found)


def senders_of(vault: Vault, tokens: Iterable[str]) -> dict[str, str]:
    """The sender of each token that the vault still knows."""
    found = vault.rows(
        f"select distinct l.token, l.sender from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
        " join lookups as l on l.token = wanted.value",
        tokens=json.dumps(sorted(tokens)),
    )
    return {str(token): str(sender) for token, sender in found}


def scope_of(vault: Vault, identity: pl.DataFrame, tokens: list[str], *, linked: bool) -> Scope:
    """Whom tokens known to the vault are. `identity`: the events of log `identity`."""
    ties = vault.rows("select sender, named, referred from ties")
    sender = senders_of(vault, tokens)
    own = [(named, referred) for at, named, referred in ties if at in sender.values()]
    here = _connected(tokens, own)
    everywhere = _connected(
        tokens, [*((named, referred) for _, named, referred in ties), *standing_pairs(identity)]
    )
    known = senders_of(vault, everywhere).keys()
    chosen = everywhere & known if linked else here & known
    return Scope(tuple(sorted(chosen)), tuple(sorted((everywhere & known) - chosen)))


def _connected(tokens: list[str], edges: list[tuple[str, str]]) -> set[str]:
    person = groups([*edges, *((token, token) for token in tokens)])
    wanted = {person[token] for token in tokens}
    return {token for token, group in person.items() if group in wanted}
