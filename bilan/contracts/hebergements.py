"""Hébergements: each place asked for a youth, from the request to the departure."""

from bilan.contracts.common import COMMON, decision_columns, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import LIEUX, OFFERTE, REFUSEE

HEBERGEMENTS = Contract(
    log="hebergements",
    title="Hébergements",
    title_en="Housing",
    senders=(),
    programme="Pj",
    key=("no_demande",),
    key_has_subject=False,
    principal_date="date_demande",
    columns=(
        Column("no_demande", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_demande", Kind.DATE, "date de la demande de place", required=True),
        *youth_columns(),
        Column("urgence", Kind.YES_NO, "hébergement d'urgence : oui / non"),
        Column("ressource", Kind.PARTNER, "qui héberge ou hébergerait", required=True),
        *decision_columns(OFFERTE, REFUSEE, since="date_demande", refused=REFUSEE, reason="raison du refus"),
        Column("lieu", Kind.CHOICE, "où est la place", choices=LIEUX, required_if=("decision", OFFERTE)),
        Column("date_debut", Kind.DATE, "arrivée", not_before=("date_demande",)),
        Column("date_fin", Kind.DATE, "départ", not_before=("date_demande", "date_debut")),
        *COMMON,
    ),
    subject=youth(Presence.NAMED_OR_REFERENCE),
    events=(
        EventSpec(
            type="pj.place.requested.v1",
            description="A place asked for a youth.",
            time="date_demande",
            data=("no_demande", "ressource", "urgence"),
        ),
        EventSpec(
            type="pj.place.offered.v1",
            description="A place offered.",
            time="date_decision",
            data=("no_demande", "lieu"),
            when=("decision", frozenset({OFFERTE})),
            derives_time=True,
        ),
        EventSpec(
            type="pj.place.refused.v1",
            description="A place refused.",
            time="date_decision",
            data=("no_demande", "raison_refus"),
            when=("decision", frozenset({REFUSEE})),
            derives_time=True,
        ),
        EventSpec(
            type="pj.place.occupied.v1",
            description="A place occupied.",
            time="date_debut",
            data=("no_demande", "ressource", "urgence", "lieu"),
            when_present="date_debut",
        ),
        EventSpec(
            type="pj.place.vacated.v1",
            description="A place left.",
            time="date_fin",
            data=("no_demande",),
            when_present="date_fin",
        ),
    ),
)
