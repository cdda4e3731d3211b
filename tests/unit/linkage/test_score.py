import logging
import os
import random
from pathlib import Path

import polars as pl
import pytest

from bilan.linkage.comparisons import BORN_TOGETHER, LINK_THRESHOLD, REVIEW_THRESHOLD, blocks, comparisons
from bilan.linkage.joining import score_text
from bilan.linkage.score import PAIRS, score_pairs

pytestmark = pytest.mark.integration

COLUMNS = ("token", "surname", "given_name", "birth_date")
GAGNON = ("a", "Gagnon", "Noémie", "2000-05-12")


def tellings(*rows: tuple[str | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def probability(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> float:
    pairs = score_pairs(tellings(one, other), at_least=0.0)
    return float(pairs["probability"][0]) if pairs.height else 0.0


@pytest.mark.parametrize(
    "other",
    [
        ("b", "GAGNON", "noemie", "2000-05-12"),  # accents and capitals
        ("b", "Gangon", "Noémie", "2000-05-12"),  # letters swapped
        ("b", "Gagnon", "Noémei", "2000-05-12"),
        ("b", "Noémie", "Gagnon", "2000-05-12"),  # names swapped
        ("b", "Gagnon", "Noémie", "2000-12-05"),  # day and month swapped
    ],
)
def test_one_slip_is_linked(other: tuple[str, ...]) -> None:
    assert probability(GAGNON, other) >= LINK_THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Roy", "Luc", "2001-03-04"), ("Roy", "Zoé", "2001-03-04")),
        (("Roy", "Julie", "2001-03-04"), ("Roy", "Julien", "2001-03-04")),
        (("Roy", "Gabriel", "2001-03-04"), ("Roy", "Gabrielle", "2001-03-04")),
        (("Roy", "Marc-André", "2001-03-04"), ("Roy", "Marc-Antoine", "2001-03-04")),
    ],
)
def test_twins_are_never_linked_without_a_persons_word(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert REVIEW_THRESHOLD <= probability(("a", *one), ("b", *other)) < LINK_THRESHOLD


@pytest.mark.parametrize(
    "other",
    [
        ("b", "Gagnon", "Noémie", "1997-06-15"),  # a namesake
        ("b", "Gagnon", "Xavier", "1998-01-20"),  # a brother
        ("b", "Tremblay", "Xavier", "2000-05-12"),  # born the same day
        ("b", "Tremblay", None, None),
    ],
)
def test_strangers_are_not_even_put_forward(other: tuple[str | None, ...]) -> None:
    assert probability(GAGNON, other) < REVIEW_THRESHOLD


@pytest.mark.parametrize("birth_date", ["2000-01-01", "2000-05-13", "2001-05-12"])
def test_a_date_known_to_the_year_or_off_by_a_figure_is_for_a_person_to_decide(birth_date: str) -> None:
    found = probability(GAGNON, ("b", "Gagnon", "Noémie", birth_date))
    assert REVIEW_THRESHOLD <= found < LINK_THRESHOLD


def test_the_answer_depends_neither_on_order_nor_on_company() -> None:
    crowd = [
        (f"c{n}", f"Nom{n % 37}", f"Prénom{n % 41}", f"19{n % 30 + 60}-07-{n % 27 + 2:02}")
        for n in range(300)
    ]
    pair = [GAGNON, ("b", "Gangon", "Noémie", "2000-05-12")]
    rows = [*crowd, *pair]
    whole = score_pairs(tellings(*rows))
    random.Random(7).shuffle(rows)
    assert score_pairs(tellings(*rows)).equals(whole)
    alone = score_pairs(tellings(*pair))
    assert whole.filter(pl.col("token") == "a").equals(alone)


def test_pairs_are_ordered_and_each_told_once() -> None:
    pairs = score_pairs(tellings(("z", *GAGNON[1:]), GAGNON))
    assert pairs.schema == PAIRS
    assert pairs.select("token", "other").rows() == [("a", "z")]
    assert score_pairs(tellings(GAGNON)).is_empty()


def test_nothing_is_written_nor_logged(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    cwd, temporary, home = (tmp_path / name for name in ("cwd", "tmp", "home"))
    for folder in (cwd, temporary, home):
        folder.mkdir()
    monkeypatch.chdir(cwd)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("HOME", str(home))
    opened = _watch_openings(monkeypatch)
    with caplog.at_level(logging.DEBUG):
        rows = [(f"t{n}", f"Tremblay{n % 5}", f"Luc{n % 3}", "2001-03-04") for n in range(400)]
        assert score_pairs(tellings(*rows), at_least=0.0).height > 1000
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert opened == []
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_a_column_that_the_model_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        comparisons(("surname", "soc_sec_id"))


def test_likeness_adds_up_to_one() -> None:
    for comparison in comparisons(("surname", "given_name", "birth_date", "suburb", "postcode", "state")):
        assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.005), comparison.name
        # the u of twins is that of a few, not of all
        of_all = sum(level.u for level in comparison.levels if level.says != BORN_TOGETHER)
        assert of_all == pytest.approx(1, abs=0.005), comparison.name
    assert len(blocks(("surname",))) == 0


def test_a_score_is_never_rounded_up() -> None:
    assert [score_text(p) for p in (0.99999, 0.94999, 0.95, 1.0)] == ["0.9999", "0.9499", "0.9500", "1.0000"]


def _watch_openings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that Python opens to write from here on; DuckDB's would be found in the folders."""
    opened: list[str] = []
    original = os.open

    def watched(path: str, flags: int, *rest: int, **more: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            opened.append(str(path))
        return original(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", watched)
    return opened
