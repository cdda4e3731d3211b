"""The columns that logs share: programme, territory, and those that name a person."""

from bilan.contracts.contract import Choice, Column, Kind, Presence, Subject
from bilan.contracts.lists import EN_ATTENTE, RAISONS_REFUS

PROGRAMME = Column("programme", Kind.CHOICE, "MOBILIS ou Pj ; vide : le programme du journal")
TERRITOIRE = Column("territoire", Kind.CHOICE, "municipalité de la liste ; vide : Longueuil")
COMMON = (PROGRAMME, TERRITOIRE)
OF_THE_WHOLE = (
    PROGRAMME,
)  # of a log whose rows are of no place: meetings, money, what is told to the public


def suspect_columns() -> tuple[Column, ...]:
    """The three columns that name a suspect; all are required."""
    return (
        Column("suspect_nom", Kind.NAME, "nom de famille de la personne", required=True),
        Column("suspect_prenom", Kind.NAME, "prénom de la personne", required=True),
        Column("suspect_naissance", Kind.BIRTH_DATE, "date de naissance", required=True),
    )


SUSPECT = Subject(
    surname="suspect_nom",
    given_name="suspect_prenom",
    birth_date="suspect_naissance",
    reference=None,
    presence=Presence.NAMED,
    ages=(12, 100),  # nobody younger can be charged
)


def youth_columns() -> tuple[Column, ...]:
    """The columns that name a youth, or refer to her or him without a name."""
    return (
        Column("jeune_nom", Kind.NAME, "nom de famille ; avec prénom et naissance, ou jeune_ref"),
        Column("jeune_prenom", Kind.NAME, "prénom"),
        Column("jeune_naissance", Kind.BIRTH_DATE, "date de naissance"),
        Column(
            "jeune_ref",
            Kind.REFERENCE,
            "référence propre à l'expéditeur, quand aucun nom ne peut être donné",
        ),
    )


def youth(presence: Presence, consent: str | None = None) -> Subject:
    """The subject of a log about youths."""
    return Subject(
        surname="jeune_nom",
        given_name="jeune_prenom",
        birth_date="jeune_naissance",
        reference="jeune_ref",
        presence=presence,
        consent=consent,
        ages=(4, 30),  # children, and those who were when it began
    )


def decision_columns(*decisions: Choice, since: str, refused: str, reason: str) -> tuple[Column, ...]:
    """What was answered to a request, when, and why not.

    `since` is the column of the request's date; `reason` is what the last column means.
    """
    return (
        Column(
            "decision",
            Kind.CHOICE,
            "décision ; vide : en attente",
            choices=(*decisions, EN_ATTENTE),
            default=EN_ATTENTE,
        ),
        Column("date_decision", Kind.DATE, "date de la décision", not_before=(since,)),
        Column(
            "raison_refus",
            Kind.CHOICE,
            reason,
            choices=RAISONS_REFUS,
            required_if=("decision", refused),
        ),
    )


def worker_columns(who: str, meaning: str, *, required: bool) -> tuple[Column, ...]:
    """The columns that name a person at work: names alone, there is no birth date."""
    return (
        Column(f"{who}_nom", Kind.NAME, f"nom de famille {meaning}", required=required),
        Column(f"{who}_prenom", Kind.NAME, "prénom", required=required),
    )


def worker(who: str, presence: Presence, required_if: tuple[str, str] | None = None) -> Subject:
    """The subject of a log about people at work."""
    return Subject(
        surname=f"{who}_nom",
        given_name=f"{who}_prenom",
        birth_date=None,
        reference=None,
        presence=presence,
        required_if=required_if,
    )


NOBODY = Subject(surname=None, given_name=None, birth_date=None, reference=None, presence=Presence.NOBODY)
