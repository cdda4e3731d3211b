"""The words of what every figure shares: statuses, breakdowns and their values, in both languages.

What a KPI is called is in its entry of the catalogue. A value that is not here stands as it is: codes of
partners, names of funds. Tests hold these lists against `bilan.contracts` and the catalogue.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bilan.contracts import CONTRACTS
from bilan.contracts.lists import SEXES


class Said(NamedTuple):
    """The same thing in French and in English."""

    fr: str
    en: str


STATUSES: Mapping[str, Said] = {
    "value": Said("publié", "published"),
    "true_zero": Said("zéro", "zero"),
    "suppressed": Said("masqué pour protéger les personnes", "hidden to protect persons"),
    "missing": Said("ne s'applique pas", "not applicable"),
    "not_yet_reported": Said("pas encore reçu", "not yet received"),
}
BREAKDOWNS: Mapping[str, Said] = {
    "motif": Said("motif", "ground"),
    "gang": Said("lien avec un gang", "gang involvement"),
    "infraction": Said("infraction", "offence"),
    "issue": Said("issue de la cause", "outcome of the case"),
    "sexe": Said("sexe", "sex"),
    "fugue": Said("en fugue", "runaway"),
    "ressource": Said("ressource", "resource"),
    "direction": Said("direction", "direction"),
    "nature": Said("nature de l'information", "kind of information"),
    "milieu": Said("milieu", "sector"),
    "raison_refus": Said("raison du refus", "reason for refusal"),
    "theme": Said("thème", "topic"),
    "categorie": Said("catégorie d'emploi", "job category"),
    "role": Said("rôle", "role"),
    "lien": Said("lien d'emploi", "employment"),
    "niveau": Said("niveau", "grade"),
    "activite": Said("activité", "activity"),
    "bailleur": Said("bailleur de fonds", "funder"),
    "volet": Said("volet", "component"),
    "conduite": Said("conduite", "conduct"),
    "axe": Said("axe de prévention", "prevention axis"),
    "cible": Said("cible", "target"),
    "axe_cible": Said("axe et cible", "axis and target"),
    "source": Said("source", "source"),
    "service": Said("service", "service"),
    "trajet": Said("parcours entre services", "path between services"),
    "moyen": Said("moyen", "means"),
    "lieu": Said("lieu", "place"),
    "breach": Said("motif du refus", "ground for refusal"),
    "log": Said("journal", "log"),
}
# Values that partners or Bilan write as codes, in the breakdowns that have them.
CODED: Mapping[tuple[str, str], Said] = {
    **{
        ("sexe", sex): Said(fr, sex.en)
        for sex, fr in zip(SEXES, ("féminin", "masculin", "autre (X)"), strict=True)
    },
    ("breach", "consent_breach"): Said("nom transmis sans consentement", "name sent without consent"),
    ("breach", "consent_withdrawn"): Said(
        "nom transmis après le retrait du consentement", "name sent after consent was withdrawn"
    ),
    ("breach", "protocol_breach"): Said(
        "communication que le protocole ne permet pas", "communication that the protocol does not allow"
    ),
}
# What partners and models write in French words, and its English: closed lists say their own.
IN_ENGLISH: Mapping[str, str] = {
    "oui": "yes",
    "non": "no",
    "inconnu": "unknown",
    # who works where, and who told
    "santé et services sociaux": "health and social services",
    "municipal": "municipal",
    "communautaire": "community",
    # from one service to the next
    "demande": "request",
    "dépistage primaire": "primary detection",
    "dépistage secondaire": "secondary detection",
    "dépistage tertiaire": "tertiary detection",
    "même service": "same service",
    "autre service": "other service",
    **{
        choice: choice.en
        for contract in CONTRACTS.values()
        for column in contract.columns
        for choice in column.choices
    },
    **{log: contract.title_en for log, contract in CONTRACTS.items()},
}
# Where the same French word means something else.
IN_ENGLISH_OF: Mapping[tuple[str, str], str] = {
    ("service", "scolaire"): "school services",
    ("trajet", "scolaire"): "school services",
}
PAIRS = (" × ", " > ")  # « primaire × victime », « hébergement > scolaire »: both sides are in the lists


def value_said(breakdown: str, value: str) -> Said:
    """A breakdown's value as readers of each language read it."""
    return CODED.get((breakdown, value)) or Said(value, _in_english(breakdown, value))


def _in_english(breakdown: str, value: str) -> str:
    for sign in PAIRS:
        if sign in value:
            return sign.join(value_said(breakdown, part).en for part in value.split(sign))
    return IN_ENGLISH_OF.get((breakdown, value)) or IN_ENGLISH.get(value, value)
