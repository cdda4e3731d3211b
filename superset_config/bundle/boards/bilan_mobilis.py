"""Bilan MOBILIS, for partners and the ministry."""

from bilan.dashboards.boards import Entry, Language
from bundle.assets import Board
from bundle.kinds.drawn import running_totals
from bundle.kinds.written import Group, bars, cards, columns, dated, state, years
from bundle.parts import SOURCES, Page, end, filters
from bundle.wording import Words

PROGRAMME = "MOBILIS"
KEY = ["M02", "M03", "M04", "M05", "M06", "M01"]
DELAYS = ["M07", "M08", "M08.outcome", "M09"]
REFERRALS = ["P09", "P09.accepted_share", "P09.days_to_decision", "M10"]
MEANS = ["M13", "M14", "M14.reached", "M15"]
WORDS = {
    **SOURCES,
    "months_title": ("Le programme dans le temps", "The programme over time"),
    "months": ("Trimestre par trimestre", "Quarter by quarter"),
    "months_note": (
        "Trimestres du programme, comptés depuis septembre ; le trimestre marqué est celui du 8 mars 2011, "
        "premier bilan public. Rien n'est tracé après le dernier relevé. Un trimestre masqué pour protéger "
        "les personnes est hachuré, et n'a pas de point sur la ligne cumulée, qui ne compte que ce dont le "
        "jour est connu. Une personne accusée deux fois ne compte qu'une fois.",
        "Quarters of the programme, counted from September; the one marked is that of 8 March 2011, the "
        "first public account. Nothing is drawn after the last statement. A quarter hidden to protect "
        "persons is hatched, and has no point on the running line, which counts only what is known to the "
        "day. A person charged twice counts once.",
    ),
    "q_arrests": ("Arrestations, par trimestre", "Arrests, by quarter"),
    "q_charged": ("Personnes accusées, par trimestre", "Persons charged, by quarter"),
    "q_concluded": ("Causes conclues, par trimestre", "Cases concluded, by quarter"),
    "q_meetings": ("Rencontres avec un jeune, par trimestre", "Meetings with a youth, by quarter"),
    "q_exchanges": ("Échanges formels, par trimestre", "Formal exchanges, by quarter"),
    "q_operations": (
        "Opérations contre un réseau, par trimestre",
        "Operations against a network, by quarter",
    ),
    "running": (
        "Rencontres, échanges formels et causes conclues, cumulés depuis le début",
        "Meetings, formal exchanges and cases concluded, running totals since the beginning",
    ),
    "court": ("De l'arrestation à l'issue", "From arrest to outcome"),
    "court_note": (
        "Les délais sont des médianes, en jours, et ne comptent que ce dont le jour exact est connu. "
        "Une cause encore en cours n'est pas conclue.",
        "Delays are medians, in days, and count only what is known to the day. "
        "A case still open is not concluded.",
    ),
    "court_cards": ("Combien, et en combien de temps", "How many, and how long"),
    "court_parts": ("Motifs, infractions et issues", "Grounds, offences and outcomes"),
    "p_motif": ("Arrestations, selon le motif", "Arrests, by ground"),
    "p_offence": ("Personnes accusées, selon l'infraction", "Persons charged, by offence"),
    "p_outcome": ("Causes conclues, selon l'issue", "Cases concluded, by outcome"),
    "exchanges_title": ("Ce que les partenaires s'échangent", "What the partners exchange"),
    "exchanges_note": (
        "Un échange peut porter sur plusieurs sortes d'information : les natures ne s'additionnent pas.",
        "An exchange may bear several kinds of information: the kinds do not add up.",
    ),
    "exchange_parts": (
        "Échanges formels, par direction et nature",
        "Formal exchanges, by direction and kind",
    ),
    "p_direction": ("Échanges formels, selon la direction", "Formal exchanges, by direction"),
    "p_nature": ("Échanges formels, selon la nature", "Formal exchanges, by kind of information"),
    "p_without": (
        "Part des échanges sans donnée nominative, selon la nature",
        "Share of exchanges without nominative data, by kind of information",
    ),
    "youths": ("Rencontres et références", "Meetings and referrals"),
    "youths_note": (
        "Où les jeunes ont été référés, ce qui fut accepté ou refusé, et pourquoi.",
        "Where youths were referred, what was accepted or refused, and why.",
    ),
    "referral_cards": ("Les références en chiffres", "Referrals in figures"),
    "youth_parts": ("Jeunes référés et références refusées", "Youths referred and referrals refused"),
    "p_resource": ("Jeunes référés, selon la ressource", "Youths referred, by resource"),
    "p_sex": ("Jeunes référés, selon le sexe", "Youths referred, by sex"),
    "p_runaway": ("Jeunes référés, en fugue lors de la rencontre", "Youths referred, on the run when met"),
    "p_refused": ("Références refusées, selon la raison", "Referrals refused, by reason"),
    "p_places": ("Jeunes référés, selon le territoire", "Youths referred, by territory"),
    "school_title": ("« Sans P ni E » et les moyens", "“Sans P ni E”, and the means"),
    "school_note": (
        "Par année du programme ; la période choisie plus haut n'y change rien.",
        "By programme year; the period chosen above changes nothing here.",
    ),
    "by_year": ("Écoles et financement, par année", "Schools and funding, by year"),
    "y_school": ("Écoles, classes et jeunes, par année", "Schools, classes and youths, by year"),
    "y_funding": ("Montants octroyés, selon la source et l'année", "Amounts granted, by source and year"),
    "means_cards": ("Moyens, rayonnement et opérations", "Means, outreach and operations"),
    "outreach_list": ("Le rayonnement, date par date", "Outreach, date by date"),
}


