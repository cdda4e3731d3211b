"""Financements: grants, the period that each covers, and those that ended early."""

from bilan.contracts.common import NOBODY, OF_THE_WHOLE
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import BAILLEURS, VOLETS

FINANCEMENTS = Contract(
    log="financements",
    title="Financements",
    title_en="Funding",
    senders=("COORD", "SPAL", "KEKPART"),
    programme=None,
    key=("no_subvention",),
    key_has_subject=False,
    principal_date="date_octroi",
    precedes_programme=True,
    columns=(
        Column("no_subvention", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_octroi", Kind.DATE, "date de l'octroi", required=True),
        Column("bailleur", Kind.CHOICE, "bailleur de fonds", required=True, choices=BAILLEURS),
        Column("volet", Kind.CHOICE, "coordination ou activités", required=True, choices=VOLETS),
        Column("montant", Kind.DECIMAL, "montant octroyé, en dollars", required=True, minimum=0),
        Column("periode_debut", Kind.DATE, "premier jour couvert", required=True, planned_years=2),
        Column(
            "periode_fin",
            Kind.DATE,
            "dernier jour couvert",
            required=True,
            not_before=("periode_debut", "date_cessation"),
            planned_years=10,
        ),
        Column(
            "date_cessation",
            Kind.DATE,
            "fin, si elle vient avant le dernier jour couvert",
            not_before=("periode_debut",),
        ),
        *OF_THE_WHOLE,
    ),
    subject=NOBODY,
    events=(
        EventSpec(
            type="partnership.grant.awarded.v1",
            description="A grant awarded.",
            time="date_octroi",
            data=("no_subvention", "bailleur", "volet", "montant", "periode_debut", "periode_fin"),
        ),
        EventSpec(
            type="partnership.grant.ended.v1",
            description="A grant that ended early.",
            time="date_cessation",
            data=("no_subvention",),
            when_present="date_cessation",
        ),
    ),
)
