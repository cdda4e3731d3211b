"""What a reviewer reads of the boards leaves no chart out."""

from dataclasses import replace

import pytest
from bundle.assets import Board, Cell, Chart
from bundle.boards import boards
from bundle.summary import summary

MOBILIS = boards()[0]


@pytest.mark.parametrize("board", boards(), ids=lambda board: board.slug)
def test_every_chart_of_every_board_is_told_in_reading_order(board: Board) -> None:
    told = summary(board).splitlines()
    titles = [line.removeprefix("  - ") for line in told if line.startswith("  - ")]
    assert titles == [chart.title for chart in board.charts]
    kinds = [line.strip() for line in told if " of " in line and line.startswith("      ")]
    assert kinds == [f"{chart.viz} of {chart.dataset}" for chart in board.charts]


def test_a_board_is_told_with_its_readers_and_what_it_opens_on() -> None:
    [name, readers, opens_on, *_] = summary(MOBILIS).splitlines()
    assert name == "bilan-mobilis: Bilan MOBILIS"
    assert readers == "  read by PartnerDirector, MinistryReviewer, DataSteward"
    assert opens_on.startswith("  opens on kind Phase, period Phase 1, ")


def test_another_code_changes_one_line() -> None:
    wheres = [{"subject": "code", "operator": "IN", "comparator": ["M02", "M03"]}]
    chart = Chart("k", "Chiffres clés", "handlebars", "board_figures", {"adhoc_filters": wheres})
    board = replace(MOBILIS, cells=(Cell("## Titre\nNote.\n", 8), Cell(chart, 30)))
    assert summary(board).splitlines()[3:] == [
        "  ## Titre",
        "  Note.",
        "  - Chiffres clés",
        "      handlebars of board_figures",
        "      code IN M02, M03",
    ]
