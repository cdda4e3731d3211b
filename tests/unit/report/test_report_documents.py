"""One model, two writers: both say the same, in both languages, and the same bytes each time."""

import json
from collections import Counter
from dataclasses import asdict
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bilan.release.wording.vocabulary import STATUSES
from bilan.report.chapters import report_of
from bilan.report.document import Bullets, Cards, Heading, Paragraph, Report, Table, Terms
from bilan.report.html import as_html
from bilan.report.pdf import as_pdf
from bilan.report.reading import Source
from bilan.report.typography import Language, typeset
from tests.unit.report.hand_made import METHODS, ROWS, Make

FR, EN = Language.FR, Language.EN
HIDDEN = "masqué pour protéger les personnes"


class Page(HTMLParser):
    """What a page holds: its tags, their attributes and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def report(source: Source) -> Report:
    return report_of(source, FR)


def of(report: Report, title: str, kind: type) -> list[object]:
    [chapter] = [chapter for chapter in report.chapters if chapter.title == title]
    return [block for block in chapter.blocks if isinstance(block, kind)]


def test_the_answers_come_first_and_the_proof_last(report: Report) -> None:
    titles = [chapter.title for chapter in report.chapters]
    assert titles[:2] == ["Les chiffres clés", "Qui a été arrêté, accusé, jugé\u202f?"]
    assert titles[-3:] == ["Méthode et protection des personnes", "Définitions", "Vérifier ce bilan"]
    assert "La prévention à l’école\u00a0: qui a été rejoint\u202f?" not in titles  # nothing is told of it
    assert report.subtitle == "Phase 1"
    assert report.banner.startswith("Données synthétiques")


def test_a_key_figure_is_large_or_its_status_is_in_words(report: Report) -> None:
    [cards] = of(report, "Les chiffres clés", Cards)
    assert isinstance(cards, Cards)
    assert [(card.figure, card.is_status) for card in cards.items] == [
        ("90", False),
        ("81", False),
        ("100\u00a0%", False),
        (HIDDEN, True),
    ]
    assert cards.items[2].notes == ("n\u00a0=\u00a066",)


def test_a_table_writes_every_status_out_and_never_a_zero(report: Report) -> None:
    [table] = of(report, "Qui a été arrêté, accusé, jugé\u202f?", Table)
    assert isinstance(table, Table)
    assert table.columns == ("Indicateur", "Année 1", "Année 2", "Année 3", "Phase 1")
    rows = {row.name: [cell.text for cell in row.cells] for row in table.rows}
    assert rows["Personnes accusées"] == [HIDDEN, "40", "pas encore reçu", "81"]
    assert rows["Part des causes"] == ["ne s’applique pas", "non diffusé", "non diffusé", "100\u00a0%"]
    assert "0" not in {cell.text for row in table.rows for cell in row.cells}


def test_the_methods_are_the_packages_own_words(report: Report) -> None:
    title = "Méthode et protection des personnes"
    assert of(report, title, Heading) == [Heading("Deux horloges")]
    [paragraph] = of(report, title, Paragraph)
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans) == "Un compte de 1 à 4 est masqué\u00a0: toujours."
    assert [span.style for span in paragraph.spans] == ["", "strong", "", "code", ""]
    [bullets] = of(report, title, Bullets)
    assert isinstance(bullets, Bullets)
    assert [item[0].text for item in bullets.items] == ["un", "deux"]


def test_definitions_are_the_catalogues_word_for_word(report: Report, source: Source) -> None:
    [terms] = of(report, "Définitions", Terms)
    assert isinstance(terms, Terms)
    told = dict(source.catalogue.select("code", "definition_fr").iter_rows())
    assert {term.code.split()[0]: term.text for term in terms.items} == {
        code: typeset(told[code], FR) for code in ("M02", "M03", "M04", "M06", "M13")
    }


def test_the_last_page_holds_the_hash_the_number_and_who_approved(report: Report) -> None:
    last = json.dumps(asdict(report.chapters[-1]), ensure_ascii=False)
    for said in (
        "ab" * 32,
        "Ana Roy, le 13\u00a0octobre 2011",
        "Luc Côté",
        "bilan-release=7;manifest-sha256=ab",
    ):
        assert said in last


def test_the_last_page_says_from_which_releases_it_comes(make: Make) -> None:
    def lead(source: Source) -> str:
        last = report_of(source, Language.FR).chapters[-1]
        return json.dumps(asdict(last.blocks[0]), ensure_ascii=False)

    assert "et de rien d’autre" in lead(make())
    assert "et ses écarts de la diffusion n°\u00a06" in lead(make(before=ROWS))


@pytest.mark.integration
def test_the_english_twin_has_the_same_figures_and_no_french_word_of_ours(source: Source) -> None:
    english, french = (json.dumps(asdict(report_of(source, one)), default=str) for one in (EN, FR))
    assert STATUSES["suppressed"].en in english
    for word in ("masqu", "Indicateur", "Diffusion n", "Source\\u00a0:", "tel que connu", "Sommaire"):
        assert word in french
        assert word not in english
    both = [report_of(source, one) for one in (EN, FR)]
    assert [len(report.chapters) for report in both] == [len(both[0].chapters)] * 2


@pytest.mark.integration
def test_data_that_are_real_bear_no_banner(make: Make) -> None:
    assert report_of(make(synthetic=False), FR).banner == ""
    assert b"synth\xc3\xa9tique" not in as_html(report_of(make(synthetic=False), FR))


@pytest.mark.integration
@pytest.mark.parametrize("language", [FR, EN])
def test_the_same_release_gives_the_same_bytes(source: Source, language: Language) -> None:
    for writer in (as_pdf, as_html):
        assert writer(report_of(source, language)) == writer(report_of(source, language))
    assert as_pdf(report_of(source, FR)).startswith(b"%PDF")


@pytest.mark.integration
def test_text_can_not_be_taken_for_markup(make: Make) -> None:
    methods = dict.fromkeys((FR, EN), METHODS + "\n#let x = `<script>` \\[ $y$ & <b>z</b>\n")
    report = report_of(make(methods=methods), FR)
    assert "&lt;script&gt;" in as_html(report).decode()
    assert as_pdf(report).startswith(b"%PDF")


def test_the_page_is_whole_in_order_and_asks_for_nothing(report: Report) -> None:
    page = Page(as_html(report))
    counts = Counter(tag for tag, _ in page.tags)
    assert (counts["h1"], counts["main"], counts["title"], counts["script"], counts["link"]) == (
        1,
        1,
        1,
        0,
        0,
    )
    assert ("html", {"lang": "fr"}) in page.tags
    headings = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert all(after <= before + 1 for before, after in pairwise(headings))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes.get("scope") for tag, attributes in page.tags if tag == "th"} == {"row", "col"}
    addresses = [a[name] or "" for _, a in page.tags for name in ("href", "src") if name in a]
    assert all(address.startswith("#") for address in addresses)
    for said in ("90", HIDDEN, "ab" * 32, "Données synthétiques"):
        assert said in page.words
