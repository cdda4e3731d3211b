"""Bilan Prévention Jeunesse, for partners and the ministry."""

from bilan.dashboards.boards import Entry, Language
from bundle.assets import Board
from bundle.kinds.drawn import curve
from bundle.kinds.written import Group, bars, cards, columns, funnel, matrix, state, years
from bundle.parts import PREVENTION, SOURCES, Page, end, filters
from bundle.wording import Words

PROGRAMME = "Pj"
KEY = ["P01", "P02", "P03.relative", "P05", "P06.completed", "P04"]
GAIN = ["P03.before", "P03.after", "P03"]
TURNED = ["P08", "P08.at_12_months", "P08.median_days", "P08.with_service"]
NETWORKS = ["P11", "P11.completed", "P11.duplicates", "P11.flagged", "P11.transmitted", "P11.followed"]
HOUSING = ["P12", "P12.offered", "P12.housed", "P12.refused", "P12.no_place"]
HOUSING_CARDS = ["P12.in_territory", "P12.emergency", "P12.place_days"]
CONTINUITY = [
    "P14",
    "P14.funded_share",
    "P14.coordination",
    "P14.coordination_share",
    "P14.meetings",
    "P13.delegate_days",
]
WORDS = {
    **SOURCES,
    **PREVENTION,
    "training_title": ("La formation", "Training"),
    "training_note": (
        "Une personne qui vient à deux séances est une personne rejointe et deux présences. Le gain ne "
        "compte que les présences aux deux résultats, avant et après.",
        "A person who comes to two sessions is one person reached and two attendances. The gain counts only "
        "the attendances with both scores, before and after.",
    ),
    "gain_cards": ("Connaissances, avant et après la séance", "Knowledge, before and after the session"),
    "y_training": ("Séances, personnes et résultats, par année", "Sessions, persons and scores, by year"),
    "training_parts": ("Qui la formation a rejoint", "Whom the training reached"),
    "p_milieu": ("Personnes rejointes, selon le milieu", "Persons reached, by milieu"),
    "p_attendances": ("Présences, selon le milieu", "Attendances, by milieu"),
    "sub_title": ("Le sous-comité opérationnel", "The operational subcommittee"),
    "sub_note": (
        "Présences par réunion, préoccupations partagées, actions concertées décidées et réalisées.",
        "Attendances per meeting, concerns shared, concerted actions decided and carried out.",
    ),
    "sub_years": ("La formation et le sous-comité, par année", "Training and the subcommittee, by year"),
    "y_sub": ("Réunions et actions, par année", "Meetings and actions, by year"),
    "y_attendance": (
        "Réunions où chaque milieu était présent, par année",
        "Meetings at which each milieu was present, by year",
    ),
    "sub_quarters": ("Réunions et actions, par trimestre", "Meetings and actions, by quarter"),
    "q_meetings": ("Réunions, par trimestre", "Meetings, by quarter"),
    "q_actions": ("Actions concertées réalisées, par trimestre", "Concerted actions carried out, by quarter"),
    "detection_title": ("Dépistage", "Detection"),
    "detection_note": (
        "Axe de prévention par cible, pour les phases et depuis le début. Un trou est une case où personne "
        "n'est servi.",
        "Axis of prevention by target, for phases and since the beginning. A hole is a box where nobody is "
        "served.",
    ),
    "detection_parts": ("Jeunes dépistés", "Youths detected"),
    "p_axis": ("Jeunes dépistés, selon l'axe", "Youths detected, by axis"),
    "p_target": ("Jeunes dépistés, selon la cible", "Youths detected, by target"),
    "p_source": ("Jeunes dépistés, selon la source", "Youths detected, by source"),
    "turn_note": (
        "Part des jeunes d'abord connus à l'axe secondaire qui ont atteint le tertiaire, selon le temps "
        "écoulé depuis, estimée par Kaplan-Meier : ceux qui n'y sont pas encore comptent jusqu'au "
        "dernier jour connu.",
        "Share of the youths first known at the secondary axis who reached the tertiary one, by time since, "
        "estimated by Kaplan-Meier: those who are not there yet count up to the last day known.",
    ),
    "turn_cards": ("Combien, et en combien de temps", "How many, and how long"),
    "network_title": ("Réseaux sociaux et hébergement", "Social networks and housing"),
    "network_note": (
        "Ce qui fut demandé, et ce qu'il en est advenu.",
        "What was asked, and what became of it.",
    ),
    "funnel_networks": (
        "Réseaux sociaux : demandées, réalisées, en double ; publications signalées, transmises, suivies",
        "Social networks: analyses asked, done, twice asked; publications flagged, passed on, followed up",
    ),
    "housing_cards": ("Hébergement, en parts", "Housing, in shares"),
    "continuity_title": ("La continuité", "Continuity"),
    "continuity_note": (
        "Mois financés, mois coordonnés, rencontres de la table, temps en poste des délégués.",
        "Months funded, months coordinated, meetings of the table, delegates' time in post.",
    ),
    "continuity_cards": ("Continuité", "Continuity"),
}


