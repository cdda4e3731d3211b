"""Références: from one resource to another, from the demand to the end of the service."""

from bilan.contracts.common import COMMON, decision_columns, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import ACCEPTEE, MOTIFS_REFERENCE, REFUSEE

REFERENCES = Contract(
    log="references",
    title="Références",
    title_en="Referrals",
    senders=(),
    programme=None,
    key=("no_reference",),
    key_has_subject=False,
    principal_date="date_reference",
    columns=(
        Column("no_reference", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_reference", Kind.DATE, "date de la référence", required=True),
        Column("de", Kind.PARTNER, "qui réfère : code ou « autre : ... »", required=True),
        Column("vers", Kind.PARTNER, "vers qui : code ou « autre : ... »", required=True),
        *youth_columns(),
        Column("motif", Kind.CHOICES, "un ou plusieurs motifs", choices=MOTIFS_REFERENCE),
        *decision_columns(
            ACCEPTEE, REFUSEE, since="date_reference", refused=REFUSEE, reason="raison du refus"
        ),
        Column("date_debut", Kind.DATE, "début du service", not_before=("date_reference",)),
        Column("date_fin", Kind.DATE, "fin du service", not_before=("date_reference", "date_debut")),
        *COMMON,
    ),
    subject=youth(Presence.NAMED_OR_REFERENCE),
    events=(
        EventSpec(
            type="partnership.referral.made.v1",
            description="A referral from one resource to another.",
            time="date_reference",
            data=("no_reference", "de", "vers", "motif"),
        ),
        EventSpec(
            type="partnership.referral.accepted.v1",
            description="A referral that was accepted.",
            time="date_decision",
            data=("no_reference",),
            when=("decision", frozenset({ACCEPTEE})),
            derives_time=True,
        ),
        EventSpec(
            type="partnership.referral.refused.v1",
            description="A referral that was refused, and why.",
            time="date_decision",
            data=("no_reference", "raison_refus"),
            when=("decision", frozenset({REFUSEE})),
            derives_time=True,
        ),
        EventSpec(
            type="partnership.service.started.v1",
            description="The service that a referral led to began.",
            time="date_debut",
            data=("no_reference",),
            when_present="date_debut",
        ),
        EventSpec(
            type="partnership.service.ended.v1",
            description="The service that a referral led to ended.",
            time="date_fin",
            data=("no_reference",),
            when_present="date_fin",
        ),
    ),
)
