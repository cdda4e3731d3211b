"""What each column of a package is: type, meaning in French and in English, and what it may hold."""

from dataclasses import dataclass, field
from typing import Any

from bilan.dashboards.tables import CATALOGUE
from bilan.release.package.frozen import COLUMNS
from bilan.release.package.statuses import STATUSES


@dataclass(frozen=True)
class Column:
    """A column as a Table Schema field describes it."""

    kind: str  # of Table Schema: string, number, integer, date
    french: str
    english: str
    constraints: dict[str, Any] = field(default_factory=dict)

    def described(self, name: str) -> dict[str, Any]:
        """The field descriptor; `description_en` is ours, as Table Schema has one language."""
        description = {
            "name": name,
            "type": self.kind,
            "description": self.french,
            "description_en": self.english,
        }
        return {**description, "constraints": self.constraints} if self.constraints else description


_REQUIRED = {"required": True}
_SHARE = {"minimum": 0, "maximum": 1}
_ALL = "vide : toutes confondues"
_ALL_EN = "empty: all together"

FIGURES = {
    "code": Column("string", "code de l'indicateur", "code of the indicator", _REQUIRED),
    "programme": Column("string", "programme", "programme", _REQUIRED),
    "territory": Column("string", f"territoire ; {_ALL}", f"territory; {_ALL_EN}"),
    "partner": Column("string", "partenaire ; vide : tous", "partner; empty: all"),
    "period_kind": Column("string", "sorte de période", "kind of period", _REQUIRED),
    "period_start": Column("date", "premier jour de la période", "first day of the period", _REQUIRED),
    "period_end": Column("date", "dernier jour de la période", "last day of the period"),
    "breakdown": Column(
        "string", "ce selon quoi le chiffre est ventilé", "what the figure is broken down by"
    ),
    "breakdown_value": Column("string", f"valeur de la ventilation ; {_ALL}", f"value of it; {_ALL_EN}"),
    "value": Column("number", "le chiffre, non arrondi ; un taux est une fraction", "the figure, unrounded"),
    "low": Column("number", "borne basse de l'intervalle à 95 %", "lower bound of the 95 % interval"),
    "high": Column("number", "borne haute de l'intervalle à 95 %", "upper bound of the 95 % interval"),
    "numerator": Column("number", "numérateur", "numerator"),
    "denominator": Column("number", "dénominateur", "denominator"),
    "n_persons": Column(
        "integer", "personnes distinctes comptées", "distinct persons counted", {"minimum": 0}
    ),
    "link_rate": Column(
        "number",
        "part de ces personnes que plus d'un jeton désigne",
        "share of those persons whom more than one token designates",
        _SHARE,
    ),
    "covered_to": Column(
        "date",
        "dernier jour de la période que tous ses journaux disent ; avant sa fin, le chiffre est provisoire",
        "last day of the period that all its logs tell; before its end, the figure is provisional",
    ),
    "status": Column(
        "string", "statut du chiffre", "status of the figure", {**_REQUIRED, "enum": [*STATUSES]}
    ),
    "obs_status": Column(
        "string",
        "statut, code SDMX CL_OBS_STATUS",
        "status, SDMX code of CL_OBS_STATUS",
        {**_REQUIRED, "enum": sorted({status.obs_status for status in STATUSES.values()})},
    ),
    "conf_status": Column(
        "string",
        "confidentialité, code SDMX CL_CONF_STATUS",
        "confidentiality, SDMX code of CL_CONF_STATUS",
        {**_REQUIRED, "enum": sorted({status.conf_status for status in STATUSES.values()})},
    ),
    "known_at": Column("date", "date du dernier relevé pris en compte", "date of the last statement known"),
    "status_fr": Column("string", "statut, en français", "status, in French"),
    "breakdown_fr": Column("string", "ventilation, en français", "breakdown, in French"),
    "breakdown_value_fr": Column("string", "sa valeur, en français", "its value, in French"),
    "period_label": Column("string", "nom de la période", "name of the period"),
    "programme_name": Column("string", "nom du programme", "name of the programme"),
    "provisional_fr": Column(
        "string",
        "jusqu'où le chiffre est dit, s'il est provisoire",
        "how far the figure is told, if provisional",
    ),
}
CATALOGUE_FIELDS = {
    "code": Column("string", "code de l'indicateur", "code of the indicator", _REQUIRED),
    "name_fr": Column("string", "nom, en français", "name, in French"),
    "name_en": Column("string", "nom, en anglais", "name, in English"),
    "definition_fr": Column("string", "définition, en français", "definition, in French"),
    "definition_en": Column("string", "définition, en anglais", "definition, in English"),
    "numerator_fr": Column("string", "numérateur, en français", "numerator, in French"),
    "numerator_en": Column("string", "numérateur, en anglais", "numerator, in English"),
    "denominator_fr": Column("string", "dénominateur, en français", "denominator, in French"),
    "denominator_en": Column("string", "dénominateur, en anglais", "denominator, in English"),
    "unit_fr": Column("string", "unité, en français", "unit, in French"),
    "unit_en": Column("string", "unité, en anglais", "unit, in English"),
    "format": Column("string", "sorte de nombre", "kind of number"),
    "grain": Column("string", "par quoi le chiffre existe aussi", "what the figure also exists by"),
    "logs": Column("string", "journaux dont il vient", "logs that it comes from"),
    "source": Column("string", "source de la définition", "source of the definition"),
    "disclosure": Column("string", "à qui il est montré", "whom it is shown to"),
    "rounding": Column("string", "arrondi à l'affichage", "rounding when displayed"),
    "programmes": Column("string", "programmes concernés", "programmes concerned"),
    "breakdowns": Column("string", "ventilations", "breakdowns"),
}


def described(columns: tuple[str, ...], fields: dict[str, Column]) -> list[dict[str, Any]]:
    """The field descriptors of those columns, in their order."""
    return [fields[name].described(name) for name in columns]


def figure_fields() -> list[dict[str, Any]]:
    """The fields of `data/kpi_values.csv`."""
    return described(COLUMNS, FIGURES)


def catalogue_fields() -> list[dict[str, Any]]:
    """The fields of `data/kpi_catalogue.csv`."""
    return described(CATALOGUE, CATALOGUE_FIELDS)
