"""The words of the quality tables, in French and in English."""

from bilan.contracts import CONTRACTS
from bilan.reception import Verified
from bilan.release.wording.written import ENGLISH, FRENCH, written

RECEIVED, RECEIVED_LATE, LATE = "received", "received_late", "late"
REFUSED, HELD, NOT_DUE = "refused", "held", "not_due"
STATES = {
    RECEIVED: ("reçu", "received"),
    RECEIVED_LATE: ("reçu en retard", "received late"),
    LATE: ("en retard", "late"),
    REFUSED: ("refusé", "refused"),
    HELD: ("retenu", "held"),
    NOT_DUE: ("pas dû", "not due"),
}
# One line each, of what the sentences that went back to the sender say at length.
REASONS = {
    "missing_column": ("une colonne manque", "a column is missing"),
    "missing_value": ("une case obligatoire est vide", "a required cell is empty"),
    "missing_if": (
        "une case est vide alors qu'une autre la rend obligatoire",
        "a cell is empty although another one requires it",
    ),
    "unknown_value": ("la valeur n'est pas dans la liste", "the value is not in the list"),
    "bad_date": ("ce n'est pas une date possible", "not a possible date"),
    "date_in_future": ("la date vient après celle de l'état", "the date is later than the statement's"),
    "date_before_programme": (
        "la date vient avant le début du programme",
        "the date is before the programme began",
    ),
    "date_out_of_order": (
        "la date vient avant celle qu'elle devrait suivre",
        "the date comes before one that it should follow",
    ),
    "birth_after_fact": ("la naissance vient après les faits", "the birth comes after the facts"),
    "age_out_of_range": ("l'âge n'est pas possible", "the age is not possible"),
    "bad_number": ("ce n'est pas un nombre admis", "not an admissible number"),
    "ambiguous_number": ("le nombre se lit de deux façons", "the number can be read in two ways"),
    "placeholder": (
        "un mot pour « rien » ou « inconnu » tient lieu de valeur",
        "a word for « nothing » or « unknown » stands for a value",
    ),
    "error_cell": ("la case contient une erreur du tableur", "the cell holds a spreadsheet's error"),
    "uncomputed_formula": (
        "la case contient une formule sans résultat",
        "the cell holds a formula without its result",
    ),
    "garbled_text": ("des lettres sont abîmées", "letters are garbled"),
    "became_date": (
        "le tableur a fait une date de ce qui était écrit",
        "the spreadsheet made a date of what was typed",
    ),
    "became_number": (
        "le tableur n'a gardé que les premiers chiffres du numéro",
        "the spreadsheet kept the first figures of the number alone",
    ),
    "date_order": ("ses dates se lisent de deux façons", "its dates can be read in two ways"),
    "half_converted": (
        "un tableur semble avoir échangé jour et mois d'une partie de ses dates",
        "a spreadsheet seems to have exchanged day and month in part of its dates",
    ),
    "merged_across": (
        "une case fusionnée couvre plusieurs colonnes",
        "a merged cell covers several columns",
    ),
    "table_without_column": (
        "il manque une colonne obligatoire aux en-têtes de la ligne",
        "the row's headings lack a required column",
    ),
    "repeated_column": ("une colonne figure deux fois et diffère", "a column stands twice and differs"),
    "unnamed_column": ("une colonne remplie n'a pas d'en-tête", "a filled column has no heading"),
    "shown_otherwise": (
        "la case montre autre chose que ce qu'elle contient",
        "the cell shows something else than it holds",
    ),
    "partly_struck": (
        "une partie du texte de la case est barrée ou en exposant",
        "part of the cell's text is struck through or raised",
    ),
    "said_elsewhere": (
        "la case est vide, et un titre ou l'onglet dit autre chose",
        "the cell is blank, and a title or the tab says something else",
    ),
    "unit_elsewhere": (
        "un titre ou l'onglet donne une autre unité aux nombres",
        "a title or the tab gives the numbers another unit",
    ),
    "consent_breach": ("un nom est transmis sans consentement", "a name is sent without consent"),
    "consent_withdrawn": (
        "un nom est transmis après le retrait du consentement",
        "a name is sent after consent was withdrawn",
    ),
    "protocol_breach": (
        "le protocole d'échange ne permet pas cette communication",
        "the exchange protocol does not allow this communication",
    ),
    "subject_erased": (
        "les renseignements de la personne ont été détruits",
        "the person's information was destroyed",
    ),
    "duplicate_key": (
        "la même clé figure sur plusieurs lignes qui diffèrent",
        "the same key is on several rows that differ",
    ),
    "too_many_cells": (
        "la ligne a plus de cellules qu'il n'y a d'en-têtes",
        "the row has more cells than there are headings",
    ),
    "broken_line": ("la ligne est coupée en deux", "the row is cut in two"),
    "swallowed_lines": (
        "un guillemet de trop réunit des cellules ou des lignes",
        "a stray quote runs cells or lines together",
    ),
    "password": ("le classeur est protégé par un mot de passe", "the workbook is protected by a password"),
    "old_workbook": ("le classeur est d'un ancien format", "the workbook is in an old format"),
    "binary_workbook": ("le classeur est au format binaire", "the workbook is in the binary format"),
    "open_document": ("le classeur est au format OpenDocument", "the workbook is an OpenDocument one"),
    "numbers_document": ("le fichier vient de Numbers", "the file is from Numbers"),
    "archive": ("le fichier est une archive", "the file is an archive"),
    "web_page": ("le fichier est une page Web", "the file is a web page"),
    "xml_document": ("le fichier est un document XML", "the file is an XML document"),
    "pdf_document": ("le fichier est un document PDF", "the file is a PDF document"),
    "word_document": ("le fichier est un document de traitement de texte", "the file is a text document"),
    "image": ("le fichier est une image", "the file is an image"),
    "json_document": ("le fichier est un document JSON", "the file is a JSON document"),
    "garbled_headings": ("les accents des en-têtes sont perdus", "the headings' accents are lost"),
    "unreadable_file": ("le fichier ne peut pas être lu", "the file can't be read"),
}
WARNINGS = {
    "hidden_sheet": ("une feuille masquée n'est pas lue", "a hidden sheet is not read"),
    "help_sheet": ("une feuille d'aide n'est pas lue", "a help sheet is not read"),
    "old_copy": ("une ancienne copie n'est pas lue", "an old copy is not read"),
    "other_sheet": (
        "une feuille sans les en-têtes n'est pas lue",
        "a sheet without the headings is not read",
    ),
    "sheet_without_column": (
        "une feuille où manque une colonne n'est pas lue",
        "a sheet that lacks a column is not read",
    ),
    "hidden_rows": ("des lignes masquées sont lues", "hidden rows are read"),
    "hidden_columns": ("des colonnes masquées sont lues", "hidden columns are read"),
    "struck_rows": ("des lignes barrées sont lues", "rows struck through are read"),
    "filled_down": ("des lignes répétées à la fin ne sont pas lues", "rows repeated at the end are not read"),
    "rows_above_headings": (
        "des lignes au-dessus des en-têtes ne sont pas lues",
        "rows above the headings are not read",
    ),
    "cells_without_heading": (
        "des cellules sans en-tête ne sont pas lues",
        "cells without a heading are not read",
    ),
    "stray_bytes": ("des lettres sont perdues", "letters are lost"),
    "html_entities": ("des lettres sont celles d'une page Web", "letters are those of a web page"),
    "cut_short": ("le fichier s'arrête au milieu d'une ligne", "the file ends in the middle of a line"),
    "mentioned_elsewhere": (
        "un titre ou l'onglet parle d'un autre territoire ou programme",
        "a title or the tab speaks of another territory or programme",
    ),
    "struck_by_rule": ("une règle barre du texte, lu quand même", "a rule strikes text, which is read"),
    "first_of_groups": (
        "une colonne semble remplie sur la première ligne de chaque groupe seulement",
        "a column looks filled on the first row of each group alone",
    ),
    "odd_letters": (
        "des noms ou des numéros ont des lettres inattendues",
        "names or numbers have unexpected letters",
    ),
    "withdrawals_wait": (
        "des retraits attendent qu'une clé soit lisible",
        "withdrawals wait until a key can be read",
    ),
}
TOLD = REASONS | {
    code: (f"avis : {french}", f"notice: {english}") for code, (french, english) in WARNINGS.items()
}
AGES = (
    ("moins d'un mois", "less than a month"),
    ("de 1 à 3 mois", "1 to 3 months"),
    ("plus de 3 mois", "more than 3 months"),
)
LEDGER_IS_SOUND = "ledger_is_sound"
CHECK_NAMES = {
    "protection_is_safe": (
        "Aucun petit compte masqué ne se déduit du reste",
        "No small count that is hidden can be deduced from the rest",
    ),
    "no_small_count": ("Aucun compte de 1 à 4 personnes n'est montré", "No count of 1 to 4 persons is shown"),
    "hidden_is_empty": ("Une case masquée ne dit rien", "A hidden cell says nothing"),
    "statuses_agree": ("Chaque statut dit ce qu'est le chiffre", "Each status says what the figure is"),
    "each_reader_its_own": (
        "Chaque organisation ne trouve que les siens",
        "Each organisation finds its own figures alone",
    ),
    "figures_hold_together": ("Les chiffres s'accordent entre eux", "The figures hold together"),
    LEDGER_IS_SOUND: ("Le grand livre est intact", "The ledger is sound"),
}
RESULTS = {True: ("satisfait", "satisfied"), False: ("non satisfait", "not satisfied")}


def log_names(log: str) -> tuple[str, str]:
    """A log's name in both languages."""
    contract = CONTRACTS[log]
    return contract.title, contract.title_en


def lowered(name: str) -> str:
    """A name within a sentence."""
    return name[:1].lower() + name[1:]


def verified_in_words(verified: Verified) -> tuple[str, str]:
    """What came of a verification: how many events were recomputed, and what was found."""
    counts = [written(verified.events, "count", language) for language in (FRENCH, ENGLISH)]
    if verified.sound:
        return f"{counts[0]} événements recalculés, tous intacts", f"{counts[1]} events recomputed, all sound"
    return (
        f"{counts[0]} événements recalculés, constats : {verified.findings}",
        f"{counts[1]} events recomputed, findings: {verified.findings}",
    )
