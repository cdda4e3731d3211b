"""Qualité et fraîcheur, for the steward, and for partners about their own."""

from bilan.dashboards.boards import Entry, Language
from bundle.assets import RELEASE, Board, Cell
from bundle.boards.mon_organisation import OF_THE_FILE, REPORT_WORDS, reports
from bundle.kinds.drawn import refusals, revisions
from bundle.kinds.written import cards, definitions, listed, state
from bundle.parts import Page, filters, key
from bundle.wording import Words

PRIVACY = ["V01", "V02", "V03"]
WORDS = {
    **REPORT_WORDS,
    "reports_title": ("Qui doit quoi, pour quel mois", "Who owes what, for which month"),
    "reports_note": (
        "Les douze derniers mois connus. Une organisation ne voit que ses propres relevés.",
        "The last twelve months known. An organisation sees its own statements alone.",
    ),
    "refused_title": ("Lignes refusées, avis et révisions", "Refused rows, notices and revisions"),
    "refused_note": (
        "La raison et la colonne, jamais ce que la cellule contenait.",
        "The reason and the column, never what the cell held.",
    ),
    "revisions": (
        "Corrections et retraits, par mois de relevé",
        "Corrections and withdrawals, by month of statement",
    ),
    "releases_title": ("Les diffusions et leurs contrôles", "Releases and their checks"),
    "releases_note": (
        "Deux personnes approuvent chaque diffusion ; elle porte les contrôles faits quand elle fut figée.",
        "Two people approve each release; it bears the checks made when it was frozen.",
    ),
    "releases": ("Les diffusions", "Releases"),
    "number": ("N°", "No."),
    "state": ("État", "State"),
    "known": ("Connue au", "Known on"),
    "published": ("Publiée le", "Published on"),
    "approvers": ("Approuvée par", "Approved by"),
    "notice": ("Avis", "Notice"),
    "checks": ("Contrôles et vérification du grand livre", "Checks, and verification of the ledger"),
    "check": ("Contrôle", "Check"),
    "result": ("Résultat", "Result"),
    "privacy": ("Protection des personnes (intendance)", "Protection of persons (steward)"),
}


def board(entry: Entry, language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS, {"title": entry.title})
    suffix = words.suffix
    page = Page(words)
    page.add(
        state, "qualite", "title", None, twin=entry.slug_in(words["other_language"]), own=True, height=16
    )
    page.add(
        listed,
        "qualite_cles",
        "key_figures",
        "answer.hbs",
        "board_answers",
        columns=[f"{name}{suffix}" for name in ("name", "figure", "unit", "change")],
        order=["answer_rank"],
        reached=OF_THE_FILE,
        height=26,
    )
    page.head("reports_title", "reports_note")
    page.add(reports, "qualite_releves", "reports", height=80)
    page.head("refused_title", "refused_note")
    page.add(refusals, "qualite", "refusals", height=62)
    page.add(revisions, "qualite_revisions", "revisions", height=40)
    page.head("releases_title", "releases_note")
    page.add(
        listed,
        "qualite_diffusions",
        "releases",
        "releases.hbs",
        "releases",
        columns=["release", f"state{suffix}", "known_at", "published_at", "approvers", f"notice{suffix}"],
        order=["release"],
        reached=frozenset(),
        height=30,
    )
    page.add(
        listed,
        "qualite_controles",
        "checks",
        "checks.hbs",
        "checks",
        columns=[f"name{suffix}", f"result{suffix}", "passed"],
        order=[f"name{suffix}"],
        reached=frozenset({RELEASE}),
        height=30,
    )
    page.add(cards, "qualite_vie_privee", "privacy", None, PRIVACY, height=28)
    page.cells.append(Cell(definitions(words, key(words, "qualite"), PRIVACY), 30))
    kept = filters(words, words["kind_total"], words["kind_total"], programme=words["prevention"])
    return Board(entry.slug_in(language), language, words["title"], None, kept, tuple(page.cells))
