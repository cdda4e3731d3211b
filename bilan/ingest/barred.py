"""Rows about persons that are barred: records destroyed, known by their tombstones; consents withdrawn."""

from dataclasses import replace

import polars as pl

from bilan.contracts import Contract
from bilan.identity.kinship import groups
from bilan.identity.tokens import ATTRIBUTES, Persons, Whose, hash_persons
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import has_withdrawals, withdrawn_since
from bilan.ingest.natural_keys import possible_keys
from bilan.intake import Statement
from bilan.intake.cells import precision
from bilan.intake.dates import last_possible_day

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


WITHDRAWN = "consent_withdrawn"
WITHDRAWN_MESSAGE = (
    "Le consentement à transmettre ce nom a été retiré : rien de la ligne n'est conservé. Vider le nom, le "
    "prénom et la date de naissance ; la référence suffit."
)


def withdrawn_rows(vault: Vault, contract: Contract, statement: Statement, whose: Whose) -> list[int]:
    """The accepted rows that name such a person, in a log whose rows say whether a name may be exchanged."""
    subject = contract.subject
    if subject.consent is None or not has_withdrawals(vault):
        return []
    naming = statement.accepted.filter(
        pl.any_horizontal(pl.col(name).is_not_null() for name in subject.named_columns)
    )
    day = contract.principal_date
    last = pl.min_horizontal(last_possible_day(pl.col(day), pl.col(precision(day))), whose.day)
    rows = hash_persons(vault, naming.select("row", "subject_key", "subject_ref", last.alias("last")), whose)
    known_as = rows.unpivot(["named_hash", "referred_hash"], index=["row", "last"], value_name="hash")
    known_as = known_as.drop_nulls("hash")
    found = known_as.join(withdrawn_since(vault, known_as["hash"]), on="hash")
    return found.filter(pl.col("last") >= pl.col("since"))["row"].unique().sort().to_list()


def without_withdrawn_cells(vault: Vault, contract: Contract, persons: Persons) -> Persons:
    """The persons of such a log; of those met for the first time who have withdrawn, no cell is kept."""
    if contract.subject.consent is None or not has_withdrawals(vault):
        return persons
    withdrawn = pl.col("hash").is_in(withdrawn_since(vault, persons.fresh["hash"])["hash"].implode())
    blanked = (pl.when(~withdrawn).then(pl.col(name)).alias(name) for name in ATTRIBUTES)
    return replace(persons, fresh=persons.fresh.with_columns(*blanked))