def board(entry: Entry, language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS, {"title": entry.title})
    page = Page(words)
    page.add(state, "pj", "title", PROGRAMME, twin=entry.slug_in(words["other_language"]), height=16)
    page.add(cards, "pj_cles", "key_figures", PROGRAMME, KEY, height=30)
    page.head("training_title", "training_note")
    page.add(cards, "pj_gain", "gain_cards", PROGRAMME, GAIN, height=28)
    page.add(bars, "pj_formation", "training_parts", PROGRAMME, _reached(words), height=40)
    page.add(years, "pj_annees", "sub_years", PROGRAMME, _by_year(words), height=50)
    page.head("sub_title", "sub_note")
    page.add(columns, "pj_trimestres", "sub_quarters", PROGRAMME, _quarters(words), height=30)
    page.head("detection_title", "detection_note")
    page.add(matrix, "pj_matrice", "matrix", PROGRAMME, source=words["detections_services"], height=36)
    page.add(bars, "pj_depistage", "detection_parts", PROGRAMME, _detected(words), height=40)
    page.head("turn_title", "turn_note")
    page.add(cards, "pj_passage", "turn_cards", PROGRAMME, TURNED, height=28)
    page.add(curve, "pj_courbe", "curve", PROGRAMME, height=44)
    page.head("network_title", "network_note")
    page.add(
        funnel, "pj_reseaux", "funnel_networks", PROGRAMME, NETWORKS, source=words["networks"], height=30
    )
    page.add(
        funnel, "pj_hebergement", "funnel_housing", PROGRAMME, HOUSING, source=words["housing"], height=30
    )
    page.add(cards, "pj_places", "housing_cards", PROGRAMME, HOUSING_CARDS, height=28)
    page.head("continuity_title", "continuity_note")
    page.add(cards, "pj_continuite", "continuity_cards", PROGRAMME, CONTINUITY, height=28)
    page.cells.extend(end(words, "pj", PROGRAMME, _DEFINED))
    opens_on = filters(words, words["kind_total"], words["kind_total"])
    return Board(entry.slug_in(language), language, words["title"], PROGRAMME, opens_on, tuple(page.cells))


def _reached(words: Words) -> list[Group]:
    return [
        Group("P02/milieu", words["p_milieu"], words["training"]),
        Group("P02.attendances/milieu", words["p_attendances"], words["training"]),
    ]


def _by_year(words: Words) -> list[Group]:
    return [
        Group("P01+P02+P02.attendances+P03.before+P03.after", words["y_training"], words["training"]),
        Group("P05+P05.attendance+P06+P06.completed", words["y_sub"], words["subcommittee"]),
        Group("P05.represented/milieu", words["y_attendance"], words["subcommittee"]),
    ]


def _quarters(words: Words) -> list[Group]:
    return [
        Group("P05", words["q_meetings"], words["subcommittee"]),
        Group("P06.completed", words["q_actions"], words["subcommittee"]),
    ]


def _detected(words: Words) -> list[Group]:
    return [
        Group("P07/axe", words["p_axis"], words["detections"]),
        Group("P07/cible", words["p_target"], words["detections"]),
        Group("P07/source", words["p_source"], words["detections"]),
    ]


_DEFINED = [
    *KEY, "P02.attendances", *GAIN, "P05.attendance", "P05.represented", "P06", "P07",
    "P15.detected", "P15.served", *TURNED,
    "P08.at_3_months", "P08.at_6_months", "P08.at_9_months", "P08.at_18_months", "P08.at_24_months",
    *NETWORKS, *HOUSING, *HOUSING_CARDS, *CONTINUITY,
]  # fmt: skip
