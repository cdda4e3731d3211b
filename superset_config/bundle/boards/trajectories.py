"""Trajectoires et prévention secondaire, for partners: where youths go, come back and find no place."""

from bundle.boards.parts import SOURCES, end, filters, heading, key, slug, twin
from bundle.kinds.drawn import curve, flow
from bundle.kinds.written import Group, bars, cards, funnel, matrix, state
from bundle.model import Board, whole_row
from bundle.words import Language, Words

NAME = "trajectoires"
PROGRAMME = "Pj"
KEY = ["P07", "P08.at_12_months", "P09.days_to_first_start", "P12.no_place", "P10.returns"]
BACK_AND_FORTH = ["P10", "P10.transfers", "P10.paths", "P10.ended"]
OVERLAPS = ["P10.overlaps", "P10.overlap_days", "P10.overlap_led"]
REQUESTS = ["P09.requested", "P09.served", "P09.declined"]
HOUSING = ["P12", "P12.offered", "P12.housed", "P12.refused", "P12.no_place"]
COVERAGE = ["P15", "P15.holes", "P15.detected", "P15.served"]
WORDS = {
    **SOURCES,
    "title": ("Trajectoires et prévention secondaire", "Paths and secondary prevention"),
    "paths_title": ("D'un service à l'autre", "From one service to the next"),
    "paths_note": (
        "Chaque lien compte des trajets : de l'arrivée à un premier service, puis d'un service au même ou "
        "à un autre. Les trajets masqués pour protéger les personnes sont réunis sous « autres parcours ».",
        "Each link counts moves: from the arrival to a first service, then from a service to the same or "
        "another. Moves hidden to protect persons are told together as “other paths”.",
    ),
    "flow": ("Trajets entre services", "Moves between services"),
    "back_and_forth": ("Va-et-vient", "Back and forth"),
    "turn_title": ("Du secondaire au tertiaire", "From secondary to tertiary"),
    "turn_note": (
        "Estimation de Kaplan-Meier : les jeunes qui n'y sont pas encore comptent jusqu'au dernier "
        "jour connu.",
        "Kaplan-Meier estimate: youths who are not there yet count up to the last day known.",
    ),
    "curve": (
        "Part passée au tertiaire, selon les mois écoulés, et intervalle à 95 %",
        "Share that reached the tertiary axis, by months since, with its 95 % interval",
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
    "matrix": (
        "Jeunes dépistés et servis, par axe et cible",
        "Youths detected and served, by axis and target",
    ),
    "axis": ("Axe", "Axis"),
    "detected": ("dépistés", "detected"),
    "served": ("servis", "served"),
    "hole": ("trou : personne n'est servi", "hole: nobody is served"),
    "housing_title": ("Hébergement", "Housing"),
    "housing_note": (
        "Des places demandées aux refus faute de place.",
        "From places asked for to refusals for want of one.",
    ),
    "funnel_housing": (
        "Hébergement : demandées, offertes, occupées, refusées, refusées faute de place",
        "Housing: asked, offered, occupied, refused, refused for want of a place",
    ),
}


def trajectories(language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS)
    rows = (
        whole_row(
            state(words, key(words, "trajectoires"), words["title"], PROGRAMME, twin=twin(words, NAME)), 16
        ),
        whole_row(cards(words, key(words, "trajectoires_cles"), words["key_figures"], PROGRAMME, KEY), 30),
        heading(words["paths_title"], words["paths_note"]),
        whole_row(flow(words, key(words, "trajectoires_trajets"), words["flow"], PROGRAMME), 60),
        whole_row(
            cards(
                words,
                key(words, "trajectoires_va_et_vient"),
                words["back_and_forth"],
                PROGRAMME,
                BACK_AND_FORTH,
            ),
            28,
        ),
        heading(words["turn_title"], words["turn_note"]),
        whole_row(curve(words, key(words, "trajectoires_courbe"), words["curve"], PROGRAMME), 44),
        heading(words["refused_title"], words["refused_note"]),
        whole_row(
            funnel(
                words,
                key(words, "trajectoires_demandes"),
                words["requests"],
                PROGRAMME,
                REQUESTS,
                source=words["services"],
            ),
            24,
        ),
        whole_row(
            bars(words, key(words, "trajectoires_refus"), words["refused_parts"], PROGRAMME, _refused(words)),
            60,
        ),
        heading(words["overlap_title"], words["overlap_note"]),
        whole_row(
            cards(words, key(words, "trajectoires_chevauchements"), words["overlaps"], PROGRAMME, OVERLAPS),
            28,
        ),
        heading(words["coverage_title"], words["coverage_note"]),
        whole_row(
            matrix(
                words,
                key(words, "trajectoires_matrice"),
                words["matrix"],
                PROGRAMME,
                source=words["detections_services"],
            ),
            36,
        ),
        whole_row(
            cards(words, key(words, "trajectoires_couverture"), words["coverage"], PROGRAMME, COVERAGE), 28
        ),
        heading(words["housing_title"], words["housing_note"]),
        whole_row(
            funnel(
                words,
                key(words, "trajectoires_hebergement"),
                words["funnel_housing"],
                PROGRAMME,
                HOUSING,
                source=words["housing"],
            ),
            30,
        ),
        *end(words, "trajectoires", PROGRAMME, _DEFINED),
    )
    opens_on = filters(words, words["kind_total"], words["kind_total"])
    return Board(slug(words, NAME), language, words["title"], PROGRAMME, opens_on, rows)


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
