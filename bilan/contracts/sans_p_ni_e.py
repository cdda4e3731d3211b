"""« Sans P ni E »: class visits, school residencies and joint presentations, one row each."""

from bilan.contracts.common import COMMON, NOBODY
from bilan.contracts.contract import Column, Contract, EventSpec, Kind
from bilan.contracts.lists import NIVEAUX, PRESENTATION, RESIDENCE, VISITE

SANS_P_NI_E = Contract(
    log="sans_p_ni_e",
    title="Sans P ni E",
    title_en="Sans P ni E (prevention in schools)",
    senders=("KEKPART", "SPAL"),
    programme="MOBILIS",
    key=("no_activite",),
    key_has_subject=False,
    principal_date="date_activite",
    columns=(
        Column("no_activite", Kind.NUMBER, "numéro de l'activité, le même chez tous", required=True),
        Column(
            "activite",
            Kind.CHOICE,
            "sorte d'activité",
            required=True,
            choices=(VISITE, RESIDENCE, PRESENTATION),
        ),
        Column("date_activite", Kind.DATE, "jour, ou début de la résidence", required=True),
        Column("date_fin", Kind.DATE, "fin de la résidence", not_before=("date_activite",), planned_years=1),
        Column("no_ecole", Kind.NUMBER, "numéro de l'école", required=True),
        Column(
            "no_classe",
            Kind.NUMBER,
            "numéro de la classe ou du groupe",
            required_if=("activite", VISITE),
        ),
        Column("niveau", Kind.CHOICE, "niveau de la classe", choices=NIVEAUX),
        Column("jeunes_rejoints", Kind.INTEGER, "jeunes rejoints à cette activité", minimum=0),
        Column(
            "avec",
            Kind.PARTNER,
            "avec qui la présentation est faite",
            required_if=("activite", PRESENTATION),
        ),
        *COMMON,
    ),
    subject=NOBODY,
    events=(
        EventSpec(
            type="mobilis.class.visited.v1",
            description="A class visited by « Sans P ni E ».",
            time="date_activite",
            data=("no_activite", "no_ecole", "no_classe", "niveau", "jeunes_rejoints"),
            when=("activite", frozenset({VISITE})),
        ),
        EventSpec(
            type="mobilis.residency.held.v1",
            description="A residency in a school.",
            time="date_activite",
            data=("no_activite", "no_ecole", "date_fin", "jeunes_rejoints"),
            when=("activite", frozenset({RESIDENCE})),
        ),
        EventSpec(
            type="mobilis.presentation.given.v1",
            description="A joint presentation.",
            time="date_activite",
            data=("no_activite", "no_ecole", "avec", "jeunes_rejoints"),
            when=("activite", frozenset({PRESENTATION})),
        ),
    ),
)
