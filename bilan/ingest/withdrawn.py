"""Rows that exchange the name of someone who withdrew consent: refused, even if they state a consent.

What was exchanged before is no breach, however late it is told. An exchange known to the month may have
been made on any of its days: it is refused unless all of them came before the withdrawal.
"""

from dataclasses import replace

import polars as pl

from bilan.contracts import Contract
from bilan.identity.tokens import ATTRIBUTES, Persons, Whose, hash_persons
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import has_withdrawals, withdrawn_since
from bilan.intake import Statement
from bilan.intake.cells import precision
from bilan.intake.dates import last_possible_day

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
