"""Every word that a board says, in French and in English: the one source of the two twins.

French is the original. A key that is asked for and not here is a KeyError when the bundle is written.
"""

from bilan.dashboards.boards import LANGUAGES, Language

COMMON = {
    "known_at": ("Données connues au", "Data as known on"),
    "release": ("diffusion n°", "release no."),
    "of": ("du", "of"),
    "synthetic": ("données synthétiques", "synthetic data"),
    "synthetic_note": (
        "Aucun chiffre de cette page ne décrit une personne ou une opération réelle.",
        "No figure on this page describes a real person or operation.",
    ),
    "awaited": ("En attente, pas encore reçu", "Awaited, not yet received"),
    "definition": ("Définition", "Definition"),
    "unsure": ("trop peu pour conclure", "too few to conclude"),
    "provisional": ("Provisoire :", "Provisional:"),
    "as_known": ("tel que connu au", "as known on"),
    "source": ("Source :", "Source:"),
    "withheld": (
        "Non diffusé pour cette période ou ce territoire : trop peu de personnes, ou rien n'a été transmis.",
        "Not published for this period or territory: too few persons, or nothing was sent.",
    ),
    "part": ("Part", "Part"),
    "number": ("Nombre", "Number"),
    "years_first": ("Indicateur", "Measure"),
    "numerator": ("Numérateur :", "Numerator:"),
    "denominator": ("Dénominateur :", "Denominator:"),
    "hidden": ("masqué", "hidden"),
    "other_language": ("en", "fr"),
    "other_board": ("English", "Français"),
    "detail": (
        "Le détail : tous les chiffres de la période et du territoire choisis",
        "The detail: every figure of the period and territory chosen",
    ),
    "definitions": ("Définitions et sources", "Definitions and sources"),
    "key_figures": ("Chiffres clés", "Key figures"),
    "filter_kind": ("Type de période", "Kind of period"),
    "filter_period": ("Période", "Period"),
    "filter_territory": ("Territoire", "Territory"),
    "filter_release": ("Diffusion", "Release"),
    "filter_programme": ("Programme", "Programme"),
    "newest": ("La plus récente", "Latest"),
    "everywhere": ("Tous les territoires", "All territories"),
    "prevention": ("Prévention Jeunesse", "Prévention Jeunesse (youth prevention)"),
    "kind_total": ("Depuis le début", "Since the beginning"),
    "kind_phase": ("Phase", "Phase"),
    "months_axis": ("Mois depuis le dépistage", "Months since detection"),
    "share_axis": ("Part des jeunes", "Share of youths"),
    "running_axis": ("Cumul", "Running total"),
    "quarter_format": ("%b %Y", "%b %Y"),  # a quarter of the programme, by its first month
}
COLUMNS = {
    "code": ("Code", "Code"),
    "programme": ("Programme", "Programme"),
    "territory": ("Territoire", "Territory"),
    "period_kind": ("Type de période", "Kind of period"),
    "period": ("Période", "Period"),
    "diffusion": ("Diffusion", "Release"),
    "name": ("Indicateur", "Measure"),
    "part": ("Ventilation", "Part"),
    "figure": ("Chiffre", "Figure"),
    "unit": ("Unité", "Unit"),
    "n": ("n", "n"),
    "interval": ("Intervalle", "Interval"),
    "link_rate": ("Taux de liaison", "Link rate"),
    "status": ("Statut", "Status"),
    "provisional": ("Provisoire", "Provisional"),
    "organisation": ("Organisation", "Organisation"),
    "log": ("Journal", "Log"),
    "statement": ("Relevé du", "Statement of"),
    "reason": ("Raison", "Reason"),
    "heading": ("Colonne", "Column"),
    "rows": ("Lignes", "Rows"),
    "age": ("Depuis", "For"),
    "open": ("Suite", "Follow-up"),
}


class Words:
    """The words of one language."""

    def __init__(self, language: Language, *catalogues: dict[str, tuple[str, str]]) -> None:
        self.language = language
        self.suffix = f"_{language}"
        self._at = LANGUAGES.index(language)
        self._words = {key: pair for catalogue in (COMMON, *catalogues) for key, pair in catalogue.items()}

    def __getitem__(self, key: str) -> str:
        """The words of a key. KeyError where the catalogues have none."""
        return self._words[key][self._at]

    def either(self, french: str, english: str) -> str:
        """The one of the two that this language reads."""
        return (french, english)[self._at]

    def fill(self, template: str) -> str:
        """A template with its `[[key]]` replaced by words and `§` by the suffix of the language's columns."""
        parts = template.replace("§", self.suffix).split("[[")
        filled = [parts[0]]
        for part in parts[1:]:
            key, rest = part.split("]]", 1)
            filled.append(self[key] + rest)
        return "".join(filled)
