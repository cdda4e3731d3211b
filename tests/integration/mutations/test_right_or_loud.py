"""Thousands of mutated files: each is read right, or its report says what was not."""

import pytest

from bilan.contracts import CONTRACTS
from tests.mutations import kinds  # noqa: F401 - fills the catalogue
from tests.mutations.catalogue import CATALOGUE
from tests.mutations.running import Tally, run
from tests.mutations.table import counted, shown_harmless, shown_leaking, shown_silent
from tests.thorough import either

FILES, SEED = either(2000, 10_000), 2008
pytestmark = [pytest.mark.integration, pytest.mark.timeout(7200)]
MOST_HARMLESS = 0.05  # of the files that careful people read as they are: those that are not read


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Every file judged, once."""
    return run(FILES, SEED)


def test_no_file_is_read_wrong_in_silence(tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{counted(tally)}")  # noqa: T201 - the count is part of what the suite tells
    assert not tally.silent, "\n".join(shown_silent(tally.silent))


def test_no_report_quotes_a_name(tally: Tally) -> None:
    assert not tally.leaking, "\n".join(shown_leaking(tally))


def test_files_that_careful_people_read_are_read(tally: Tally) -> None:
    assert len(tally.harmless) <= MOST_HARMLESS * tally.good, "\n".join(shown_harmless(tally))


def test_every_mutation_and_every_log_is_tried(tally: Tally) -> None:
    """2,000 files at least, singly and in pairs."""
    assert tally.files.total() >= 2000
    assert {name for name, _ in tally.verdicts} == {*CATALOGUE}
    assert tally.logs == {*CONTRACTS}
    assert tally.pairs >= tally.files.total() * 0.4
