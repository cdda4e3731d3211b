"""The words a reader sees beside a figure: periods, statuses and breakdowns, in French."""

from datetime import date

import polars as pl

STATUSES = {
    "value": "publié",
    "true_zero": "zéro",
    "suppressed": "masqué pour protéger les personnes",
    "missing": "ne s'applique pas",
    "not_yet_reported": "pas encore reçu",
}
BREAKDOWNS = {
    "motif": "motif",
    "gang": "lien avec un gang",
    "infraction": "infraction",
    "issue": "issue de la cause",
    "sexe": "sexe",
    "fugue": "en fugue",
    "ressource": "ressource",
    "direction": "direction",
    "nature": "nature de l'information",
    "milieu": "milieu",
    "raison_refus": "raison du refus",
    "theme": "thème",
    "categorie": "catégorie d'emploi",
    "role": "rôle",
    "lien": "lien d'emploi",
    "niveau": "niveau",
    "activite": "activité",
    "bailleur": "bailleur de fonds",
    "volet": "volet",
    "conduite": "conduite",
    "axe": "axe de prévention",
    "cible": "cible",
    "axe_cible": "axe et cible",
    "source": "source",
    "service": "service",
    "moyen": "moyen",
    "lieu": "lieu",
    "trajet": "trajet",
    "breach": "motif du refus",
    "log": "journal",
}
# Only what the partners do not already write in words.
BREAKDOWN_VALUES = {
    ("sexe", "F"): "féminin",
    ("sexe", "M"): "masculin",
    ("sexe", "X"): "autre (X)",
    ("breach", "consent_breach"): "nom transmis sans consentement",
    ("breach", "consent_withdrawn"): "nom transmis après le retrait du consentement",
    ("breach", "protocol_breach"): "communication que le protocole ne permet pas",
}
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
TOTAL = "Depuis le début"
NAMED_BY_THE_CALENDAR = ("phase", "programme_year")


def period_label(kind: str, start: date) -> str:
    """« mars 2010 », « T3 2010 », « 2010-2011 » or « Depuis le début ».

    Phases and programme years have their names in the reference calendar: ValueError for them,
    as for any kind that is not known.
    """
    match kind:
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case "quarter":
            return f"T{(start.month + 2) // 3} {start.year}"
        case "fiscal_year":
            return f"{start.year}-{start.year + 1}"
        case "total":
            return TOTAL
        case _:
            raise ValueError(f"no label is computed for a period of kind {kind}")


def with_words(cells: pl.DataFrame, calendar: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """`cells` with `status_fr`, `breakdown_fr`, `breakdown_value_fr`, `period_label`, `programme_name`.

    `calendar` is the reference's periods (`programme`, `kind`, `starts_on`, `label_fr`) and
    `programmes` its programmes (`code`, `name_fr`). Rows and their order are kept. ValueError where
    a period has no label.
    """
    labels = _period_labels(cells, calendar)
    names = programmes.select(programme="code", programme_name="name_fr")
    values = pl.DataFrame(
        [(breakdown, value, words) for (breakdown, value), words in BREAKDOWN_VALUES.items()],
        schema=["breakdown", "breakdown_value", "breakdown_value_fr"],
        orient="row",
    )
    return (
        cells.join(labels, on=["programme", "period_kind", "period_start"], how="left", maintain_order="left")
        .join(names, on="programme", how="left", maintain_order="left")
        .join(values, on=["breakdown", "breakdown_value"], how="left", maintain_order="left")
        .with_columns(
            pl.col("breakdown_value_fr").fill_null(pl.col("breakdown_value")),
            pl.col("status").replace_strict(STATUSES).alias("status_fr"),
            pl.col("breakdown").replace(BREAKDOWNS).alias("breakdown_fr"),
        )
    )


def _period_labels(cells: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct period of `cells`, with its label."""
    named = {
        (row["programme"], row["kind"], row["starts_on"]): row["label_fr"]
        for row in calendar.iter_rows(named=True)
    }
    periods = cells.select("programme", "period_kind", "period_start").unique()
    labels = [_label(programme, kind, start, named) for programme, kind, start in periods.iter_rows()]
    return periods.with_columns(pl.Series("period_label", labels, dtype=pl.String))


def _label(programme: str, kind: str, start: date, named: dict[tuple[str, str, date], str]) -> str:
    if kind not in NAMED_BY_THE_CALENDAR:
        return period_label(kind, start)
    try:
        return named[programme, kind, start]
    except KeyError:
        raise ValueError(f"the calendar names no {kind} of {programme} from {start}") from None
