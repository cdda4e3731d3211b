"""States of knowledge by their names, and the causes that make a figure move between two of them."""

import re
from datetime import date

from bilan.errors import PlainError
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.register.entries import read_register
from bilan.release.register.releases import releases_of
from bilan.warehouse.explaining import Known

CAUSES_FR = {
    "late": "appris en retard",
    "new": "nouveau",
    "corrected": "corrigé",
    "retracted": "retiré",
    "linked": "même personne reconnue",
    "unlinked": "lien défait : deux personnes",
    "context": "temps écoulé, journaux reçus",
    "indirect": "conséquence",
}
_RELEASE = re.compile(r"[Rr](\d+)")


class UnknownStateError(PlainError):
    """Neither a date nor a publication, or a later one before an earlier one."""


def state_named(home: Home, text: str) -> Known:
    """What was known at a date, or to a publication « R3 ». UnknownStateError, in French, otherwise."""
    release = _RELEASE.fullmatch(text)
    if release is None:
        try:
            return Known(date.fromisoformat(text))
        except ValueError:
            raise UnknownStateError(f"{text} : donner une date AAAA-MM-JJ ou une publication R3.") from None
    releases = releases_of(read_register(home))
    if int(release[1]) not in releases:
        raise UnknownStateError(f"La publication n° {release[1]} n'existe pas.")
    knows = releases[int(release[1])].knows
    last = DeltaLedger(home.ledger).last_sequence(knows["ledger_version"])
    return Known(date.fromisoformat(knows["known_at"]), last)
