"""What a partner reads, in French, about what was taken or left out without being refused.

No sentence quotes a cell.
"""

from bilan.intake.inputs import Warned

HIDDEN_SHEET, HELP_SHEET, OLD_COPY = "hidden_sheet", "help_sheet", "old_copy"
OTHER_SHEET, SHEET_WITHOUT_COLUMN = "other_sheet", "sheet_without_column"
STRAY_BYTES, HTML_ENTITIES, ODD_LETTERS = "stray_bytes", "html_entities", "odd_letters"
CUT_SHORT, MENTIONED, FIRST_OF_GROUPS = "cut_short", "mentioned_elsewhere", "first_of_groups"
_SENTENCES = {
    HIDDEN_SHEET: "Une feuille masquée porte les en-têtes du journal : elle n'est pas lue. "
    "L'afficher si elle doit l'être, la supprimer sinon.",
    HELP_SHEET: "Une feuille d'aide ou d'exemple porte les en-têtes du journal : elle n'est pas lue. "
    "La renommer si ses lignes sont vraies.",
    OLD_COPY: "Le nom de cette feuille dit que c'est une copie ou une ancienne version : elle n'est pas "
    "lue, une autre l'est. La renommer si ses lignes sont vraies, la supprimer sinon.",
    OTHER_SHEET: "Cette feuille n'a pas les en-têtes du journal : elle n'est pas lue. "
    "Y mettre les en-têtes si ses lignes en sont.",
    SHEET_WITHOUT_COLUMN: "Cette feuille ressemble au journal, mais il y manque {names} : "
    "elle n'est pas lue.",
    "hidden_rows": "{count} lignes masquées ou filtrées sont lues comme les autres. "
    "Supprimer celles qui ne doivent pas l'être.",
    "hidden_columns": "{count} colonnes masquées sont lues comme les autres.",
    "struck_rows": "{count} lignes ont du texte barré : elles sont lues comme les autres. "
    "Supprimer celles qui ne comptent plus.",
    "struck_by_rule": "Une règle de mise en forme de cette feuille barre du texte : ses lignes sont lues "
    "comme les autres. Supprimer celles qui ne comptent plus.",
    "filled_down": "{count} lignes de la fin, de la ligne {row} à la ligne {last}, ne font que répéter "
    "les mêmes cellules, ou n'ont qu'un numéro : elles sont laissées de côté.",
    "rows_above_headings": "{count} lignes au-dessus des en-têtes ont l'allure de lignes du journal : "
    "elles ne sont pas lues. Les mettre dessous.",
    "cells_without_heading": "{count} cellules sont dans une colonne sans en-tête : elles ne sont pas lues.",
    STRAY_BYTES: "Des lettres sont perdues : des octets du fichier n'en sont aucune dans son encodage. Les "
    "retaper, et enregistrer en « CSV UTF-8 » ou comme classeur .xlsx.",
    HTML_ENTITIES: "Des lettres sont écrites comme dans une page Web (« &eacute; » pour « é ») et lues pour "
    "ce qu'elles disent. Exporter de nouveau le journal, en texte simple ou en .xlsx.",
    CUT_SHORT: "Le fichier s'arrête au milieu d'une ligne, peut-être de la dernière : elle est lue telle "
    "quelle. Vérifier qu'il est entier, et le renvoyer sinon.",
    MENTIONED: "Un titre, le nom de l'onglet ou une ligne à part parle d'autre chose que ce que veut dire "
    "« {name} » vide, sur {count} lignes : l'écrire sur chaque ligne, s'il le faut.",
    FIRST_OF_GROUPS: "« {name} » semble écrit sur la première ligne de chaque groupe seulement : {count} "
    "lignes où il est vide sont lues comme si on n'en disait rien. L'écrire sur chaque ligne, s'il le faut.",
    ODD_LETTERS: "{count} cellules n'ont qu'une lettre, ou un chiffre, un signe (« ? », « * », « / »), "
    "« et » ou « ou » entre deux mots, ou des lettres d'un autre alphabet, là où il n'y en a guère : elles "
    "sont lues telles quelles. Corriger celles qui sont fautives, qui font sinon deux personnes ou deux "
    "dossiers d'un seul.",
}
WARNINGS = tuple(_SENTENCES)
# of rows and columns that are refused for where they stand, whatever their cells hold
OF_ROWS = {
    "merged_across": "Une cellule fusionnée couvre plusieurs colonnes : on ne sait laquelle elle remplit. "
    "Défaire la fusion et écrire chaque cellule.",
    "table_without_column": "Cette ligne est sous d'autres en-têtes, où manque une colonne obligatoire du "
    "journal : compléter ces en-têtes.",
}
OF_FILES = {
    "unnamed_column": "Une colonne sans en-tête est remplie sur la plupart des lignes : lui donner son "
    "en-tête, ou la vider. Le fichier n'est pas pris.",
}
OF_COLUMNS = {
    "repeated_column": "La colonne « {column} » figure deux fois, avec des contenus différents : n'en garder "
    "qu'une. Le fichier n'est pas pris.",
}


def warned(
    code: str, sheet: str | None, row: int | None = None, column: str | None = None, **details: object
) -> Warned:
    """A warning with its sentence; `said` fills the sentence in."""
    return Warned(code, _SENTENCES[code].format(row=row, **details), sheet, row, column)
