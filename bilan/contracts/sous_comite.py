"""Sous-comité opérationnel: who was at each meeting, the concerns shared, the concerted actions."""

from bilan.contracts.common import OF_THE_WHOLE, worker, worker_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import ACTION, AXES, CIBLES, PREOCCUPATION, PRESENCE

SOUS_COMITE = Contract(
    log="sous_comite",
    title="Sous-comité opérationnel",
    title_en="Operational subcommittee",
    senders=("COORD",),
    programme="Pj",
    key=("no_fiche",),
    key_has_subject=False,
    principal_date="date_reunion",
    columns=(
        Column("no_fiche", Kind.NUMBER, "numéro de la ligne, unique", required=True),
        Column("no_reunion", Kind.NUMBER, "numéro de la réunion", required=True),
        Column("date_reunion", Kind.DATE, "date de la réunion", required=True),
        Column(
            "objet",
            Kind.CHOICE,
            "une personne présente, une préoccupation partagée ou une action concertée",
            required=True,
            choices=(PRESENCE, PREOCCUPATION, ACTION),
        ),
        Column(
            "organisation",
            Kind.PARTNER,
            "celle de la personne, ou qui partage, ou qui porte l'action",
            required=True,
        ),
        *worker_columns("membre", "du membre présent", required=False),
        Column("axe", Kind.CHOICE, "axe de prévention visé", choices=AXES),
        Column("cible", Kind.CHOICE, "cible visée", choices=CIBLES),
        Column(
            "date_realisation", Kind.DATE, "jour où l'action a été réalisée", not_before=("date_reunion",)
        ),
        Column("description", Kind.FREE_TEXT, "texte, lu mais jamais conservé"),
        *OF_THE_WHOLE,
    ),
    subject=worker("membre", Presence.OPTIONAL, required_if=("objet", PRESENCE)),
    events=(
        EventSpec(
            type="pj.meeting.attended.v1",
            description="A person at a meeting of the operational subcommittee.",
            time="date_reunion",
            data=("no_fiche", "no_reunion", "organisation"),
            when=("objet", frozenset({PRESENCE})),
        ),
        EventSpec(
            type="pj.concern.shared.v1",
            description="A concern shared at the subcommittee.",
            time="date_reunion",
            data=("no_fiche", "no_reunion", "organisation", "axe", "cible"),
            when=("objet", frozenset({PREOCCUPATION})),
        ),
        EventSpec(
            type="pj.action.decided.v1",
            description="A concerted action decided.",
            time="date_reunion",
            data=("no_fiche", "no_reunion", "organisation", "axe", "cible"),
            when=("objet", frozenset({ACTION})),
        ),
        EventSpec(
            type="pj.action.completed.v1",
            description="A concerted action carried out.",
            time="date_realisation",
            data=("no_fiche",),
            when=("objet", frozenset({ACTION})),
            when_present="date_realisation",
        ),
    ),
)
