"""Jeunes rencontrés: youths met by police, one row per meeting and youth."""

from bilan.contracts.common import COMMON, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import SEXES

JEUNES_RENCONTRES = Contract(
    log="jeunes_rencontres",
    title="Jeunes rencontrés",
    title_en="Youths met",
    senders=("SPAL",),
    programme="MOBILIS",
    key=("no_rencontre",),
    key_has_subject=True,
    principal_date="date_rencontre",
    columns=(
        Column("no_rencontre", Kind.NUMBER, "numéro de la rencontre", required=True),
        Column("date_rencontre", Kind.DATE, "date de la rencontre", required=True),
        *youth_columns(),
        Column("sexe", Kind.CHOICE, "F, M ou X", choices=SEXES),
        Column("fugue", Kind.YES_NO_UNKNOWN, "en fugue lors de la rencontre : oui, non ou inconnu"),
        Column("date_devoilement", Kind.DATE, "jour où le jeune s'est confié"),
        Column("referee", Kind.YES_NO, "référé à une ressource : oui ou non", required=True),
        Column(
            "ressource",
            Kind.PARTNER,
            "la ressource : code d'un partenaire ou « autre : ... »",
            required_if=("referee", "oui"),
        ),
        *COMMON,
    ),
    subject=youth(Presence.NAMED_OR_REFERENCE),
    events=(
        EventSpec(
            type="mobilis.youth.met.v1",
            description="A youth met by police, referred to a resource or not.",
            time="date_rencontre",
            data=("no_rencontre", "sexe", "fugue", "date_devoilement", "referee", "ressource"),
        ),
    ),
)
