"""Échanges d'information between youth protection and police, one row per youth concerned."""

from bilan.contracts.common import COMMON, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import NATURES

ECHANGES = Contract(
    log="echanges",
    title="Échanges d'information",
    title_en="Information exchanges",
    senders=("CJM", "SPAL"),
    programme="MOBILIS",
    key=("no_echange", "rang"),
    key_has_subject=False,
    principal_date="date_echange",
    columns=(
        Column("no_echange", Kind.NUMBER, "numéro de l'échange", required=True),
        Column("rang", Kind.INTEGER, "rang du jeune dans l'échange ; vide : 1", default="1", minimum=1),
        Column("date_echange", Kind.DATE, "date de l'échange", required=True),
        Column("de", Kind.PARTNER, "qui transmet : code", required=True, admits_other=False),
        Column("vers", Kind.PARTNER, "qui reçoit : code", required=True, admits_other=False),
        Column("formel", Kind.YES_NO, "échange formel : oui ou non", required=True),
        Column("nature", Kind.CHOICES, "une ou plusieurs natures", required=True, choices=NATURES),
        *youth_columns(),
        Column(
            "consentement_nominatif",
            Kind.YES_NO,
            "consentement à transmettre le nom : oui ou non ; nécessaire si un jeune est concerné",
        ),
        *COMMON,
    ),
    subject=youth(Presence.OPTIONAL, consent="consentement_nominatif"),
    events=(
        EventSpec(
            type="mobilis.exchange.made.v1",
            description="One row of an exchange of information; an exchange has a row per youth.",
            time="date_echange",
            data=("no_echange", "rang", "de", "vers", "formel", "nature", "consentement_nominatif"),
        ),
    ),
)
