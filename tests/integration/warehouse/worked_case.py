"""A small ledger whose every figure was worked out by hand, in the comments."""

from tests.integration.warehouse.telling import Telling

FIRST, SECOND, THIRD = "2010-06-30", "2010-09-30", "2010-12-31"


def worked_case() -> Telling:
    """Three statements of MOBILIS's logs, one of each of Pj's."""
    told = Telling()
    _arrests(told)
    _court(told)
    _youths(told)
    _exchanges(told)
    _trainings(told)
    _referrals(told)
    return told


def _arrests(told: Telling) -> None:
    """As known in the end: E1 twice, E2, E3, E4 in November, E6; four persons."""
    told.on = FIRST
    told.arrest("E1", "2010-01-15", "ana", "proxénétisme", gang="oui")
    told.arrest("E1", "2010-01-15", "ben", "traite de personnes")
    told.arrest("E2", "2010-03", "ana", territory="Brossard")
    told.arrest("E3", "2009", "cam")
    told.arrest("E6", "2008", "eve")  # the programme began in September
    told.on = SECOND
    told.arrest("E4", "2010-08-10", "ben")
    told.arrest("E5", "2010-09-01", "dan")
    told.on = THIRD
    told.arrest("E4", "2010-11-05", "ben", action="correct")
    told.arrest("E5", "2010-09-01", "dan", action="retract")


def _court(told: Telling) -> None:
    told.on = FIRST
    told.charge("C1", "2010-02-14", "ana", "E1")  # 30 days after E1, though E2 may be later
    told.charge("C3", "2010-03-01", "fay")  # never arrested
    told.charge("C4", "2010-04-01", "cam")  # the arrest is known to the year
    told.conclude("C1", "2010-05-15", "ana", "plaidoyer de culpabilité")  # 90 days
    told.on = SECOND
    told.conclude("C3", "2010-09", "fay", "retrait")  # the month it was first told in
    told.on = THIRD
    told.charge("C2", "2010-12-15", "ben")  # 40 days after E4
    told.conclude("C4", "2010-10-01", "cam", "acquittement", territory="Brossard")  # 183 days


def _youths(told: Telling) -> None:
    told.on = FIRST
    told.meet("R1", "2010-02-01", "gia", "KEKPART", fugue="oui")
    told.meet("R2", "2010-03-01", "gia")
    told.meet("R3", "2010-03-02", "hal-name", "autre", sexe="M")
    told.meet("R4", "2010-04-02", "hal-ref", "CAVAC", sexe=None)
    told.meet("R5", "2010-05-02", "ivy")
    told.link("hal-name", "hal-ref", THIRD)  # until then, two persons


def _exchanges(told: Telling) -> None:
    told.on = FIRST
    told.exchange("X1", "2010-02-20", "jo-spal", sender="SPAL", consentement_nominatif=False)
    told.exchange(
        "X1", "2010-01-20", "jo", sender="CJM", nature=["véhicule", "entourage"], consentement_nominatif=False
    )
    told.exchange("X2", "2010-03-05", "jo", sender="CJM", consentement_nominatif=True)
    told.exchange("X2", "2010-03-05", "kim", rang=2, sender="CJM", consentement_nominatif=True)
    told.exchange("X3", "2010-03-06", sender="SPAL", formel=False, de="SPAL", vers="CJM")


def _trainings(told: Telling) -> None:
    told.on, told.programme = "2018-06-30", "Pj"
    told.attend("S1", "2016-11-10", "lea", "SPAL", sender="COORD", score_avant="50", score_apres="60")
    told.attend("S1", "2016-11-10", "max", "CSMV", sender="COORD", score_avant="40")
    told.attend("S1", "2016-12-10", "lea-ciss", "SPAL", sender="CISSS-ME")
    told.attend("S2", "2018-05", "lea", "SPAL", sender="COORD", score_avant="70", score_apres="77")
    told.link("lea", "lea-ciss", "2018-06-30")


def _referrals(told: Telling) -> None:
    made = {"de": "KEKPART", "vers": "CAVAC", "motif": []}
    told.refer("referral.made", "N1", "2017-01-10", "nil", sender="KEKPART", **made)
    told.refer("referral.accepted", "N1", "2017-01-20", "nil", sender="KEKPART", date_deduite=False)
    told.refer("service.started", "N1", "2017-02-01", "nil", sender="KEKPART")
    told.refer("referral.made", "N1", "2017-01-10", "ola", sender="CAVAC", **made)
    told.refer(
        "referral.refused", "N1", "2017-02-09", "ola", sender="CAVAC", date_deduite=False,
        raison_refus="manque de place",
    )  # fmt: skip
    told.refer("referral.made", "N2", "2017-03", "pia", sender="KEKPART", **made)
    told.refer(
        "referral.made", "N3", "2010-05-01", "gia", sender="KEKPART", programme="MOBILIS", on=FIRST, **made
    )
