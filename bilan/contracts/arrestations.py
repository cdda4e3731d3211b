"""Arrestations: the persons arrested, one row per police event and suspect."""

from bilan.contracts.common import COMMON, SUSPECT, suspect_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import MOTIFS

ARRESTATIONS = Contract(
    log="arrestations",
    title="Arrestations",
    title_en="Arrests",
    senders=("SPAL",),
    programme="MOBILIS",
    key=("no_evenement",),
    key_has_subject=True,
    principal_date="date_arrestation",
    columns=(
        Column("no_evenement", Kind.NUMBER, "numéro d'événement policier", required=True),
        Column("date_arrestation", Kind.DATE, "date de l'arrestation", required=True),
        *suspect_columns(),
        Column("motif", Kind.CHOICE, "motif de l'arrestation", required=True, choices=MOTIFS),
        Column("gang", Kind.YES_NO_UNKNOWN, "lien avec un gang : oui, non ou inconnu"),
        *COMMON,
    ),
    subject=SUSPECT,
    events=(
        EventSpec(
            type="mobilis.arrest.made.v1",
            description="An arrest: one person in one police event.",
            time="date_arrestation",
            data=("no_evenement", "motif", "gang"),
        ),
    ),
)
