"""Formations: training sessions, one row per session and participant."""

from bilan.contracts.common import OF_THE_WHOLE, worker, worker_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import THEMES

FORMATIONS = Contract(
    log="formations",
    title="Formations",
    title_en="Training sessions",
    senders=("COORD", "CISSS-ME"),
    programme="Pj",
    key=("no_session",),
    key_has_subject=True,
    principal_date="date_session",
    columns=(
        Column("no_session", Kind.NUMBER, "numéro de la séance", required=True),
        Column("date_session", Kind.DATE, "date de la séance", required=True),
        Column("titre", Kind.FREE_TEXT, "titre, lu mais jamais conservé", required=True),
        Column(
            "theme",
            Kind.CHOICE,
            "thème ; vide : exploitation sexuelle",
            choices=THEMES,
            default=THEMES[0],
        ),
        *worker_columns("participant", "de la personne présente", required=True),
        Column("organisation", Kind.PARTNER, "code d'un partenaire ou « autre : ... »", required=True),
        Column("score_avant", Kind.DECIMAL, "résultat avant, de 0 à 100", minimum=0, maximum=100),
        Column("score_apres", Kind.DECIMAL, "résultat après, de 0 à 100", minimum=0, maximum=100),
        *OF_THE_WHOLE,
    ),
    subject=worker("participant", Presence.NAMED),
    events=(
        EventSpec(
            type="pj.training.attended.v1",
            description="One person at one training session.",
            time="date_session",
            data=("no_session", "theme", "organisation", "score_avant", "score_apres"),
        ),
    ),
)
