"""The words of the document that are neither the release's nor the catalogue's, in both languages."""

from datetime import date
from typing import NamedTuple

from bilan.contracts import CONTRACTS
from bilan.release.wording.vocabulary import STATUSES as SAID
from bilan.report.typography import Language, day


class Words(NamedTuple):
    """The same thing said in French and in English."""

    fr: str
    en: str

    def said(self, language: Language) -> str:
        """In that language."""
        return self.fr if language is Language.FR else self.en


BY_PERIOD = {
    "quarter": Words("par trimestre", "by quarter"),
    "programme_year": Words("par année du programme", "by programme year"),
}
BY = Words("par", "by")
RUNNING = Words("cumul", "running total")
STATUSES = {name: Words(said.fr, said.en) for name, said in SAID.items()}
PROVISIONAL = Words("provisoire : {}", "provisional: {}")
UNSURE = Words("trop peu pour conclure", "too few to conclude")


def source_of(logs: str, known_at: date, language: Language) -> str:
    """« Source : journaux « Arrestations »... ; tel que connu au... » of a catalogue's list of logs."""
    titles = [_log(name, language) for name in logs.split(", ") if name]
    date_text = day(known_at, language)
    if language is Language.EN:
        return (
            f"Source: {'log' if len(titles) == 1 else 'logs'} {', '.join(titles)}; as known at {date_text}."
        )
    kind = "journal" if len(titles) == 1 else "journaux"
    return f"Source : {kind} {', '.join(titles)} ; tel que connu au {date_text}."


def _log(name: str, language: Language) -> str:
    contract = CONTRACTS[name]
    return f"« {contract.title} »" if language is Language.FR else f"“{contract.title_en}”"
