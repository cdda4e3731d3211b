"""How figures are shown is frozen with their entries; what was frozen before says nothing of it."""

from pathlib import Path

import pytest

from bilan.dashboards.tables import COMPANIONS
from bilan.home import Home
from bilan.release.candidate.folder import candidate_folder, read_contents
from bilan.release.publication.shown.build import _entries
from bilan.release.schema import FROZEN_FIGURES, SHOWING, nothing
from tests.catalogue import shown_catalogue

pytestmark = pytest.mark.integration


def test_entries_of_before_say_nothing_of_how_figures_are_shown(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    folder = candidate_folder(home, 1)
    folder.mkdir(parents=True)
    nothing(FROZEN_FIGURES).write_parquet(folder / "public.parquet")
    shown_catalogue().drop(SHOWING).write_parquet(folder / "catalogue.parquet")
    told = read_contents(home, 1).catalogue
    assert told.select(SHOWING).unique().rows() == [("",) * len(SHOWING)]


def test_a_companion_without_words_is_drawn_and_not_said() -> None:
    rows = _entries(shown_catalogue())[COMPANIONS.name].rows()
    said = {code: (companion, french) for code, companion, french, _ in rows}
    assert said["M05"] == ("M05.meetings", "en {} rencontres")
    assert said["P15.detected"] == ("P15.served", None)
