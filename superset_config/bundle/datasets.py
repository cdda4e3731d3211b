"""The datasets: queries on the published tables that write figures and periods in words."""

from bundle.model import Dataset, text

PLACE_AND_PERIOD = {
    "code": ("VARCHAR", "Code"),
    "programme": ("VARCHAR", "Programme"),
    "territoire": ("VARCHAR", "Territoire"),
    "genre_periode": ("VARCHAR", "Type de période"),
    "periode": ("VARCHAR", "Période"),
}
IN_THE_MONTH = "Dans le mois"
HIDDEN = "Masqué (hauteur sans valeur)"
RUNNING_TOTAL = "Cumul depuis le début"
COUNT = "Nombre"


def _query(name: str) -> str:
    return text("cellules.sql") + text(f"{name}.sql")


FIGURES = Dataset(
    "chiffres",
    {
        **PLACE_AND_PERIOD,
        "debut": ("DATE", "Du"),
        "fin": ("DATE", "Au"),
        "indicateur": ("VARCHAR", "Indicateur"),
        "niveau": ("VARCHAR", "Niveau"),
        "organisation": ("VARCHAR", "Organisation"),
        "ventilation": ("VARCHAR", "Ventilation"),
        "valeur": ("DOUBLE", "Valeur"),
        "chiffre": ("VARCHAR", "Chiffre"),
        "chiffre_ecrit": ("VARCHAR", "Chiffre"),
        "unite": ("VARCHAR", "Unité"),
        "n": ("VARCHAR", "n"),
        "taux_liaison": ("VARCHAR", "Taux de liaison"),
        "precision": ("VARCHAR", "Précision"),
        "sans_chiffre": ("VARCHAR", "Pourquoi sans chiffre"),
        "statut": ("VARCHAR", "Statut"),
    },
    sql=_query("chiffres"),
)
MONTHS = Dataset(
    "par_mois",
    {
        **PLACE_AND_PERIOD,
        "mois": ("DATE", "Mois"),
        "nombre": ("DOUBLE", "Nombre"),
        "masque": ("INTEGER", "Masqué"),
        "cumul": ("DOUBLE", "Cumul"),
    },
    {IN_THE_MONTH: "SUM(nombre)", HIDDEN: "SUM(masque)", RUNNING_TOTAL: "MAX(cumul)"},
    sql=_query("par_mois"),
)
PARTS = Dataset(
    "repartition",
    {
        **PLACE_AND_PERIOD,
        "ventilation": ("VARCHAR", "Ventilation"),
        "part": ("VARCHAR", "Part"),
        "nombre": ("DOUBLE", "Nombre"),
    },
    {COUNT: "SUM(nombre)"},
    sql=_query("repartition"),
)
STATE = Dataset(
    "etat",
    {
        "programme": ("VARCHAR", "Programme"),
        "publication": ("VARCHAR", "Publication"),
        "connu_au": ("VARCHAR", "Connu au"),
        "publie_le": ("VARCHAR", "Publié le"),
        "synthetique": ("VARCHAR", "Données synthétiques"),
        "en_attente": ("VARCHAR", "En attente"),
    },
    sql=_query("etat"),
)
PERIODS = Dataset(
    "periodes",
    {
        "programme": ("VARCHAR", "Programme"),
        "genre_periode": ("VARCHAR", "Type de période"),
        "periode": ("VARCHAR", "Période"),
        "territoire": ("VARCHAR", "Territoire"),
        "rang": ("INTEGER", "Rang"),
        "depuis": ("BIGINT", "Depuis"),
        "rang_territoire": ("INTEGER", "Rang du territoire"),
    },
    {
        "Ordre des types": "MIN(rang)",
        "Ordre des périodes": "MIN(depuis)",
        "Ordre des territoires": "MIN(rang_territoire)",
    },
    sql=_query("periodes"),
)
CATALOGUE = Dataset(
    "kpi_catalogue",
    {
        "code": ("VARCHAR", "Code"),
        "name_fr": ("VARCHAR", "Indicateur"),
        "definition_fr": ("VARCHAR", "Définition"),
        "numerator_fr": ("VARCHAR", "Numérateur"),
        "denominator_fr": ("VARCHAR", "Dénominateur"),
        "unit_fr": ("VARCHAR", "Unité"),
        "source": ("VARCHAR", "Source"),
    },
)
DATASETS = (FIGURES, MONTHS, PARTS, STATE, PERIODS, CATALOGUE)