def board(entry: Entry, language: Language) -> Board:
    """The board in that language."""
    words = Words(language, WORDS, {"title": entry.title})
    page = Page(words)
    page.add(state, "mobilis", "title", PROGRAMME, twin=entry.slug_in(words["other_language"]), height=16)
    page.add(cards, "mobilis_cles", "key_figures", PROGRAMME, KEY, height=30)
    page.head("months_title", "months_note")
    page.add(columns, "mobilis_trimestres", "months", PROGRAMME, _quarters(words), height=60)
    page.add(
        running_totals,
        "mobilis_cumuls",
        "running",
        PROGRAMME,
        ["M05.meetings", "M06", "M04.concluded"],
        height=40,
    )
    page.head("court", "court_note")
    page.add(cards, "mobilis_parcours", "court_cards", PROGRAMME, DELAYS, height=28)
    page.add(bars, "mobilis_motifs", "court_parts", PROGRAMME, _court(words), height=40)
    page.head("exchanges_title", "exchanges_note")
    page.add(bars, "mobilis_echanges", "exchange_parts", PROGRAMME, _exchanges(words), height=40)
    page.head("youths", "youths_note")
    page.add(cards, "mobilis_references", "referral_cards", PROGRAMME, REFERRALS, height=28)
    page.add(bars, "mobilis_jeunes", "youth_parts", PROGRAMME, _youths(words), height=60)
    page.head("school_title", "school_note")
    page.add(years, "mobilis_annees", "by_year", PROGRAMME, _by_year(words), height=40)
    page.add(cards, "mobilis_moyens", "means_cards", PROGRAMME, MEANS, height=28)
    page.add(
        dated,
        "mobilis_rayonnement",
        "outreach_list",
        PROGRAMME,
        "M14/activite",
        source=words["outreach"],
        height=30,
    )
    page.cells.extend(end(words, "mobilis", PROGRAMME, [*KEY, *DELAYS, *REFERRALS, *MEANS, *_COMPANIONS]))
    opens_on = filters(words, words["kind_phase"], "Phase 1")
    return Board(entry.slug_in(language), language, words["title"], PROGRAMME, opens_on, tuple(page.cells))


def _quarters(words: Words) -> list[Group]:
    return [
        Group("M02", words["q_arrests"], words["arrests"]),
        Group("M03", words["q_charged"], words["charges"]),
        Group("M04.concluded", words["q_concluded"], words["charges"]),
        Group("M05.meetings", words["q_meetings"], words["meetings"]),
        Group("M06", words["q_exchanges"], words["exchanges"]),
        Group(
            "M15",
            words["q_operations"],
            words.either("journal des opérations (SPAL)", "log of operations (SPAL)"),
        ),
    ]


def _court(words: Words) -> list[Group]:
    return [
        Group("M02/motif", words["p_motif"], words["arrests"]),
        Group("M03/infraction", words["p_offence"], words["charges"]),
        Group("M04.concluded/issue", words["p_outcome"], words["charges"]),
    ]


def _exchanges(words: Words) -> list[Group]:
    return [
        Group("M06/direction", words["p_direction"], words["exchanges"]),
        Group("M06/nature", words["p_nature"], words["exchanges"]),
        Group("M10/nature", words["p_without"], words["exchanges"]),
    ]


def _youths(words: Words) -> list[Group]:
    return [
        Group("M05/ressource", words["p_resource"], words["meetings"]),
        Group("M05/sexe", words["p_sex"], words["meetings"]),
        Group("M05/fugue", words["p_runaway"], words["meetings"]),
        Group("P09.refused/raison_refus", words["p_refused"], words["referrals"]),
        Group("M05/territory", words["p_places"], words["meetings"]),
    ]


def _by_year(words: Words) -> list[Group]:
    return [
        Group("M11+M11.classes+M11.youths", words["y_school"], words["school"]),
        Group("M13/bailleur", words["y_funding"], words["funding"]),
    ]


_COMPANIONS = [
    "M04.presented", "M04.concluded", "M05.meetings", "M06.informal", "M11", "M11.classes", "M11.youths",
    "P09.refused",
]  # fmt: skip
