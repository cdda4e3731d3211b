"""Which words of a file may be shown to people: those that cannot be a cell about somebody."""

import re
import unicodedata
from functools import cache

from bilan.contracts import CONTRACTS
from bilan.intake.marks import column_letters

_MOST_FIGURES = 4  # a year, a quarter, a rank
_USUAL = """
    adresse agent agente ancien ancienne annee annuel archive avis boite brouillon bureau case code codes
    commentaire commentaires copie corrige courriel cote date de des details dossier du donnees emplacement
    en enqueteur enqueteurs enqueteuse et etat export extrait feuil feuille fichier final heure initiales
    intervenant intervenante janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
    decembre journal la le les liste listes lieu mise mois note notes no numero observation observations old
    onglet ou par poste provenance rang releve remarque remarques revise saisie sheet statut suivi sur
    equipe externe interne quartier saisi secteur service
    table tableau telephone texte total trimestre semestre type un une version visa
"""
_WORD = re.compile(r"[^\W_]+")


def is_common(text: str) -> bool:
    """Whether each word is one of the contracts' or of any office, and at most one is a short number."""
    words = _WORD.findall(_plain(text))
    numbers = [word for word in words if not word.isalpha()]
    short = all(word.isdecimal() and len(word) <= _MOST_FIGURES for word in numbers)
    return len(numbers) <= 1 and short and all(word in _known() for word in words if word not in numbers)


def column_label(column: str, heading: str | None) -> str:
    """How a column is named to its sender: by its heading where that can be shown, else by its place."""
    if heading and is_common(heading):
        return " ".join(heading.split())
    return f"colonne {column_letters(int(column))}"


def sheet_label(number: int, name: str) -> str:
    """How a sheet is named to its sender: by its place, and by its name where that can be shown."""
    return f"feuille {number} « {' '.join(name.split())} »" if is_common(name) else f"feuille {number}"


@cache
def _known() -> frozenset[str]:
    texts = [_USUAL]
    for contract in CONTRACTS.values():
        texts += [contract.log, contract.title, *contract.senders]
        for column in contract.columns:
            texts += [column.name, column.meaning, *column.choices]
    return frozenset(_WORD.findall(_plain(" ".join(texts).replace("_", " "))))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("_", " ")
