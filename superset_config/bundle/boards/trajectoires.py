"""Trajectoires et prévention secondaire, for partners: where youths go, come back and find no place."""

from bilan.dashboards.boards import Entry, Language
from bundle.assets import Board
from bundle.kinds.drawn import curve, flow
from bundle.kinds.written import Group, bars, cards, funnel, matrix, state
from bundle.parts import PREVENTION, SOURCES, Page, end, filters
from bundle.wording import Words

PROGRAMME = "Pj"
KEY = ["P07", "P08.at_12_months", "P09.days_to_first_start", "P12.no_place", "P10.returns"]
BACK_AND_FORTH = ["P10", "P10.transfers", "P10.paths", "P10.ended"]
OVERLAPS = ["P10.overlaps", "P10.overlap_days", "P10.overlap_led"]
REQUESTS = ["P09.requested", "P09.served", "P09.declined"]
HOUSING = ["P12", "P12.offered", "P12.housed", "P12.refused", "P12.no_place"]
COVERAGE = ["P15", "P15.holes", "P15.detected", "P15.served"]
WORDS = {
    **SOURCES,
    **PREVENTION,
    "paths_title": ("D'un service à l'autre", "From one service to the next"),
    "paths_note": (
        "Chaque lien compte des trajets : de l'arrivée à un premier service, puis d'un service au même ou "
        "à un autre. Les trajets masqués pour protéger les personnes sont réunis sous « autres parcours ».",
        "Each link counts moves: from the arrival to a first service, then from a service to the same or "
        "another. Moves hidden to protect persons are told together as “other paths”.",
    ),
    "flow": ("Trajets entre services", "Moves between services"),
    "back_and_forth": ("Va-et-vient", "Back and forth"),
    "turn_note": (
        "Estimation de Kaplan-Meier : les jeunes qui n'y sont pas encore comptent jusqu'au dernier "
        "jour connu.",
        "Kaplan-Meier estimate: youths who are not there yet count up to the last day known.",
    ),
    "refused_title": ("Demandes de service et refus", "Requests for services, and refusals"),
    "refused_note": (
        "Ce qui fut demandé, servi, décliné, et pourquoi.",
        "What was asked, served, declined, and why.",
    ),
    "requests": ("Demandes de service : faites, servies, déclinées", "Requests: made, served, declined"),
    "refused_parts": ("Refus et services", "Refusals and services"),
    "p_declined": ("Demandes déclinées, selon la raison", "Requests declined, by reason"),
    "p_refused": ("Références refusées, selon la raison", "Referrals refused, by reason"),
    "p_requested": ("Services demandés, selon le service", "Services asked for, by service"),
    "p_served": ("Demandes servies, selon le service", "Requests served, by service"),
    "overlap_title": ("Chevauchements", "Overlaps"),
    "overlap_note": (
        "Deux services ouverts à la fois pour un même jeune : combien, combien de temps, et si un seul mène.",
        "Two services open at once for one youth: how many, how long, and whether one leads.",
    ),
    "overlaps": ("Zones de chevauchement", "Zones of overlap"),
    "coverage_title": ("La couverture, et ses trous", "Coverage, and its holes"),
    "coverage_note": (
        "Un trou est une case où personne n'est servi, dans la période choisie.",
        "A hole is a box where nobody is served, in the period chosen.",
    ),
    "coverage": ("Couverture de la matrice axe par cible", "Coverage of the axis by target matrix"),
    "housing_title": ("Hébergement", "Housing"),
    "housing_note": (
        "Des places demandées aux refus faute de place.",
        "From places asked for to refusals for want of one.",
    ),
}


def board(entry: Entry, language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS, {"title": entry.title})
    page = Page(words)
    page.add(
        state, "trajectoires", "title", PROGRAMME, twin=entry.slug_in(words["other_language"]), height=16
    )
    page.add(cards, "trajectoires_cles", "key_figures", PROGRAMME, KEY, height=30)
    page.head("paths_title", "paths_note")
    page.add(flow, "trajectoires_trajets", "flow", PROGRAMME, height=60)
    page.add(cards, "trajectoires_va_et_vient", "back_and_forth", PROGRAMME, BACK_AND_FORTH, height=28)
    page.head("turn_title", "turn_note")
    page.add(curve, "trajectoires_courbe", "curve", PROGRAMME, height=44)
    page.head("refused_title", "refused_note")
    page.add(
        funnel, "trajectoires_demandes", "requests", PROGRAMME, REQUESTS, source=words["services"], height=24
    )
    page.add(bars, "trajectoires_refus", "refused_parts", PROGRAMME, _refused(words), height=60)
    page.head("overlap_title", "overlap_note")
    page.add(cards, "trajectoires_chevauchements", "overlaps", PROGRAMME, OVERLAPS, height=28)
    page.head("coverage_title", "coverage_note")
    page.add(
        matrix, "trajectoires_matrice", "matrix", PROGRAMME, source=words["detections_services"], height=36
    )
    page.add(cards, "trajectoires_couverture", "coverage", PROGRAMME, COVERAGE, height=28)
    page.head("housing_title", "housing_note")
    page.add(
        funnel,
        "trajectoires_hebergement",
        "funnel_housing",
        PROGRAMME,
        HOUSING,
        source=words["housing"],
        height=30,
    )
    page.cells.extend(end(words, "trajectoires", PROGRAMME, _DEFINED))
    opens_on = filters(words, words["kind_total"], words["kind_total"])
    return Board(entry.slug_in(language), language, words["title"], PROGRAMME, opens_on, tuple(page.cells))


def _refused(words: Words) -> list[Group]:
    return [
        Group("P09.declined/raison_refus", words["p_declined"], words["services"]),
        Group("P09.refused/raison_refus", words["p_refused"], words["referrals"]),
        Group("P09.requested/service", words["p_requested"], words["services"]),
        Group("P09.served/service", words["p_served"], words["services"]),
    ]


_DEFINED = [
    *KEY, *BACK_AND_FORTH, "P08", "P08.at_3_months", "P08.at_6_months", "P08.at_9_months", "P08.at_18_months",
    "P08.at_24_months", *REQUESTS, "P09.refused", *OVERLAPS, *COVERAGE, *HOUSING,
]  # fmt: skip
