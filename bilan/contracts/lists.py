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
