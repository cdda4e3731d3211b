"""Trajectoires de services: each service asked for a youth, from the request to its end."""

from bilan.contracts.common import COMMON, decision_columns, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import (
    ACCEPTEE,
    AXES,
    CIBLES,
    CRITERES_NON_SATISFAITS,
    SERVICES,
    TRANSFEREE,
)

TRAJECTOIRES = Contract(
    log="trajectoires",
    title="Trajectoires de services",
    title_en="Service trajectories",
    senders=(),
    programme="Pj",
    key=("no_demande",),
    key_has_subject=False,
    principal_date="date_demande",
    columns=(
        Column("no_demande", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_demande", Kind.DATE, "date de la demande de service", required=True),
        *youth_columns(),
        Column("service", Kind.CHOICE, "service demandé", required=True, choices=SERVICES),
        Column("fournisseur", Kind.PARTNER, "qui donnerait le service", required=True),
        Column("axe", Kind.CHOICE, "axe de prévention du service", choices=AXES),
        Column("cible", Kind.CHOICE, "cible du service", choices=CIBLES),
        *decision_columns(
            ACCEPTEE,
            CRITERES_NON_SATISFAITS,
            TRANSFEREE,
            since="date_demande",
            refused=CRITERES_NON_SATISFAITS,
            reason="critère qui n'est pas satisfait",
        ),
        Column(
            "transfere_a",
            Kind.PARTNER,
            "vers qui la demande est transférée",
            required_if=("decision", TRANSFEREE),
        ),
        Column("date_debut", Kind.DATE, "début du service", not_before=("date_demande",)),
        Column("date_fin", Kind.DATE, "fin du service", not_before=("date_demande", "date_debut")),
        Column("meneur", Kind.YES_NO, "le fournisseur mène l'intervention : oui / non"),
        *COMMON,
    ),
    subject=youth(Presence.NAMED_OR_REFERENCE),
    events=(
        EventSpec(
            type="pj.request.made.v1",
            description="A service asked for a youth.",
            time="date_demande",
            data=("no_demande", "service", "fournisseur", "axe", "cible"),
        ),
        EventSpec(
            type="pj.request.declined.v1",
            description="A service refused, its criteria not met.",
            time="date_decision",
            data=("no_demande", "raison_refus"),
            when=("decision", frozenset({CRITERES_NON_SATISFAITS})),
            derives_time=True,
        ),
        EventSpec(
            type="pj.request.transferred.v1",
            description="A request passed to another provider.",
            time="date_decision",
            data=("no_demande", "transfere_a"),
            when=("decision", frozenset({TRANSFEREE})),
            derives_time=True,
        ),
        EventSpec(
            type="pj.request.served.v1",
            description="The start of a service that was asked.",
            time="date_debut",
            data=("no_demande", "service", "fournisseur", "axe", "cible", "meneur"),
            when_present="date_debut",
        ),
        EventSpec(
            type="pj.request.closed.v1",
            description="The end of a service that was asked.",
            time="date_fin",
            data=("no_demande",),
            when_present="date_fin",
        ),
    ),
)
