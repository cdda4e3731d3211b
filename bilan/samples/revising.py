"""What each log's early statements say wrongly: the corrections and withdrawals of each book."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count

from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Row
from bilan.samples.people import Population
from bilan.samples.revisions import (
    Withdrawals,
    Wrong,
    blank,
    change_outcome,
    choices,
    correct,
    empty_outcome,
    first_outcome,
    month_only,
    wrong_choice,
    wrong_day,
)

GUILTY_PLEA, GUILTY_VERDICT = "plaidoyer de culpabilité", "verdict de culpabilité"


def revise(draw: Draw, book: Book, people: Population) -> None:
    """Change what earlier statements of a book said; the last one stays as it was."""
    if book.log in REVISE:
        REVISE[book.log](draw, book)
    for wrong, many in MISTAKES.get(book.log, ()):
        correct(draw, book, wrong, many)
    _withdraw(draw, book, people)


def _revise_arrests(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_arrestation"), 4)
    correct(draw, book, month_only("date_arrestation"), 3)
    correct(draw, book, wrong_choice("motif", choices("arrestations", "motif")), 4)
    correct(draw, book, wrong_choice("gang", ("oui", "non", "inconnu")), 3)
    correct(draw, book, blank("gang"), 2)


def _revise_charges(draw: Draw, book: Book) -> None:
    change_outcome(draw, book, first_outcome(GUILTY_PLEA, GUILTY_VERDICT), 2)
    change_outcome(draw, book, first_outcome("retrait", GUILTY_PLEA), 1)
    change_outcome(draw, book, first_outcome("arrêt des procédures", GUILTY_VERDICT), 1)
    empty_outcome(draw, book)
    correct(draw, book, wrong_day("date_accusation"), 3)
    correct(draw, book, blank("chefs"), 3)
    correct(draw, book, wrong_choice("chefs", (1, 2, 5)), 2)
    correct(draw, book, wrong_choice("infraction", choices("accusations", "infraction")), 2)


def _revise_meetings(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_rencontre"), 6)
    correct(draw, book, month_only("date_rencontre"), 3)
    correct(draw, book, wrong_choice("sexe", ("F", "M", "X")), 2)
    correct(draw, book, wrong_choice("fugue", ("oui", "non", "inconnu")), 4)
    correct(draw, book, blank("date_devoilement"), 5)
    correct(draw, book, wrong_choice("ressource", ("CJM", "KEKPART", "CAVAC")), 3)


def _revise_referrals(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_reference"), 2)
    correct(draw, book, month_only("date_reference"), 1)
    correct(draw, book, blank("motif"), 2)


def _revise_exchanges(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_echange"), 2)
    correct(draw, book, wrong_choice("formel", (True, False)), 2)
    natures = choices("echanges", "nature")
    correct(draw, book, wrong_choice("nature", tuple((str(nature),) for nature in natures)), 2)


def _revise_trainings(draw: Draw, book: Book) -> None:
    correct(draw, book, blank("score_apres"), 3)
    correct(draw, book, wrong_choice("organisation", ("SPAL", "CSMV", "VILLE")), 2)


REVISE: dict[str, Callable[[Draw, Book], None]] = {
    "arrestations": _revise_arrests,
    "accusations": _revise_charges,
    "jeunes_rencontres": _revise_meetings,
    "references": _revise_referrals,
    "echanges": _revise_exchanges,
    "formations": _revise_trainings,
}


def _listed(log: str, heading: str) -> Wrong:
    """Another value of that column's own closed list."""
    return wrong_choice(heading, choices(log, heading))


# What is first told wrongly in the other logs, and how many times in each book.
MISTAKES: dict[str, tuple[tuple[Wrong, int], ...]] = {
    "effectifs": (
        (wrong_day("date_debut"), 1),
        (_listed("effectifs", "temps"), 1),
        (blank("motif_fin"), 1),
    ),
    "sans_p_ni_e": (
        (wrong_choice("jeunes_rejoints", (17, 25, 34)), 3),
        (wrong_day("date_activite"), 2),
        (blank("niveau"), 1),
    ),
    "operations": ((_listed("operations", "conduite"), 1), (wrong_day("date_operation"), 1)),
    "financements": (
        (wrong_choice("montant", (Decimal(25000), Decimal(48500), Decimal(72000))), 1),
        (_listed("financements", "volet"), 1),
    ),
    "rayonnement": ((wrong_choice("personnes_rejointes", (20, 50, 100)), 1), (wrong_day("date_activite"), 1)),
    "concertation": ((wrong_day("date_debut"), 3), (blank("chef_de_file"), 1)),
    "sous_comite": (
        (_listed("sous_comite", "axe"), 3),
        (blank("cible"), 2),
        (wrong_choice("organisation", ("SPAL", "CISSS-ME", "CSMV")), 2),
    ),
    "depistages": (
        (wrong_day("date_depistage"), 2),
        (month_only("date_depistage"), 1),
        (_listed("depistages", "cible"), 1),
        (_listed("depistages", "axe"), 1),
        (blank("source"), 2),
    ),
    "trajectoires": (
        (wrong_day("date_demande"), 2),
        (_listed("trajectoires", "service"), 2),
        (blank("axe"), 2),
        (blank("meneur"), 1),
    ),
    "reseaux_sociaux": (
        (wrong_day("date_demande"), 1),
        (blank("moyen"), 2),
        (wrong_choice("demandeur", ("SPAL", "CISSS-ME", "CSMV")), 1),
    ),
    "hebergements": (
        (wrong_day("date_demande"), 2),
        (wrong_choice("urgence", (True, False)), 2),
        (_listed("hebergements", "lieu"), 1),
    ),
}

NUMBERS = {
    "arrestations": "no_evenement",
    "accusations": "no_cour",
    "jeunes_rencontres": "no_rencontre",
    "references": "no_reference",
    "echanges": "no_echange",
    "effectifs": "no_affectation",
    "sans_p_ni_e": "no_activite",
    "operations": "no_operation",
    "financements": "no_subvention",
    "rayonnement": "no_activite",
    "concertation": "no_fiche",
    "sous_comite": "no_fiche",
    "depistages": "no_depistage",
    "trajectoires": "no_demande",
    "reseaux_sociaux": "no_demande",
    "hebergements": "no_demande",
}


def _withdraw(draw: Draw, book: Book, people: Population) -> None:
    """Rows entered by mistake, mistyped numbers, a row forgotten once; a misspelled participant."""
    withdrawals = Withdrawals(draw, book)
    if book.log == "formations":
        withdrawals.rekey(lambda row: _misspelled(row, draw), 1)
        withdrawals.withdraw(lambda row: _somebody_else(row, people), 1)
        return
    heading, numbers = NUMBERS[book.log], count(1)

    def renumbered(row: Row) -> Row:
        number = row[heading]
        # A number that is all digits stays so; otherwise a letter that nobody else uses.
        suffix = f"99{next(numbers)}" if str(number).isdigit() else f"-Z{next(numbers)}"
        return row.but({heading: f"{number}{suffix}"})

    withdrawals.withdraw(renumbered, 2)
    withdrawals.rekey(renumbered, 1)
    withdrawals.forget(1)


def _misspelled(row: Row, draw: Draw) -> Row:
    """The same row with a slip in the surname: another person, as far as anyone can tell."""
    return row.but({"participant_nom": f"{row['participant_nom']}{draw.choice('xz')}e"}, f"{row.who}-typo")


def _somebody_else(row: Row, people: Population) -> Row:
    """A participant who was never there."""
    other = people.person("absent", "F", None)
    return row.but(other.cells("participant"), other.id)
