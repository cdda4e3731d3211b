"""Whose file is it: sender, log and statement date, from its path or from what the steward says."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bilan.contracts import CONTRACTS
from bilan.intake.inputs import Reference, Source, UnknownSource
from bilan.intake.reference import load_reference
from bilan.printable import printable

SUFFIXES = (".csv", ".xlsx")
_DATED = re.compile(r"(?P<log>.*?)[_ -]?(?P<date>\d{4}-\d{2}-\d{2})")


def source_of(
    path: Path,
    *,
    sender: str | None = None,
    log: str | None = None,
    statement_date: date | None = None,
    reference: Reference | None = None,
) -> Source:
    """The source that `<SENDER>/<log>_<YYYY-MM-DD>.csv|xlsx` names; what is given wins over the path.

    Senders and logs compare without case, accents or separators. `reference` holds the known senders,
    the packaged ones otherwise. Raises UnknownSource, with a French message for the steward.
    """
    suffix, name = path.suffix.lower(), printable(path.name)
    if suffix not in SUFFIXES:
        raise UnknownSource(f"{name} : seuls les fichiers .csv et .xlsx sont lus.")
    dated = _DATED.fullmatch(path.stem)
    log = log or (dated["log"] if dated else path.stem)
    senders = (reference or load_reference(None)).partners
    return Source(
        path=str(path),
        sender=known_as(
            sender or path.parent.name,
            senders,
            f"{name} : expéditeur inconnu (le dossier du fichier le nomme : inbox/<EXPÉDITEUR>/)",
        ),
        log=known_as(log or (dated["log"] if dated else path.stem), CONTRACTS, f"{name} : journal inconnu"),
        statement_date=statement_date or _date(dated["date"] if dated else "", name),
        suffix=suffix,
    )


def known_as(text: str, known: Iterable[str], problem: str) -> str:
    """The known name that a text means, without case, accents or separators.

    Raises UnknownSource: the problem, then the known names.
    """
    names = {_folded(name): name for name in known}
    found = names.get(_folded(text))
    if found is None:
        raise UnknownSource(f"{problem} ; connus : {', '.join(names.values())}.")
    return found


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnknownSource(
            f"{name} : la date de l'état manque ou est impossible ; nommer le fichier <journal>_AAAA-MM-JJ."
        ) from None
