"""The pages can be read in a terminal and reviewed line by line: no line of prose is longer than 160."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 160
GENERATED = {ROOT / "docs" / name for name in ("indicateurs.md", "journaux.md", "mesures.md")}
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")} - GENERATED)
NO_PROSE = re.compile(r"\s*(\||<|!\[)")  # tables, HTML and images can't be cut


def long_lines(text: str) -> Iterator[int]:
    """The numbers of the lines of prose that are too long."""
    is_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        is_code ^= line.lstrip().startswith("```")
        if len(line) > MOST and not is_code and not NO_PROSE.match(line):
            yield number


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_line_of_prose_is_too_long(page: Path) -> None:
    assert list(long_lines(page.read_text("utf-8"))) == []


def test_a_long_line_is_found_but_in_tables_and_code() -> None:
    long = "a " * MOST
    assert list(long_lines(f"short\n{long}\n| {long} |\n```\n{long}\n```\n{long}\n")) == [2, 7]
