"""Effectifs: who works for the programme, one row per assignment to a post."""

from bilan.contracts.common import COMMON, worker, worker_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import CATEGORIES_EMPLOI, LIENS_EMPLOI, MOTIFS_DEPART, ROLES, TEMPS_EMPLOI

EFFECTIFS = Contract(
    log="effectifs",
    title="Effectifs",
    title_en="Staff",
    senders=(),
    programme=None,
    key=("no_affectation",),
    key_has_subject=False,
    principal_date="date_debut",
    precedes_programme=True,
    columns=(
        Column("no_affectation", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        *worker_columns("employe", "de la personne affectée", required=True),
        Column("categorie", Kind.CHOICE, "catégorie d'emploi", required=True, choices=CATEGORIES_EMPLOI),
        Column("role", Kind.CHOICE, "rôle", required=True, choices=ROLES),
        Column(
            "lien",
            Kind.CHOICE,
            "dégagé par son organisation ou embauché ; vide : dégagé",
            choices=LIENS_EMPLOI,
            default=LIENS_EMPLOI[0],
        ),
        Column(
            "temps",
            Kind.CHOICE,
            "temps plein ou partiel ; vide : temps plein",
            choices=TEMPS_EMPLOI,
            default=TEMPS_EMPLOI[0],
        ),
        Column("date_debut", Kind.DATE, "début de l'affectation", required=True),
        Column("date_fin", Kind.DATE, "fin de l'affectation", not_before=("date_debut",)),
        Column("motif_fin", Kind.CHOICE, "pourquoi elle a pris fin", choices=MOTIFS_DEPART),
        Column("remplace", Kind.NUMBER, "numéro de l'affectation que celle-ci remplace"),
        *COMMON,
    ),
    subject=worker("employe", Presence.NAMED),
    events=(
        EventSpec(
            type="partnership.staff.assigned.v1",
            description="A person assigned to a post.",
            time="date_debut",
            data=("no_affectation", "categorie", "role", "lien", "temps"),
        ),
        EventSpec(
            type="partnership.staff.left.v1",
            description="The end of an assignment.",
            time="date_fin",
            data=("no_affectation", "motif_fin"),
            when_present="date_fin",
        ),
        EventSpec(
            type="partnership.staff.replaced.v1",
            description="An assignment that replaces another.",
            time="date_debut",
            data=("no_affectation", "remplace"),
            when_present="remplace",
        ),
    ),
)
