"""French: how numbers and dates are written, and Superset's own French pack, corrected."""

import json
from functools import cache
from pathlib import Path
from typing import Any

NO_BREAK = "\u00a0"
D3_FORMAT = {
    "decimal": ",",
    "thousands": NO_BREAK,
    "grouping": [3],
    "currency": ["", f"{NO_BREAK}$"],
    "percent": f"{NO_BREAK}%",
    "minus": "\u2212",
}
D3_FORMAT_EN = {
    "decimal": ".",
    "thousands": ",",
    "grouping": [3],
    "currency": ["$", ""],
    "percent": "%",
    "minus": "\u2212",
}
D3_TIME_FORMAT = {
    "dateTime": "%A %-d %B %Y à %H:%M",
    "date": "%Y-%m-%d",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
    "shortMonths": [
        "janv.", "févr.", "mars", "avr.", "mai", "juin",
        "juill.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
}  # fmt: skip

# What Superset's French pack leaves in English, or says badly, where our readers see it.
CORRECTIONS: dict[str, str | list[str]] = {
    "Summary": "Total",
    "Select all": "Tout sélectionner",
    "CANCEL": "Annuler",
    "APPLY": "Appliquer",
    "Apply filters": "Appliquer",
    "Clear all": "Tout effacer",
    "Show %s entries": "Afficher %s lignes",
    "Search %s records": "Rechercher dans %s lignes",
    "entries per page": "lignes par page",
    "Entries per page": "Lignes par page",
    "entries": "lignes",
    "Show": "Afficher",
    "Search": "Rechercher",
    "%s record...": ["%s ligne…", "%s lignes…"],
    "%s record": ["%s ligne", "%s lignes"],
    "Force refresh": "Actualiser",
    "Refresh dashboard": "Actualiser le tableau de bord",
    "No results": "Aucun résultat",
    "No data": "Aucune donnée",
    "No results were returned for this query": "Rien à montrer pour ce choix",
    "There is currently no information to display.": (
        "Rien n'est diffusé ici pour ce choix, ou pour votre organisation."
    ),
    "Fetched %s": "Lu %s",
    "User": "Compte",
    "Sign in": "Se connecter",
    "Username": "Identifiant",
    "Password": "Mot de passe",
    "Username:": "Identifiant :",
    "Password:": "Mot de passe :",
    "Please enter your username": "Saisissez votre identifiant",
    "Please enter your password": "Saisissez votre mot de passe",
    "Invalid login. Please try again.": "Identifiant ou mot de passe invalide.",
    "Enter your login and password below:": "Saisissez votre identifiant et votre mot de passe :",
}


@cache
def french_pack() -> str:
    """Superset's French language pack with our corrections, as JSON text."""
    import superset

    source = Path(superset.__file__).parent / "translations/fr/LC_MESSAGES/messages.json"
    pack: dict[str, Any] = json.loads(source.read_text("utf-8"))
    messages = pack["locale_data"]["superset"]
    messages.update({key: [text] if isinstance(text, str) else text for key, text in CORRECTIONS.items()})
    return json.dumps(pack, ensure_ascii=False)
