"""Closed lists that several contracts share, in the partners' own words."""

AUTRE = "autre"

MOTIFS = (
    "proxénétisme",
    "traite de personnes",
    "agression sexuelle",
    "obtention de services sexuels",
    "pornographie juvénile",
    "stupéfiants",
    AUTRE,
)

EN_COURS = "en cours"
ISSUES_CONCLUANTES = (
    "plaidoyer de culpabilité",
    "verdict de culpabilité",
    "acquittement",
    "retrait",
    "arrêt des procédures",
)

SEXES = ("F", "M", "X")

MOTIFS_REFERENCE = (
    "hébergement",
    "suivi psychosocial",
    "soutien aux victimes",
    "toxicomanie",
    "scolaire",
    "protection",
    AUTRE,
)
ACCEPTEE = "acceptée"
REFUSEE = "refusée"
EN_ATTENTE = "en attente"
RAISONS_REFUS = (
    "hors critères d'inclusion",
    "hors territoire",
    "manque de place",
    "refus du jeune",
    AUTRE,
)

NATURES = (
    "proxénète présumé",
    "entourage",
    "lieu de rencontre",
    "véhicule",
    "recruteur potentiel",
    "jeune à risque",
    AUTRE,
)

THEMES = (
    "exploitation sexuelle",
    "victimologie",
    "stress post-traumatique",
    "délinquance",
    "santé mentale",
    "travail ensemble",
    AUTRE,
)

CATEGORIES_EMPLOI = ("policier", "analyste", "intervenant", "coordination", "direction", AUTRE)
ROLES = (
    "lieutenant-détective",
    "sergent-détective",
    "agent de renseignement",
    "agent sociocommunautaire",
    "analyste stratégique",
    "intervenant psychosocial",
    "intervenant scolaire",
    "intervenant de milieu",
    "coordonnateur",
    "gestionnaire",
    AUTRE,
)
LIENS_EMPLOI = ("dégagé", "embauché", AUTRE)
TEMPS_EMPLOI = ("temps plein", "temps partiel")
MOTIFS_DEPART = ("remplacement", "départ", "fin de mandat", "congé", AUTRE)

VISITE, RESIDENCE, PRESENTATION = "visite de classe", "résidence", "présentation conjointe"
NIVEAUX = ("secondaire 2", "secondaire 3", AUTRE)

PRESENCE, PREOCCUPATION, ACTION = "présence", "préoccupation", "action concertée"

AXES = ("primaire", "secondaire", "tertiaire")
CIBLES = ("victime", "proxénète", "client")
SOURCES_DEPISTAGE = (
    "police",
    "protection de la jeunesse",
    "école",
    "organisme communautaire",
    "aide aux victimes",
    "famille",
    "jeune",
    AUTRE,
)

SERVICES = (
    "hébergement",
    "suivi psychosocial",
    "soutien aux victimes",
    "toxicomanie",
    "scolaire",
    "protection",
    "travail de milieu",
    AUTRE,
)
CRITERES_NON_SATISFAITS, TRANSFEREE = "critères non satisfaits", "transférée"

MOYENS = ("profil personnel", "outil dédié", AUTRE)

OFFERTE = "offerte"
LIEUX = ("sur le territoire", "à distance")

BAILLEURS = (
    "CRÉ de Longueuil",
    "Forum jeunesse Longueuil",
    "ministère de la Sécurité publique",
    "PAFARC",
    AUTRE,
)
VOLETS = ("coordination", "activités")

PARTENAIRE, DELEGUE = "partenaire", "délégué"
POSTE_COORDINATION, RENCONTRE_TABLE = "poste de coordination", "rencontre de la table"

ACTIVITES_RAYONNEMENT = (
    "conférence de presse",
    "prix",
    "présentation",
    "jalon de recherche",
    "sensibilisation à la thérapie de réseau",
    AUTRE,
)

SEUL, AVEC_ERM = "SPAL seul", "avec l'ERM"
