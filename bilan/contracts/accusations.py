"""Accusations et issues judiciaires: court files, one row per file and person charged."""

from bilan.contracts.common import COMMON, SUSPECT, suspect_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import EN_COURS, ISSUES_CONCLUANTES, MOTIFS

ACCUSATIONS = Contract(
    log="accusations",
    title="Accusations et issues judiciaires",
    title_en="Charges and court outcomes",
    senders=("SPAL",),
    programme="MOBILIS",
    key=("no_cour",),
    key_has_subject=True,
    principal_date="date_accusation",
    columns=(
        Column("no_cour", Kind.NUMBER, "numéro de dossier de cour", required=True),
        Column("no_evenement", Kind.NUMBER, "numéro de l'événement policier à l'origine"),
        *suspect_columns(),
        Column("date_accusation", Kind.DATE, "date de l'accusation", required=True),
        Column("chefs", Kind.INTEGER, "nombre de chefs d'accusation", minimum=1),
        Column("infraction", Kind.CHOICE, "infraction", required=True, choices=MOTIFS),
        Column("date_issue", Kind.DATE, "date de l'issue", not_before=("date_accusation",)),
        Column(
            "issue",
            Kind.CHOICE,
            "issue de la cause ; vide : en cours",
            choices=(*ISSUES_CONCLUANTES, EN_COURS),
            default=EN_COURS,
        ),
        *COMMON,
    ),
    subject=SUSPECT,
    events=(
        EventSpec(
            type="mobilis.charge.laid.v1",
            description="A charge: one person in one court file.",
            time="date_accusation",
            data=("no_cour", "no_evenement", "chefs", "infraction"),
        ),
        EventSpec(
            type="mobilis.case.concluded.v1",
            description="The outcome of a case; its date may be the month it was first told in.",
            time="date_issue",
            data=("no_cour", "issue"),
            when=("issue", frozenset(ISSUES_CONCLUANTES)),
            derives_time=True,
        ),
    ),
)
