"""Who opens which file: a table of roles, and nothing for everyone else."""

from pathlib import Path

import pytest
from bilan_superset.access import READERS, NoFileError, file_of, partner_of
from bilan_superset.landing import elsewhere, home_of
from bilan_superset.secrets import secret
from bilan_superset.setup.accounts import load_or_make_passwords, roles_of_users

from bilan.dashboards.boards import HOME


@pytest.fixture
def published(tmp_path: Path) -> Path:
    for build in ("1", "2"):
        partners = tmp_path / build / "partners"
        partners.mkdir(parents=True)
        for name in ("public.duckdb", "steward.duckdb"):
            (tmp_path / build / name).touch()
        for code in ("SPAL", "CISSS-ME", "2159"):
            (partners / f"{code}.duckdb").touch()
    (tmp_path / "current").symlink_to("1")
    return tmp_path


@pytest.mark.parametrize(
    ("roles", "file"),
    [
        (["Admin"], "steward.duckdb"),
        (["DataSteward"], "steward.duckdb"),
        (["MinistryReviewer"], "public.duckdb"),
        (["MinistryReviewer", "DataSteward"], "public.duckdb"),
        (["PartnerDirector", "Partenaire SPAL"], "partners/SPAL.duckdb"),
        (["PartnerDirector", "Partenaire CISSS-ME"], "partners/CISSS-ME.duckdb"),
        (["PartnerDirector", "Partenaire 2159"], "partners/2159.duckdb"),
        (["PartnerDirector", "Partenaire SPAL", "MinistryReviewer"], "partners/SPAL.duckdb"),
        (["PartnerDirector", "Partenaire SPAL", "DataSteward"], "partners/SPAL.duckdb"),
    ],
)
def test_each_role_opens_its_file(published: Path, roles: list[str], file: str) -> None:
    assert file_of(roles, published) == published / "1" / file


@pytest.mark.parametrize(
    "roles",
    [
        [],
        ["Gamma"],
        ["Public"],
        ["Partenaire SPAL"],
        ["PartnerDirector"],
        ["PartnerDirector", "Partenaire SPAL", "Partenaire 2159"],
        ["PartnerDirector", "Partenaire KEKPART"],
        ["PartnerDirector", "Partenaire ../public"],
        ["PartnerDirector", "Partenaire ../../2/partners/SPAL"],
        ["PartnerDirector", "Admin"],
    ],
)
def test_everyone_else_opens_nothing(published: Path, roles: list[str]) -> None:
    with pytest.raises(NoFileError) as refusal:
        file_of(roles, published)
    assert str(published) not in str(refusal.value)


def test_a_switch_of_builds_is_seen_at_once(published: Path) -> None:
    (published / "next").symlink_to("2")
    (published / "next").replace(published / "current")
    assert file_of(["MinistryReviewer"], published) == published / "2/public.duckdb"


def test_nothing_published_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoFileError):
        file_of(["MinistryReviewer"], tmp_path)


def test_two_partners_are_no_partner() -> None:
    assert partner_of(["Partenaire SPAL", "Partenaire SPAL"]) == "SPAL"
    assert partner_of(["Partenaire SPAL", "Partenaire CJM"]) is None


def test_every_reader_reads_the_board_that_they_land_on() -> None:
    assert set(READERS) <= set(HOME.readers)


def test_readers_land_on_a_board_and_have_no_lists() -> None:
    director = ["PartnerDirector", "Partenaire SPAL"]
    assert home_of(director) == "/superset/dashboard/bilan-mobilis/"
    assert elsewhere("/chart/list/", "", director) == home_of(director)
    assert elsewhere("/chart/list/", "", ["Admin"]) is None


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = secret("superset_secret_key", tmp_path)
    assert len(made) == 64
    assert secret("superset_secret_key", tmp_path) == made
    assert (tmp_path / "superset_secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["superset_secret_key"]
    monkeypatch.setenv("BILAN_SUPERSET_SECRET_KEY", "given")
    assert secret("superset_secret_key", tmp_path) == "given"


def test_passwords_are_random_kept_and_private(tmp_path: Path) -> None:
    path = tmp_path / "passwords.json"
    first = load_or_make_passwords(path, ["a", "b"])
    assert first["a"] != first["b"]
    assert load_or_make_passwords(path, ["a", "b", "c"]).items() >= first.items()
    assert path.stat().st_mode & 0o777 == 0o600


def test_each_partner_has_one_director_and_no_more_rights() -> None:
    users = roles_of_users(["SPAL", "2159"])
    assert users == {
        "intendance": ["Admin", "DataSteward"],
        "ministere": ["MinistryReviewer"],
        "direction-spal": ["PartnerDirector", "Partenaire SPAL"],
        "direction-2159": ["PartnerDirector", "Partenaire 2159"],
    }
