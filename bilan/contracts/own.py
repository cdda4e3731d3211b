"""What Bilan itself tells in the ledger: who is one person, what was refused or destroyed."""

from dataclasses import dataclass

LINK_TYPE = "identity.tokens.linked.v1"
UNLINK_TYPE = "identity.tokens.unlinked.v1"
ERASED_TYPE = "identity.subject.erased.v1"
ACCESS_DUE_TYPE = "identity.access.due.v1"
BREACH_TYPE = "identity.breach.refused.v1"
WITHDRAWN_TYPE = "identity.consent.withdrawn.v1"
STATEMENT_TYPE = "intake.statement.received.v1"  # its payload is empty: nothing to stage


@dataclass(frozen=True)
class OwnEvent:
    """One type of event that the warehouse stages, and what it keeps of its payload, as text."""

    type: str
    description: str  # English, one sentence: what it is, for who reads the models
    event: str  # its name among the staging models: `stg_<event>`
    data: tuple[tuple[str, str], ...]  # (field of the payload, column that holds it)


OWN_EVENTS = (
    OwnEvent(
        type=LINK_TYPE,
        description="Two tokens are one person.",
        event="token_linked",
        data=(("method", "method"), ("other", "other")),
    ),
    OwnEvent(
        type=UNLINK_TYPE,
        description="Two tokens, once linked, are two persons.",
        event="token_unlinked",
        data=(("other", "other"),),
    ),
    OwnEvent(
        type=ERASED_TYPE,
        description="What told who a token is was destroyed.",
        event="subject_erased",
        data=(("ground", "ground"),),
    ),
    OwnEvent(
        type=ACCESS_DUE_TYPE,
        description="The access period to a person's record is over.",
        event="access_due",
        data=(("rule", "access_rule"),),
    ),
    OwnEvent(
        type=BREACH_TYPE,
        description="A row refused because it bore more of a person than may be sent.",
        event="breach_refused",
        data=(("code", "breach"), ("log", "breached_log"), ("sender", "breached_by")),
    ),
    OwnEvent(
        type=WITHDRAWN_TYPE,
        description="A consent to exchange a name, withdrawn.",
        event="consent_withdrawn",
        data=(("sender", "given_to"),),
    ),
)
