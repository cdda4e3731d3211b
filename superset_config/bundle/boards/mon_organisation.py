"""Mon organisation: a director's own figures beside the total of all, and never beside one other partner."""

from bilan.dashboards.boards import Entry, Language
from bundle.assets import PROGRAMME, RELEASE, Board, Chart
from bundle.kinds.drawn import refusals
from bundle.kinds.written import listed, own, own_cards, state
from bundle.parts import OWN, Page, end, filters
from bundle.wording import Words

KEY = ["P09", "P09.accepted_share", "P09.started", "P07", "P02", "M01"]
REFERRALS = ["P09", "P09.received", "P09.accepted_share", "P09.days_to_decision", "P09.started"]
SERVICES = ["P09.requested", "P09.served", "P09.declined", "P10.returns", "P10.transfers"]
OTHERS = ["M01", "P02", "P02.attendances", "P07", "P11", "P12", "P12.offered", "P12.no_place", "P13.replaced"]
REPORT_WORDS = {
    "reports": ("Ce qui est reçu, mois par mois", "What was received, month by month"),
    "organisation_and_log": ("Organisation et journal", "Organisation and log"),
    "received": ("reçu", "received"),
    "received_late": ("reçu en retard", "received late"),
    "late": ("en retard", "late"),
    "refused": ("refusé", "refused"),
    "held": ("retenu", "held"),
    "not_due": ("pas dû", "not due"),
    "refusals": ("Ce qui fut refusé, et pourquoi", "What was refused, and why"),
    "transmitted": (
        "Voici ce que votre organisation transmet, et ce que les autres en voient",
        "This is what your organisation sends, and what the others see of it",
    ),
    "log": ("Journal", "Log"),
    "last_statement": ("Dernier relevé", "Last statement"),
    "seen": (
        "Ce que les autres en voient : des totaux, toutes organisations confondues",
        "What the others see: totals, all organisations together",
    ),
    "never_sent": ("jamais reçu", "never received"),
}
WORDS = {
    **REPORT_WORDS,
    "own_title": ("Vos chiffres, à côté de l'ensemble", "Your figures, beside the total"),
    "own_note": (
        "Jamais à côté d'une autre organisation. Vos comptes de 1 à 4 sont masqués ici comme ailleurs : "
        "cette page peut être imprimée.",
        "Never beside another organisation. Your counts of 1 to 4 are hidden here as elsewhere: this "
        "page may be printed.",
    ),
    "own_referrals": ("Références : faites, reçues, acceptées", "Referrals: made, received, accepted"),
    "own_services": (
        "Demandes de service, retours et transferts",
        "Requests for services, returns and transfers",
    ),
    "own_others": ("Formation, dépistage, hébergement, équipe", "Training, detection, housing, staff"),
    "of_all": ("toutes organisations\u00a0:", "all organisations:"),
    "measure": ("Indicateur", "Measure"),
    "own": ("Votre organisation", "Your organisation"),
    "all": ("Toutes", "All"),
    "share": ("Votre part", "Your share"),
    "change": ("Depuis le dernier bilan", "Since the last review"),
    "sent_title": ("Ce que vous avez transmis", "What you have sent"),
    "sent_note": (
        "Chaque relevé redit tout le journal : le dernier reçu couvre les mois d'avant.",
        "Each statement restates the whole log: the last one received covers the months before it.",
    ),
}
OF_THE_FILE = frozenset({RELEASE, PROGRAMME})


def board(entry: Entry, language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS, {"title": entry.title})
    page = Page(words)
    page.add(
        state, "organisation", "title", None, twin=entry.slug_in(words["other_language"]), own=True, height=16
    )
    page.add(own_cards, "organisation_cles", "key_figures", KEY, height=30)
    page.head("own_title", "own_note")
    page.add(own, "organisation_references", "own_referrals", REFERRALS, height=36)
    page.add(own, "organisation_services", "own_services", SERVICES, height=36)
    page.add(own, "organisation_autres", "own_others", OTHERS, height=50)
    page.head("sent_title", "sent_note")
    page.add(reports, "organisation_releves", "reports", height=40)
    page.add(refusals, "organisation", "refusals", height=44)
    page.add(
        listed,
        "organisation_transmis",
        "transmitted",
        "transmitted.hbs",
        "transmitted",
        columns=["last_statement", f"log{words.suffix}", f"seen{words.suffix}"],
        order=[f"log{words.suffix}"],
        reached=frozenset(),
        height=40,
    )
    page.cells.extend(end(words, "organisation", None, [*REFERRALS, *SERVICES, *OTHERS], OWN))
    opens_on = filters(words, words["kind_total"], words["kind_total"], programme=words["prevention"])
    return Board(entry.slug_in(language), language, words["title"], None, opens_on, tuple(page.cells))


def reports(words: Words, name: str, title: str) -> Chart:
    """Who owes what for which month."""
    shown = ["line_rank", "month", "is_first", "is_last", "state"]
    return listed(
        words,
        name,
        title,
        "reports.hbs",
        "board_reports",
        columns=[*shown, f"line{words.suffix}", f"month{words.suffix}", f"state{words.suffix}"],
        order=["line_rank", "month"],
        reached=OF_THE_FILE,
    )
