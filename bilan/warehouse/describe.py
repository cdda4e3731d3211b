"""The KPI catalogue told in French, as the page that directors and reviewers read.

`python -m bilan.warehouse.describe dbt_project/target/manifest.json docs/indicateurs.md` writes it, after
`make manifest`; a test sees that it has not drifted.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bilan.warehouse.catalogue import Kpi, read_catalogue

_INTRODUCTION = """# Les indicateurs

Cette page est produite à partir du catalogue (le `meta` des modèles de `dbt_project/models/kpi`) par
`python -m bilan.warehouse.describe dbt_project/target/manifest.json docs/indicateurs.md`, après
`make manifest` : on change le catalogue, jamais la page.

Un code sans point est la mesure principale ; `code.suffixe` l'accompagne. Une personne est comptée une fois
par période demandée : les mois ne s'additionnent pas. Chaque chiffre existe pour l'ensemble de son programme
et, selon son grain, par territoire et par partenaire ; par période : depuis le début, phase, année du
programme, année financière, trimestre, mois. Les trimestres se comptent depuis le premier mois du
programme. N'est diffusé que ce que quelqu'un lit : les niveaux sont dits avec leur raison.

Ajouter un indicateur, c'est écrire son SQL et son entrée (`dbt_project/models/kpi/_*.yml`), nommer un modèle
nouveau dans `kpi_values.sql` et `exposures.yml`, et le placer sur un tableau ou dans le bilan imprimé. La
protection, les cumuls (`adds_up`), le signe d'un gain (`signed`), ce qui est dit à côté d'un chiffre clé
(`companion`) et cette page viennent de l'entrée ; une propriété qui manque arrête `make check`, qui nomme
l'indicateur et la propriété (`bilan/warehouse/catalogue.py` les définit toutes).

Ce qu'aucun relevé d'un journal n'atteint n'est pas encore reçu : ce n'est jamais un zéro. Un chiffre dont
tous les expéditeurs n'ont pas dit la période jusqu'à sa fin est provisoire, et dit jusqu'où (`covered_to`).
Un indicateur dont les journaux ne sont d'aucun lieu n'existe que pour l'ensemble du territoire.

Un chiffre qui compte des personnes porte son taux de liaison (`link_rate`) : parmi les personnes de cette
cellule, la part de celles que plus d'un jeton désigne, c'est-à-dire que la liaison a réunies. Rien n'y est
écrit là où aucune personne n'est comptée ni, dans les publications, là où de une à quatre personnes sont
liées, ou ne le sont pas."""
_FORMATS = {
    "count": "nombre",
    "rate": "proportion",
    "days": "jours",
    "points": "points",
    "amount": "dollars",
    "ratio": "nombre moyen",
}
_DISCLOSURE = {
    "public": "publié",
    "partner": "réservé aux partenaires",
    "steward": "réservé à l'intendance",
}
_GRAIN = {"territory": "territoire", "partner": "partenaire"}
_KINDS = {
    "total": "depuis le début",
    "phase": "phase",
    "programme_year": "année du programme",
    "fiscal_year": "année financière",
    "quarter": "trimestre",
    "month": "mois",
}
_NOT_APPLICABLE = "sans objet"


def describe(catalogue: Iterable[Kpi]) -> str:
    """The whole page, in Markdown, by code."""
    return "\n\n".join([_INTRODUCTION, *(_entry(kpi) for kpi in catalogue)]) + "\n"


def _entry(kpi: Kpi) -> str:
    lines = [
        f"## {kpi.code} · {kpi.name_fr}",
        kpi.definition_fr,
        "\n".join(f"- {label} : {said}" for label, said in _facts(kpi) if said),
    ]
    return "\n\n".join(lines)


def _facts(kpi: Kpi) -> list[tuple[str, str]]:
    share = "" if kpi.denominator_fr == _NOT_APPLICABLE else f"{kpi.numerator_fr} / {kpi.denominator_fr}"
    return [
        ("Calcul", share),
        ("Unité", f"{kpi.unit_fr} ({_FORMATS[kpi.format]})"),
        ("Programmes", ", ".join(kpi.programmes)),
        ("Aussi par", ", ".join(word for name, word in _GRAIN.items() if name in kpi.grain)),
        ("Ventilé par", ", ".join(f"`{name}`" for name in kpi.breakdowns)),
        ("Journaux", ", ".join(f"`{log}`" for log in kpi.logs)),
        ("Diffusion", _DISCLOSURE[kpi.disclosure]),
        ("Niveaux diffusés", f"{_levels(kpi.publishes)}. {_sentence(kpi.publishes['because'])}"),
        ("Source", kpi.source),
    ]


def _levels(publishes: Mapping[str, Any]) -> str:
    """Which kinds of periods are published, for the whole, by territory and by each breakdown."""
    levels = {
        "ensemble": publishes["whole"],
        "par territoire": publishes["territory"],
        **{f"par `{name}`": kinds for name, kinds in publishes["breakdown"].items()},
    }
    said = (
        f"{name} : {', '.join(_KINDS[kind] for kind in kinds)}" for name, kinds in levels.items() if kinds
    )
    return " ; ".join(said)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(describe(read_catalogue(Path(sys.argv[1]))), encoding="utf-8")
