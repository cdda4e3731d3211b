"""Charts show the release's figures, mark what is hidden, and say all of it in words."""

import re
from importlib import import_module
from xml.etree import ElementTree

import pytest

from bilan.report import palette
from bilan.report.charts.bars import bars
from bilan.report.charts.matrix import matrix
from bilan.report.charts.points import curve, dumbbells, intervals
from bilan.report.charts.svg import Sheet, nice_top
from bilan.report.charts.time import columns, running
from bilan.report.document import Block, Paragraph
from bilan.report.document import Figures as Drawn
from bilan.report.drawing import drawn
from bilan.report.figures import Figures, Point
from bilan.report.programmes.parts import Compare, Drawing, Matrix, OverTime, Parts
from bilan.report.reading import Source
from bilan.report.typography import Language
from bilan.report.vocabulary import Words
from tests.unit.report.hand_made import ROWS, Make, row

HIDDEN = Point("T2 2009", "suppressed", "masqué pour protéger les personnes")
AWAITED = Point("T3 2009", "not_yet_reported", "pas encore reçu")
NONE = Point("T4 2009", "missing", "ne s’applique pas")
SHOWN = Point("T1 2009", "value", "12", 12.0, low=8.0, high=16.0, n="n = 30")
ZERO = Point("T1 2010", "true_zero", "0", 0.0)
ALL = (SHOWN, HIDDEN, AWAITED, NONE, ZERO)


def texts(sheet: Sheet) -> list[str]:
    """What is written, in order, words of a wrapped label apart."""
    return [
        part.text or "" for part in ElementTree.fromstring(sheet.render()).iter() if part.tag.endswith("text")
    ]


def of_row(blocks: list[Block]) -> Drawn:
    [drawing] = [block for block in blocks if isinstance(block, Drawn)]
    return drawing


@pytest.mark.parametrize(
    "sheet",
    [
        bars(ALL, 400),
        columns(ALL, 400),
        intervals(ALL, 400),
        curve([(float(place), point) for place, point in enumerate(ALL, 1)], 400, "mois"),
        matrix(("a",), ("b", "c"), {("a", "b"): SHOWN, ("a", "c"): HIDDEN}, 400),
        dumbbells(
            [("Année 1", SHOWN, Point("", "value", "15", 15.0)), ("Année 2", HIDDEN, SHOWN)],
            400,
            "avant",
            "après",
        ),
    ],
)
def test_a_figure_is_written_and_what_is_hidden_is_no_number(sheet: Sheet) -> None:
    written = texts(sheet)
    assert "12" in written
    numbers = {text for text in written if re.fullmatch(r"[\d  ,]+", text)}
    assert numbers <= {"12", "15", "0", "1", "2", "3", "4", "5", "500", "1000", "1500", "2000"}


def test_hidden_awaited_and_missing_are_told_apart_in_words() -> None:
    for sheet in (bars(ALL, 400), columns(ALL, 400)):
        words = " ".join(texts(sheet))
        for point in (HIDDEN, AWAITED, NONE):
            assert point.text in words
    assert "stroke-dasharray" in columns([SHOWN, AWAITED], 400).render()
    assert "stroke-dasharray" not in columns([SHOWN, HIDDEN], 400).render()


def test_the_height_of_what_is_hidden_says_nothing() -> None:
    def boxes(points: list[Point]) -> list[str]:
        return re.findall(r'<rect[^>]*fill="none"[^>]*>', columns(points, 400).render())

    low = Point("T1 2009", "value", "5", 5.0)
    assert boxes([SHOWN, HIDDEN]) == boxes([low, HIDDEN])


def test_the_running_total_has_no_point_where_it_is_unknown() -> None:
    unknown = Point("T2 2009", "suppressed", "masqué")
    drawing = running([SHOWN, unknown, Point("T3 2009", "value", "40", 40.0)], 400)
    assert drawing.render().count("<circle") == 2
    assert "40" in texts(drawing)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (7, 8), (10, 10), (81, 100), (343, 400), (2751, 3000), (0.45, 0.5)]
)
def test_an_axis_ends_on_a_round_number_that_holds_all(highest: float, top: float) -> None:
    found, step = nice_top(highest)
    assert found == pytest.approx(top)
    assert found / step <= 5.0001


def test_everything_that_a_drawing_shows_is_said_in_its_alternative_text(source: Source) -> None:
    figures = Figures(source, Language.FR, "phase", ("M02", "M03"))
    [figure] = of_row(drawn(figures, [Parts("M03", "infraction")])).items
    assert figure.title == "Personnes accusées, par infraction"
    assert figure.alt == (
        "Personnes accusées, par infraction. proxénétisme\u00a0: 26\u202f; autre\u00a0: 50\u202f; "
        "stupéfiants\u00a0: masqué pour protéger les personnes."
    )
    assert figure.source.startswith("Source\u00a0: journal «\u00a0Accusations")
    assert figure.source.endswith("tel que connu au 30\u00a0septembre 2011.")


def test_a_box_of_which_nobody_is_told_is_named(make: Make) -> None:
    boxes = {"primaire × victime": 12.0, "secondaire × client": 9.0}
    rows = [row("M03", count, breakdown="axe_cible", breakdown_value=box) for box, count in boxes.items()]
    figures = Figures(make([*ROWS, *rows]), Language.FR, "phase", ("M02", "M03"))
    [figure] = of_row(drawn(figures, [Matrix("M03", "axe_cible")])).items
    assert "primaire × client\u00a0: personne" in figure.alt
    assert "secondaire × victime\u00a0: personne" in figure.alt


def test_two_drawings_share_a_row_and_what_is_not_told_is_left_out(source: Source) -> None:
    figures = Figures(source, Language.FR, "phase", ("M02", "M03"))
    row: list[Drawing] = [OverTime("M02"), Compare(Words("a", "b"), ("M02", "M03", "X99")), OverTime("X99")]
    assert [figure.title for figure in of_row(drawn(figures, row)).items] == [
        "Arrestations, par année du programme",
        "a",
    ]
    assert drawn(figures, [OverTime("X99"), Parts("X99", "motif")]) == []


def test_a_drawing_without_any_figure_is_written_instead(source: Source) -> None:
    figures = Figures(source, Language.FR, "phase", ("M02", "M03"))
    [note] = drawn(figures, [Parts("M02", "motif")])
    assert isinstance(note, Paragraph)
    said = "".join(span.text for span in note.spans)
    assert said == "Arrestations, par motif\u00a0: masqué pour protéger les personnes"


def test_the_colours_are_those_of_the_boards() -> None:
    brand = import_module("bilan_superset.brand")
    assert (palette.BLUE, palette.INK) == (brand.BLUE, brand.INK)
    assert palette.FONT in brand.FONTS
