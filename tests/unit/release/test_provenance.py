"""What a release says that it was made of: nothing that decides a figure or a word is left out of it."""

from pathlib import Path

import pytest

from bilan.release.candidate.provenance import ROOT, code_version, model_hashes
from tests.catalogue import entries_of, models

DECIDING = (
    "bilan/cli/main.py",
    "bilan/dashboards/views/board_figures.sql",
    "bilan/reference/periods.csv",
    "bilan/release/package/texts/LISEZMOI.md",
    "dbt_project/macros/measure.sql",
    "dbt_project/models/marts/fct_arrest.sql",
)


def test_every_indicator_s_model_is_hashed() -> None:
    measured = {model["name"] for model in models() if entries_of(model)}

    assert measured
    assert measured <= set(model_hashes())


@pytest.mark.parametrize("file", DECIDING)
def test_a_change_of_whatever_decides_a_figure_or_a_word_makes_another_version(
    file: str, tmp_path: Path
) -> None:
    for name in DECIDING:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    before = code_version(tmp_path)

    with (tmp_path / file).open("ab") as changed:
        changed.write(b"\n")

    assert code_version(tmp_path) != before


def test_the_version_is_that_of_this_checkout() -> None:
    assert (ROOT / "tests").is_dir()
    assert code_version() == code_version(Path(__file__).resolve().parents[3])
