"""The words of what every figure shares: statuses, breakdowns and their values, in both languages.

What a KPI is called is in its entry of the catalogue. A value that is not here stands as it is: codes of
partners, names of funds. Tests hold these lists against `bilan.contracts` and the catalogue.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bilan.contracts import CONTRACTS


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
    ("sexe", "F"): Said("féminin", "female"),
    ("sexe", "M"): Said("masculin", "male"),
    ("sexe", "X"): Said("autre (X)", "other (X)"),
    ("breach", "consent_breach"): Said("nom transmis sans consentement", "name sent without consent"),
    ("breach", "consent_withdrawn"): Said(
        "nom transmis après le retrait du consentement", "name sent after consent was withdrawn"
    ),
    ("breach", "protocol_breach"): Said(
        "communication que le protocole ne permet pas", "communication that the protocol does not allow"
    ),
}
# What partners write in French words, and its English.
IN_ENGLISH: Mapping[str, str] = {
    "autre": "other",
    "oui": "yes",
    "non": "no",
    "inconnu": "unknown",
    # grounds and offences
    "proxénétisme": "procuring",
    "traite de personnes": "human trafficking",
    "agression sexuelle": "sexual assault",
    "obtention de services sexuels": "obtaining sexual services",
    "pornographie juvénile": "child pornography",
    "stupéfiants": "narcotics",
    # court
    "en cours": "under way",
    "plaidoyer de culpabilité": "guilty plea",
    "verdict de culpabilité": "guilty verdict",
    "acquittement": "acquittal",
    "retrait": "withdrawal",
    "arrêt des procédures": "stay of proceedings",
    # services
    "hébergement": "housing",
    "suivi psychosocial": "psychosocial follow-up",
    "soutien aux victimes": "victim support",
    "toxicomanie": "addiction services",
    "scolaire": "schools",
    "protection": "youth protection",
    "travail de milieu": "outreach work",
    # decisions, and why a demand is refused
    "acceptée": "accepted",
    "refusée": "refused",
    "en attente": "pending",
    "offerte": "offered",
    "transférée": "transferred",
    "critères non satisfaits": "criteria not met",
    "hors critères d'inclusion": "outside the inclusion criteria",
    "hors territoire": "outside the territory",
    "manque de place": "no place available",
    "refus du jeune": "refused by the youth",
    # what is exchanged
    "proxénète présumé": "suspected procurer",
    "entourage": "associates",
    "lieu de rencontre": "meeting place",
    "véhicule": "vehicle",
    "recruteur potentiel": "potential recruiter",
    "jeune à risque": "youth at risk",
    # training
    "exploitation sexuelle": "sexual exploitation",
    "victimologie": "victimology",
    "stress post-traumatique": "post-traumatic stress",
    "délinquance": "delinquency",
    "santé mentale": "mental health",
    "travail ensemble": "working together",
    # staff
    "policier": "police officer",
    "analyste": "analyst",
    "intervenant": "practitioner",
    "coordination": "coordination",
    "direction": "management",
    "lieutenant-détective": "detective lieutenant",
    "sergent-détective": "detective sergeant",
    "agent de renseignement": "intelligence officer",
    "agent sociocommunautaire": "community relations officer",
    "analyste stratégique": "strategic analyst",
    "intervenant psychosocial": "psychosocial worker",
    "intervenant scolaire": "school worker",
    "intervenant de milieu": "outreach worker",
    "coordonnateur": "coordinator",
    "gestionnaire": "manager",
    "dégagé": "released",
    "embauché": "hired",
    "temps plein": "full time",
    "temps partiel": "part time",
    "remplacement": "replacement",
    "départ": "departure",
    "fin de mandat": "end of mandate",
    "congé": "leave",
    # prevention in schools, subcommittee, partnership
    "visite de classe": "class visit",
    "résidence": "school residency",
    "présentation conjointe": "joint presentation",
    "secondaire 2": "secondary 2",
    "secondaire 3": "secondary 3",
    "présence": "attendance",
    "préoccupation": "concern",
    "action concertée": "concerted action",
    "partenaire": "partner",
    "délégué": "delegate",
    "poste de coordination": "coordination post",
    "rencontre de la table": "table meeting",
    # prevention
    "primaire": "primary",
    "secondaire": "secondary",
    "tertiaire": "tertiary",
    "victime": "victim",
    "proxénète": "procurer",
    "client": "client",
    # who works where, and who told
    "police": "police",
    "protection de la jeunesse": "youth protection",
    "santé et services sociaux": "health and social services",
    "municipal": "municipal",
    "aide aux victimes": "victim support",
    "communautaire": "community",
    "école": "school",
    "organisme communautaire": "community organisation",
    "famille": "family",
    "jeune": "the youth",
    # social networks, housing, operations
    "profil personnel": "personal profile",
    "outil dédié": "dedicated tool",
    "sur le territoire": "in the territory",
    "à distance": "remote",
    "SPAL seul": "SPAL alone",
    "avec l'ERM": "with the ERM",
    # funding and outreach; funds keep their names
    "CRÉ de Longueuil": "CRÉ de Longueuil",
    "Forum jeunesse Longueuil": "Forum jeunesse Longueuil",
    "ministère de la Sécurité publique": "ministère de la Sécurité publique",
    "PAFARC": "PAFARC",
    "activités": "activities",
    # from one service to the next
    "demande": "request",
    "dépistage primaire": "primary detection",
    "dépistage secondaire": "secondary detection",
    "dépistage tertiaire": "tertiary detection",
    "même service": "same service",
    "autre service": "other service",
    "conférence de presse": "press conference",
    "prix": "prize",
    "présentation": "presentation",
    "jalon de recherche": "research milestone",
    "sensibilisation à la thérapie de réseau": "awareness of network therapy",
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
