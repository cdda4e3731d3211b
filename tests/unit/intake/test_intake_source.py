"""Whose file it is, and the lists that are data."""

from datetime import date
from pathlib import Path

import pytest

from bilan.errors import PlainError
from bilan.intake import Source, UnknownSource, load_reference, source_of

DAY = date(2010, 3, 31)


@pytest.mark.parametrize(
    "path",
    [
        "inbox/SPAL/arrestations_2010-03-31.csv",
        "spal/Arrestations_2010-03-31.CSV",
        "/a/Spal/ARRESTATIONS_2010-03-31.csv",
        "SPAL/arrestations 2010-03-31.csv",
    ],
)
def test_a_path_tells_sender_log_and_date(path: str) -> None:
    assert source_of(Path(path)) == Source(path, "SPAL", "arrestations", DAY, ".csv")


@pytest.mark.parametrize(
    ("path", "log"),
    [
        ("CISSS-ME/jeunes_rencontres_2010-03-31.xlsx", "jeunes_rencontres"),
        ("cisss-me/références_2010-03-31.xlsx", "references"),
    ],
)
def test_codes_and_logs_of_several_words(path: str, log: str) -> None:
    assert source_of(Path(path)) == Source(path, "CISSS-ME", log, DAY, ".xlsx")


def test_what_is_given_wins_over_the_path() -> None:
    path = Path("SPAL/arrestations_2010-03-31.csv")
    given = source_of(path, sender="cjm", log="Echanges", statement_date=date(2011, 1, 1))
    assert given == Source(str(path), "CJM", "echanges", date(2011, 1, 1), ".csv")


def test_a_path_that_says_nothing_is_enough_when_all_is_given() -> None:
    given = source_of(Path("x.xlsx"), sender="SPAL", log="arrestations", statement_date=DAY)
    assert given == Source("x.xlsx", "SPAL", "arrestations", DAY, ".xlsx")
    assert source_of(Path("SPAL/arrestations.csv"), statement_date=DAY).log == "arrestations"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("INCONNU/arrestations_2010-03-31.csv", "expéditeur inconnu"),
        ("arrestations_2010-03-31.csv", "expéditeur inconnu"),
        ("SPAL/arrestation_2010-03-31.csv", "journal inconnu"),
        ("SPAL/2010-03-31.csv", "journal inconnu"),
        ("SPAL/arrestations.csv", "date"),
        ("SPAL/arrestations_2010-02-30.csv", "date"),
        ("SPAL/arrestations_31-03-2010.csv", "journal inconnu"),
        ("SPAL/arrestations_2010-03-31.pdf", "seuls"),
        ("SPAL/arrestations_2010-03-31", "seuls"),
    ],
)
def test_unknown_sources_say_why(path: str, says: str) -> None:
    with pytest.raises(UnknownSource, match=says):
        source_of(Path(path))


def test_packaged_reference() -> None:
    reference = load_reference(None)
    assert {"SPAL", "CJM", "CISSS-ME", "COORD", "2159"} <= set(reference.partners)
    assert reference.territories[0] == "Longueuil"
    assert reference.programmes == {"MOBILIS": date(2008, 9, 1), "Pj": date(2016, 10, 1)}


def test_the_steward_extends_territories_and_partners(tmp_path: Path) -> None:
    (tmp_path / "territories.csv").write_text("name\nLaval\nLongueuil\n\n", encoding="utf-8")
    (tmp_path / "partners.csv").write_text("code,name_fr\nGRC,Gendarmerie royale\n", encoding="utf-8")
    reference = load_reference(tmp_path)
    assert reference.territories[0] == "Longueuil"
    assert reference.territories.count("Longueuil") == 1
    assert reference.territories[-1] == "Laval"
    assert reference.partners[-1] == "GRC"
    assert source_of(Path("grc/references_2010-03-31.csv"), reference=reference).sender == "GRC"


def test_a_home_without_lists_of_its_own(tmp_path: Path) -> None:
    assert load_reference(tmp_path) == load_reference(None)


def test_a_list_without_its_column_is_said(tmp_path: Path) -> None:
    (tmp_path / "territories.csv").write_text("nom\nLaval\n", encoding="utf-8")
    with pytest.raises(PlainError, match="name"):
        load_reference(tmp_path)
