"""Closed lists that several contracts share: the partners' own words, each with its English."""

from bilan.contracts.contract import Choice

AUTRE = Choice("autre", "other")

MOTIFS = (
    Choice("proxénétisme", "procuring"),
    Choice("traite de personnes", "human trafficking"),
    Choice("agression sexuelle", "sexual assault"),
    Choice("obtention de services sexuels", "obtaining sexual services"),
    Choice("pornographie juvénile", "child pornography"),
    Choice("stupéfiants", "narcotics"),
    AUTRE,
)

EN_COURS = Choice("en cours", "under way")
ISSUES_CONCLUANTES = (
    Choice("plaidoyer de culpabilité", "guilty plea"),
    Choice("verdict de culpabilité", "guilty verdict"),
    Choice("acquittement", "acquittal"),
    Choice("retrait", "withdrawal"),
    Choice("arrêt des procédures", "stay of proceedings"),
)

SEXES = (Choice("F", "female"), Choice("M", "male"), Choice("X", "other (X)"))

_AIDES = (
    Choice("hébergement", "housing"),
    Choice("suivi psychosocial", "psychosocial follow-up"),
    Choice("soutien aux victimes", "victim support"),
    Choice("toxicomanie", "addiction services"),
    Choice("scolaire", "schools"),
    Choice("protection", "youth protection"),
)
MOTIFS_REFERENCE = (*_AIDES, AUTRE)
ACCEPTEE = Choice("acceptée", "accepted")
REFUSEE = Choice("refusée", "refused")
EN_ATTENTE = Choice("en attente", "pending")
RAISONS_REFUS = (
    Choice("hors critères d'inclusion", "outside the inclusion criteria"),
    Choice("hors territoire", "outside the territory"),
    Choice("manque de place", "no place available"),
    Choice("refus du jeune", "refused by the youth"),
    AUTRE,
)

NATURES = (
    Choice("proxénète présumé", "suspected procurer"),
    Choice("entourage", "associates"),
    Choice("lieu de rencontre", "meeting place"),
    Choice("véhicule", "vehicle"),
    Choice("recruteur potentiel", "potential recruiter"),
    Choice("jeune à risque", "youth at risk"),
    AUTRE,
)

THEMES = (
    Choice("exploitation sexuelle", "sexual exploitation"),
    Choice("victimologie", "victimology"),
    Choice("stress post-traumatique", "post-traumatic stress"),
    Choice("délinquance", "delinquency"),
    Choice("santé mentale", "mental health"),
    Choice("travail ensemble", "working together"),
    AUTRE,
)

CATEGORIES_EMPLOI = (
    Choice("policier", "police officer"),
    Choice("analyste", "analyst"),
    Choice("intervenant", "practitioner"),
    Choice("coordination", "coordination"),
    Choice("direction", "management"),
    AUTRE,
)
ROLES = (
    Choice("lieutenant-détective", "detective lieutenant"),
    Choice("sergent-détective", "detective sergeant"),
    Choice("agent de renseignement", "intelligence officer"),
    Choice("agent sociocommunautaire", "community relations officer"),
    Choice("analyste stratégique", "strategic analyst"),
    Choice("intervenant psychosocial", "psychosocial worker"),
    Choice("intervenant scolaire", "school worker"),
    Choice("intervenant de milieu", "outreach worker"),
    Choice("coordonnateur", "coordinator"),
    Choice("gestionnaire", "manager"),
    AUTRE,
)
LIENS_EMPLOI = (Choice("dégagé", "released"), Choice("embauché", "hired"), AUTRE)
TEMPS_EMPLOI = (Choice("temps plein", "full time"), Choice("temps partiel", "part time"))
MOTIFS_DEPART = (
    Choice("remplacement", "replacement"),
    Choice("départ", "departure"),
    Choice("fin de mandat", "end of mandate"),
    Choice("congé", "leave"),
    AUTRE,
)

VISITE, RESIDENCE, PRESENTATION = (
    Choice("visite de classe", "class visit"),
    Choice("résidence", "school residency"),
    Choice("présentation conjointe", "joint presentation"),
)
NIVEAUX = (Choice("secondaire 2", "secondary 2"), Choice("secondaire 3", "secondary 3"), AUTRE)

PRESENCE, PREOCCUPATION, ACTION = (
    Choice("présence", "attendance"),
    Choice("préoccupation", "concern"),
    Choice("action concertée", "concerted action"),
)

AXES = (Choice("primaire", "primary"), Choice("secondaire", "secondary"), Choice("tertiaire", "tertiary"))
CIBLES = (Choice("victime", "victim"), Choice("proxénète", "procurer"), Choice("client", "client"))
SOURCES_DEPISTAGE = (
    Choice("police", "police"),
    Choice("protection de la jeunesse", "youth protection"),
    Choice("école", "school"),
    Choice("organisme communautaire", "community organisation"),
    Choice("aide aux victimes", "victim support"),
    Choice("famille", "family"),
    Choice("jeune", "the youth"),
    AUTRE,
)

SERVICES = (*_AIDES, Choice("travail de milieu", "outreach work"), AUTRE)
CRITERES_NON_SATISFAITS, TRANSFEREE = (
    Choice("critères non satisfaits", "criteria not met"),
    Choice("transférée", "transferred"),
)

MOYENS = (Choice("profil personnel", "personal profile"), Choice("outil dédié", "dedicated tool"), AUTRE)

OFFERTE = Choice("offerte", "offered")
LIEUX = (Choice("sur le territoire", "in the territory"), Choice("à distance", "remote"))

BAILLEURS = (
    Choice("CRÉ de Longueuil", "CRÉ de Longueuil"),
    Choice("Forum jeunesse Longueuil", "Forum jeunesse Longueuil"),
    Choice("ministère de la Sécurité publique", "ministère de la Sécurité publique"),
    Choice("PAFARC", "PAFARC"),
    AUTRE,
)
VOLETS = (Choice("coordination", "coordination"), Choice("activités", "activities"))

PARTENAIRE, DELEGUE = Choice("partenaire", "partner"), Choice("délégué", "delegate")
POSTE_COORDINATION, RENCONTRE_TABLE = (
    Choice("poste de coordination", "coordination post"),
    Choice("rencontre de la table", "table meeting"),
)

ACTIVITES_RAYONNEMENT = (
    Choice("conférence de presse", "press conference"),
    Choice("prix", "prize"),
    Choice("présentation", "presentation"),
    Choice("jalon de recherche", "research milestone"),
    Choice("sensibilisation à la thérapie de réseau", "awareness of network therapy"),
    AUTRE,
)

SEUL, AVEC_ERM = Choice("SPAL seul", "SPAL alone"), Choice("avec l'ERM", "with the ERM")
