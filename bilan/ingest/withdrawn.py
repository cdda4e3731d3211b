"""Rows that exchange the name of someone who has withdrawn consent: refused, whatever they say of it."""

import polars as pl

from bilan.contracts import Contract
from bilan.identity.tokens import Whose, hash_persons
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import withdrawn_names
from bilan.intake import Statement

WITHDRAWN = "consent_withdrawn"
WITHDRAWN_MESSAGE = (
    "Le consentement à transmettre ce nom a été retiré : rien de la ligne n'est conservé. Vider le nom, le "
    "prénom et la date de naissance ; la référence suffit."
)


def withdrawn_rows(vault: Vault, contract: Contract, statement: Statement, whose: Whose) -> list[int]:
    """The accepted rows that name such a person, in a log whose rows say whether a name may be exchanged."""
    if contract.subject.consent is None or not vault.rows("select 1 from withdrawals limit 1"):
        return []
    named = statement.accepted.select("row", "subject_key", "subject_ref")
    rows = hash_persons(vault, named, whose)
    names = withdrawn_names(vault, rows["named_hash"], whose.day)
    return rows.filter(pl.col("named_hash").is_in(names.implode()))["row"].to_list()
