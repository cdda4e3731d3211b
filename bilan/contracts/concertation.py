"""Concertation: partners, their delegates, the coordination post and the table's meetings."""

from bilan.contracts.common import OF_THE_WHOLE, worker, worker_columns
from bilan.contracts.contract import Column, Contract, EventSpec, Kind, Presence
from bilan.contracts.lists import DELEGUE, PARTENAIRE, POSTE_COORDINATION, RENCONTRE_TABLE


def _begins(type_: str, description: str, subject: str, *more: str) -> EventSpec:
    """What a row of that kind says on its first day."""
    return EventSpec(
        type=type_,
        description=description,
        time="date_debut",
        data=("no_fiche", "organisation", *more),
        when=("objet", frozenset({subject})),
    )


def _ends(type_: str, description: str, subject: str) -> EventSpec:
    """What a row of that kind says on its last day."""
    return EventSpec(
        type=type_,
        description=description,
        time="date_fin",
        data=("no_fiche", "organisation"),
        when=("objet", frozenset({subject})),
        when_present="date_fin",
    )


CONCERTATION = Contract(
    log="concertation",
    title="Concertation",
    title_en="Partnership table",
    senders=("COORD",),
    programme="Pj",
    key=("no_fiche",),
    key_has_subject=False,
    principal_date="date_debut",
    precedes_programme=True,
    columns=(
        Column("no_fiche", Kind.NUMBER, "numéro de la ligne, unique", required=True),
        Column(
            "objet",
            Kind.CHOICE,
            "de quoi parle la ligne",
            required=True,
            choices=(PARTENAIRE, DELEGUE, POSTE_COORDINATION, RENCONTRE_TABLE),
        ),
        Column(
            "organisation",
            Kind.PARTNER,
            "le partenaire, celui du délégué, l'employeur de la coordination ou l'hôte de la rencontre",
            required=True,
        ),
        *worker_columns("personne", "du délégué ou de la personne en poste", required=False),
        Column("chef_de_file", Kind.YES_NO, "ce partenaire est l'organisation chef de file : oui / non"),
        Column("date_debut", Kind.DATE, "adhésion, entrée en poste ou jour de la rencontre", required=True),
        Column("date_fin", Kind.DATE, "départ", not_before=("date_debut",)),
        *OF_THE_WHOLE,
    ),
    subject=worker("personne", Presence.OPTIONAL, required_if=("objet", DELEGUE)),
    events=(
        _begins("pj.partner.joined.v1", "A partner that joined the table.", PARTENAIRE, "chef_de_file"),
        _ends("pj.partner.left.v1", "A partner that left the table.", PARTENAIRE),
        _begins("pj.delegate.named.v1", "A delegate named by a partner.", DELEGUE),
        _ends("pj.delegate.left.v1", "The end of a mandate of a delegate.", DELEGUE),
        _begins("pj.coordination.filled.v1", "The coordination post filled.", POSTE_COORDINATION),
        _ends("pj.coordination.vacated.v1", "The coordination post left.", POSTE_COORDINATION),
        _begins("pj.table.met.v1", "A meeting of the table.", RENCONTRE_TABLE),
    ),
)
