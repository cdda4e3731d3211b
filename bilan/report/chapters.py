"""The document, chapter by chapter: answers, then the story, then how it was made and how to check it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bilan.cube import NOT_YET_REPORTED, SUPPRESSED
from bilan.report import tables
from bilan.report.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Chapter,
    Paragraph,
    Report,
    Span,
    Term,
    Terms,
)
from bilan.report.drawing import drawn
from bilan.report.figures import Figures
from bilan.report.methods import blocks_of
from bilan.report.programmes import PROGRAMMES, Programme
from bilan.report.programmes.parts import Question
from bilan.report.proof import proof
from bilan.report.reading import Source
from bilan.report.typography import Language, day, typeset
from bilan.report.vocabulary import STATUSES, Words

_TITLE = Words("Bilan", "Report")
_HOW_TO_READ = Words("Comment lire ce bilan", "How to read this report")
_SIGNS = (
    (
        STATUSES[SUPPRESSED],
        Words(
            "Le chiffre existe, il n'est pas montré : petit, il désignerait quelqu'un ; ou il ferait "
            "retrouver un autre qui l'est. Dans les graphiques : des hachures, dont la taille ne dit rien.",
            "The figure exists and is not shown: it is small and would point at someone, or it would give "
            "away another one that is. In charts: hatching, whose size says nothing.",
        ),
    ),
    (
        STATUSES["missing"],
        Words(
            "Il n'y a rien à calculer, comme la part de personne.",
            "There is nothing to compute, such as a share of nobody.",
        ),
    ),
    (
        STATUSES[NOT_YET_REPORTED],
        Words("Un partenaire n'a pas encore envoyé son relevé.", "A partner has not sent its statement yet."),
    ),
    (
        Words("cumul", "running total"),
        Words(
            "Un fait dont le jour n'est pas connu ne compte que dans les périodes qui tiennent tous ses "
            "jours possibles : les trimestres peuvent ne pas faire tout à fait le total.",
            "A fact whose day is not known counts only in periods that hold all its possible days: quarters "
            "may not quite make the total.",
        ),
    ),
    (
        Words("0", "0"),
        Words("Un vrai zéro, compté comme tel.", "A true zero, counted as such."),
    ),
    (
        Words("n = 298", "n = 298"),
        Words(
            "Le nombre de cas dont un taux, une moyenne ou une médiane est tiré.",
            "The number of cases that a rate, a mean or a median comes from.",
        ),
    ),
    (
        Words("de 8,4 à 10,6", "from 8.4 to 10.6"),
        Words(
            "Un intervalle à 95 % : plus il est large, moins on en sait.",
            "A 95 % interval: the wider, the less is known.",
        ),
    ),
)
_KEY = Words("Les chiffres clés", "Key figures")
_KEY_LEAD = Words(
    "{period}, {place}. Un chiffre qui pourrait désigner quelqu'un est masqué, et le dit ; jamais il n'est "
    "remplacé par zéro. Les définitions sont à la fin, mot pour mot.",
    "{period}, {place}. A figure that might point at someone is hidden, and says so; it is never replaced by "
    "zero. Definitions are at the end, word for word.",
)
_PLACE = Words("tous territoires et organisations réunis", "all territories and organisations together")
_METHOD = Words("Méthode et protection des personnes", "Method and protection of persons")
_DEFINITIONS = Words("Définitions", "Definitions")
_NUMERATOR, _DENOMINATOR = Words("Numérateur", "Numerator"), Words("Dénominateur", "Denominator")
_SOURCES = Words(
    "Telles que le catalogue les donne, par code ; un numéro entre crochets renvoie à la source de "
    "l'indicateur :",
    "As the catalogue gives them, by code; a number between brackets refers to the indicator's source:",
)
_NONE = ("sans objet", "not applicable", "")
_RELEASE = Words("Diffusion n° {number}", "Release No. {number}")
_KNOWN, _PUBLISHED = Words("Données connues au", "Data known at"), Words("Publiée le", "Published on")
_SYNTHETIC = Words(
    "Données synthétiques : aucun chiffre ne décrit une personne ou une opération réelle.",
    "Synthetic data: no figure describes a real person or operation.",
)
_RUNNING = Words(
    "{programme} · bilan · diffusion n° {number} · données connues au {known}",
    "{programme} · report · release No. {number} · data known at {known}",
)
_CONTENTS, _PAGE = Words("Sommaire", "Contents"), Words("page", "page")


def report_of(source: Source, language: Language) -> Report:
    """The whole document of a release's programme, in one language."""
    programme = PROGRAMMES[source.programme]
    figures = Figures(source, language, programme.period_kind, programme.key)

    def said(words: Words, **names: object) -> str:
        return typeset(words.said(language).format(number=source.number, **names), language)

    name = typeset(source.rows[f"programme_{language}"][0], language)
    known = day(source.known_at, language)
    return Report(
        language=language,
        title=said(_TITLE),
        programme=name,
        subtitle=figures.headline.label,
        dates=figures.headline.dates,
        facts=(
            (said(_RELEASE), ""),
            (said(_KNOWN), known),
            (said(_PUBLISHED), day(source.published_on, language)),
        ),
        banner=said(_SYNTHETIC) if source.synthetic else "",
        running=said(_RUNNING, programme=name, known=known),
        contents=said(_CONTENTS),
        how_to_read=said(_HOW_TO_READ),
        signs=tuple((said(sign), said(meaning)) for sign, meaning in _SIGNS),
        page=said(_PAGE),
        published_on=source.published_on,
        chapters=_chapters(figures, programme),
    )


