"""Rows that speak of a person whose record was destroyed: known by their tombstones, never taken."""

import polars as pl

from bilan.contracts import Contract
from bilan.identity.kinship import groups
from bilan.identity.tokens import Whose, hash_persons
from bilan.identity.vault import Vault
from bilan.ingest.natural_keys import possible_keys
from bilan.intake import Statement

ERASED = "subject_erased"
ERASED_MESSAGE = (
    "Cette ligne concerne une personne dont les renseignements ont été détruits ; elle n'est pas reprise "
    "et ses faits passés restent comptés."
)
_ALIASES = ("named_hash", "referred_hash")


def erased_rows(
    vault: Vault, contract: Contract, statement: Statement, whose: Whose, buried: pl.Series
) -> list[int]:
    """The accepted rows that may go by a buried key, under whichever name or reference they use."""
    if buried.is_empty():
        return []
    wanted = statement.accepted.select("row", *contract.key, "subject_key", "subject_ref")
    rows = hash_persons(vault, wanted, whose).with_columns(key_readable=True)
    keys = possible_keys(vault.keys.natural, contract, whose.sender, rows, kin=_kin(vault, rows, whose))
    found = keys.filter(pl.col("natural_key").is_in(buried.implode()))
    return found["row"].unique().sort().to_list()


def _kin(vault: Vault, rows: pl.DataFrame, whose: Whose) -> pl.DataFrame:
    """hash, person: the aliases that this statement, or an earlier one, ties together."""
    before = vault.rows(
        "select named_hash, referred_hash from ties where sender = :sender and log = :log",
        sender=whose.sender,
        log=whose.log,
    )
    here = rows.select(_ALIASES).drop_nulls().unique(maintain_order=True).iter_rows()
    persons = groups((named, referred) for named, referred in (*before, *here))
    return pl.DataFrame(list(persons.items()), schema={"hash": pl.String, "person": pl.String}, orient="row")
