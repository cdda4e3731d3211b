"""Dépistages: a youth detected on an axis and for a target, and a later change of axis."""

from bilan.contracts.common import COMMON, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import AXES, CIBLES, SEXES, SOURCES_DEPISTAGE

DEPISTAGES = Contract(
    log="depistages",
    title="Dépistages",
    title_en="Detections",
    senders=(),
    programme="Pj",
    key=("no_depistage",),
    key_has_subject=False,
    principal_date="date_depistage",
    columns=(
        Column("no_depistage", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_depistage", Kind.DATE, "date du dépistage", required=True),
        *youth_columns(),
        Column("sexe", Kind.CHOICE, "F, M ou X", choices=SEXES),
        Column("axe", Kind.CHOICE, "axe de prévention au dépistage", required=True, choices=AXES),
        Column("cible", Kind.CHOICE, "à quel titre", required=True, choices=CIBLES),
        Column("source", Kind.CHOICE, "d'où vient le dépistage", choices=SOURCES_DEPISTAGE),
        Column("gang", Kind.YES_NO_UNKNOWN, "lien avec un gang : oui / non / inconnu"),
        Column("date_changement", Kind.DATE, "jour du changement d'axe", not_before=("date_depistage",)),
        Column("nouvel_axe", Kind.CHOICE, "axe après le changement", choices=AXES),
        *COMMON,
    ),
    subject=youth(Presence.NAMED_OR_REFERENCE),
    events=(
        EventSpec(
            type="pj.youth.detected.v1",
            description="A youth detected on an axis, for a target.",
            time="date_depistage",
            data=("no_depistage", "sexe", "axe", "cible", "source", "gang"),
        ),
        EventSpec(
            type="pj.axis.changed.v1",
            description="A youth who changed axis.",
            time="date_changement",
            data=("no_depistage", "nouvel_axe", "cible"),
            when_present="nouvel_axe",
            derives_time=True,
        ),
    ),
)
