"""Rayonnement: press conferences, prizes, presentations, research milestones, awareness."""

from bilan.contracts.common import NOBODY, OF_THE_WHOLE
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import ACTIVITES_RAYONNEMENT

RAYONNEMENT = Contract(
    log="rayonnement",
    title="Rayonnement",
    title_en="Outreach",
    senders=("COORD", "SPAL"),
    programme=None,
    key=("no_activite",),
    key_has_subject=False,
    principal_date="date_activite",
    columns=(
        Column("no_activite", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_activite", Kind.DATE, "date de l'activité", required=True),
        Column("activite", Kind.CHOICE, "sorte d'activité", required=True, choices=ACTIVITES_RAYONNEMENT),
        Column("titre", Kind.FREE_TEXT, "titre, lu mais jamais conservé"),
        Column("personnes_rejointes", Kind.INTEGER, "personnes rejointes, si on le sait", minimum=0),
        *OF_THE_WHOLE,
    ),
    subject=NOBODY,
    events=(
        EventSpec(
            type="partnership.outreach.held.v1",
            description="An outreach activity.",
            time="date_activite",
            data=("no_activite", "activite", "personnes_rejointes"),
        ),
    ),
)
