"""The English of the closed lists that partners answer with, and of what figures are broken down by.

A value that is not here stands as it is: codes of partners, names of funds. A test holds these lists
against `bilan.contracts`.
"""

from bilan.contracts import CONTRACTS

BREAKDOWNS_EN = {
    "motif": "ground",
    "gang": "gang involvement",
    "infraction": "offence",
    "issue": "outcome of the case",
    "sexe": "sex",
    "fugue": "runaway",
    "ressource": "resource",
    "direction": "direction",
    "nature": "kind of information",
    "milieu": "sector",
    "raison_refus": "reason for refusal",
    "theme": "topic",
    "categorie": "job category",
    "role": "role",
    "lien": "employment",
    "niveau": "grade",
    "activite": "activity",
    "bailleur": "funder",
    "volet": "component",
    "conduite": "conduct",
    "axe": "prevention axis",
    "cible": "target",
    "axe_cible": "axis and target",
    "source": "source",
    "service": "service",
    "moyen": "means",
    "lieu": "place",
    "trajet": "path between services",
    "breach": "ground for refusal",
    "log": "log",
}
STATUSES_EN = {
    "value": "published",
    "true_zero": "zero",
    "suppressed": "hidden to protect persons",
    "missing": "not applicable",
    "not_yet_reported": "not yet received",
}
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TOTAL_EN = "Since the beginning"
VALUES_EN = {
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
    "F": "female",
    "M": "male",
    "X": "other (X)",
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
    # refusals that protect privacy
    "consent_breach": "name sent without consent",
    "consent_withdrawn": "name sent after consent was withdrawn",
    "protocol_breach": "communication that the protocol does not allow",
    **{log: contract.title_en for log, contract in CONTRACTS.items()},
}
# Where the same French word means something else.
VALUES_OF_EN = {
    ("service", "scolaire"): "school services",
    ("trajet", "scolaire"): "school services",
}
PAIRS = (" × ", " > ")  # « primaire × victime », « hébergement > scolaire »: both sides are in the lists


def value_in_english(breakdown: str, value: str) -> str:
    """A breakdown's value as an English reader reads it."""
    for sign in PAIRS:
        if sign in value:
            return sign.join(value_in_english(breakdown, part) for part in value.split(sign))
    return VALUES_OF_EN.get((breakdown, value)) or VALUES_EN.get(value, value)