def _chapters(figures: Figures, programme: Programme) -> tuple[Chapter, ...]:
    questions = [_answered(figures, question) for question in programme.questions[:-1]]
    territories = _answered(
        figures, programme.questions[-1], tables.by_territory(figures, programme.by_territory)
    )
    methods = blocks_of(figures.source.methods[figures.language], figures.language)
    first, *others = [chapter for chapter in (*questions, territories) if chapter is not None]
    return (
        _key_figures(figures, programme.key),
        replace(first, follows=False),  # key figures have a page of their own
        *others,
        Chapter(figures.named(_METHOD), methods),
        _definitions(figures, programme),
        proof(figures),
    )


def _key_figures(figures: Figures, codes: Iterable[str]) -> Chapter:
    period = f"{figures.headline.label}, {figures.headline.dates}"
    lead = _KEY_LEAD.said(figures.language).format(period=period, place=_PLACE.said(figures.language))
    cards = tuple(card for code in codes if (card := _card(figures, code)) is not None)
    lines = (Paragraph((Span(typeset(lead, figures.language)),)), Cards(cards))
    return Chapter(figures.named(_KEY), lines)


def _card(figures: Figures, code: str) -> Card | None:
    point = figures.one(code)
    if point is None:
        return None
    notes = tuple(note for note in (point.provisional, point.n, point.interval, point.change) if note)
    return Card(point.text, not point.is_shown, figures.says(code, "name"), figures.unit(code), notes)


def _answered(figures: Figures, question: Question, table: Block | None = None) -> Chapter | None:
    """The question's chapter; None where the release tells nothing of it."""
    blocks: list[Block] = [block for row in question.drawings for block in drawn(figures, row)]
    table = table or tables.by_year(figures, question.codes)
    if table is not None:
        blocks.append(table)
    if not blocks:
        return None
    lead = Paragraph((Span(figures.named(question.lead)),))
    return Chapter(figures.named(question.title), (lead, *blocks), follows=True)


def _definitions(figures: Figures, programme: Programme) -> Chapter:
    """What the document names, as the catalogue defines it, by code; after its sources, by number."""
    named = {*programme.key, *programme.by_territory, *(c for q in programme.questions for c in q.codes)}
    codes = sorted(code for code in named if code in figures.catalogue and figures.has(code))
    sources = sorted({source for code in codes for source in _sources(figures, code)})
    blocks: tuple[Block, ...] = (
        Paragraph((Span(figures.named(_SOURCES)),)),
        Bullets(tuple((Span(f"[{place}] {source}"),) for place, source in enumerate(sources, 1))),
        Terms(tuple(_term(figures, code, sources) for code in codes)),
    )
    return Chapter(figures.named(_DEFINITIONS), blocks)


def _sources(figures: Figures, code: str) -> list[str]:
    return [typeset(source, figures.language) for source in figures.catalogue[code]["source"].split(" ; ")]


def _term(figures: Figures, code: str, sources: Sequence[str]) -> Term:
    pairs = ((_NUMERATOR, "numerator"), (_DENOMINATOR, "denominator"))
    mark = " : " if figures.language is Language.FR else ": "
    notes = tuple(
        typeset(f"{words.said(figures.language)}{mark}{text}", figures.language)
        for words, name in pairs
        if (text := figures.says(code, name)) not in _NONE
    )
    places = "".join(f"[{sources.index(source) + 1}]" for source in _sources(figures, code))
    return Term(f"{code} {places}", figures.says(code, "name"), figures.says(code, "definition"), notes)
