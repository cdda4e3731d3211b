"""Réseaux sociaux: analyses asked of social networks, and the publications that worry."""

from bilan.contracts.common import COMMON, youth, youth_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import MOYENS

RESEAUX_SOCIAUX = Contract(
    log="reseaux_sociaux",
    title="Réseaux sociaux",
    title_en="Social networks",
    senders=(),
    programme="Pj",
    key=("no_demande",),
    key_has_subject=False,
    principal_date="date_demande",
    columns=(
        Column("no_demande", Kind.NUMBER, "numéro propre à l'expéditeur", required=True),
        Column("date_demande", Kind.DATE, "date de la demande d'analyse", required=True),
        Column("demandeur", Kind.PARTNER, "qui demande l'analyse", required=True),
        *youth_columns(),
        Column("compte", Kind.NUMBER, "compte visé ; conservé en empreinte seulement"),
        Column("moyen", Kind.CHOICE, "moyen de la recherche", choices=MOYENS),
        Column("date_analyse", Kind.DATE, "jour où l'analyse a été faite", not_before=("date_demande",)),
        Column("date_signalement", Kind.DATE, "jour où une publication inquiétante a été signalée"),
        Column(
            "date_transmission", Kind.DATE, "jour où elle a été transmise", not_before=("date_signalement",)
        ),
        Column("transmise_a", Kind.PARTNER, "à qui elle a été transmise"),
        Column(
            "date_suivi",
            Kind.DATE,
            "jour du suivi donné",
            not_before=("date_signalement", "date_transmission"),
        ),
        Column("doublon_de", Kind.NUMBER, "numéro de la demande que celle-ci répète"),
        *COMMON,
    ),
    subject=youth(Presence.OPTIONAL),
    events=(
        EventSpec(
            type="pj.analysis.requested.v1",
            description="An analysis of social networks asked.",
            time="date_demande",
            data=("no_demande", "demandeur", "compte", "moyen"),
        ),
        EventSpec(
            type="pj.analysis.completed.v1",
            description="An analysis carried out.",
            time="date_analyse",
            data=("no_demande", "moyen"),
            when_present="date_analyse",
        ),
        EventSpec(
            type="pj.publication.flagged.v1",
            description="A worrying publication flagged.",
            time="date_signalement",
            data=("no_demande",),
            when_present="date_signalement",
        ),
        EventSpec(
            type="pj.publication.transmitted.v1",
            description="A publication passed on.",
            time="date_transmission",
            data=("no_demande", "transmise_a"),
            when_present="date_transmission",
        ),
        EventSpec(
            type="pj.publication.followed.v1",
            description="A publication followed up.",
            time="date_suivi",
            data=("no_demande",),
            when_present="date_suivi",
        ),
        EventSpec(
            type="pj.analysis.duplicated.v1",
            description="A request known to repeat another.",
            time="date_demande",
            data=("no_demande", "doublon_de"),
            when_present="doublon_de",
        ),
    ),
)
