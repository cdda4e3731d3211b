"""Who may pull, one KPI out of the table, the journal, the words, and the description of the API."""

import json
import re
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bilan_superset.access import pulls_extracts
from bilan_superset.extracts import journal, kpis, problems
from bilan_superset.extracts.openapi import document
from bilan_superset.extracts.wording import WORDS, language, size
from bilan_superset.roles import PERMISSIONS

from bilan.cli.services import superset_bin
from tests.integration.superset.extracts.extracts_sample import COLUMNS, figures

ROOM = Path(__file__).resolve().parents[3] / "superset_config"


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        (["MinistryReviewer"], True),
        (["DataSteward"], True),
        (["Admin", "DataSteward"], True),
        (["Admin"], False),
        (["PartnerDirector", "Partenaire SPAL"], False),
        (["PartnerDirector", "MinistryReviewer"], False),
        (["Partenaire SPAL"], False),
        (["Gamma"], False),
        (["Public"], False),
        ([], False),
    ],
)
def test_the_ministry_and_the_steward_pull_and_nobody_else(roles: list[str], may: bool) -> None:
    assert pulls_extracts(roles) is may


def test_the_menu_shows_the_link_to_those_who_may_follow_it() -> None:
    link = ("menu_access", "Extraits")
    assert {role for role, permissions in PERMISSIONS.items() if link in permissions} == {
        role for role in PERMISSIONS if pulls_extracts([role])
    }


# --- one KPI


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8").splitlines(keepends=True)


ABOUT = {"release": 2, "code": "M02"}


def test_a_kpi_s_cells_are_passed_on_and_an_empty_one_is_never_zero() -> None:
    columns, rows = kpis.rows_of(lines(figures()), "M02")
    assert tuple(columns) == COLUMNS
    told = json.loads(kpis.as_json(ABOUT, rows))
    assert (told["release"], told["code"]) == (2, "M02")
    first, hidden = told["rows"]
    assert (first["value"], first["n_persons"], first["link_rate"], first["territory"]) == (
        90.0,
        86,
        0.5,
        None,
    )
    assert (hidden["value"], hidden["numerator"], hidden["status"]) == (None, None, "suppressed")
    assert kpis.rows_of(lines(kpis.as_csv(columns, rows)), "M02") == (columns, rows)


def test_a_true_zero_stays_zero_and_quotes_survive() -> None:
    columns, rows = kpis.rows_of(lines(figures()), "M04.concluded")
    assert json.loads(kpis.as_json(ABOUT, rows))["rows"][0]["value"] == 0.0
    assert (
        kpis.rows_of(lines(kpis.as_csv(columns, rows)), "M04.concluded")[1][0]["breakdown_value"] == 'é, "x"'
    )


@pytest.mark.parametrize("code", ["M04", "m02", "", "M02 ", "*"])
def test_a_code_is_the_whole_code(code: str) -> None:
    assert kpis.rows_of(lines(figures()), code)[1] == []


@pytest.mark.parametrize(
    "text", [b"", b"codes,value\nM02,1\n", b"code,value\nM02\n", b'code,value\nM02,"1', b"value,code\n1\n"]
)
def test_what_is_not_the_table_of_figures_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match="is not a table"):
        kpis.rows_of(lines(text), "M02")


@pytest.mark.parametrize(
    ("column", "cell"), [("value", "nan"), ("value", "inf"), ("n_persons", "1.5"), ("low", "x")]
)
def test_a_number_that_is_none_is_refused(column: str, cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        kpis.as_json(ABOUT, [{"code": "M02", column: cell}])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("M02", ("M02", None)),
        ("M02.json", ("M02", "json")),
        ("M04.concluded", ("M04.concluded", None)),
        ("M04.concluded.csv", ("M04.concluded", "csv")),
        ("M02.xlsx", ("M02.xlsx", None)),
    ],
)
def test_a_suffix_is_a_format(name: str, parts: tuple[str, str | None]) -> None:
    assert kpis.split_name(name) == parts


# --- the journal

ACCESS = journal.Access(
    datetime(2026, 11, 2, 12, tzinfo=UTC),
    "ministere",
    "0123456789ab",
    "GET",
    "/extracts/api/v1/releases",
    None,
    200,
)


def written(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / journal.FILE).read_text("ascii").splitlines()]


def test_the_journal_says_who_what_when_and_is_private(tmp_path: Path) -> None:
    journal.append(tmp_path, ACCESS)
    journal.append(tmp_path, replace(ACCESS, user=None, token=None, release=2, status=401))
    first, second = written(tmp_path)
    assert first == {
        "at": "2026-11-02T12:00:00.000+00:00",
        "user": "ministere",
        "token": "0123456789ab",
        "method": "GET",
        "what": "/extracts/api/v1/releases",
        "release": None,
        "status": 200,
    }
    assert (second["user"], second["release"], second["status"]) == (None, 2, 401)
    assert stat.S_IMODE((tmp_path / journal.FILE).stat().st_mode) == 0o600


def test_no_address_forges_a_line_or_leaves_a_token(tmp_path: Path) -> None:
    token = "bilan_0123456789ab_" + "s" * 43
    journal.append(tmp_path, replace(ACCESS, what=f'/x\n{{"user": "autre"}}\u2028/{token}/' + "y" * 999))
    (line,) = written(tmp_path)
    assert line["user"] == "ministere"
    assert "sss" not in str(line)
    assert len(str(line["what"])) == journal.LONGEST_WHAT


def test_lines_of_several_workers_do_not_mix(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda n: journal.append(tmp_path, replace(ACCESS, what="x" * n)), range(1, 201)))
    assert sorted(len(str(line["what"])) for line in written(tmp_path)) == list(range(1, 201))


def test_a_link_in_place_of_the_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / journal.FILE).symlink_to(tmp_path / "ailleurs")
    with pytest.raises(OSError, match=r".+"):
        journal.append(tmp_path, ACCESS)
    assert not (tmp_path / "ailleurs").exists()


# --- words


def test_both_languages_say_everything() -> None:
    assert WORDS["fr"].keys() == WORDS["en"].keys()
    said = " ".join(
        path.read_text("utf-8") for path in (ROOM / "bilan_superset/extracts/templates").rglob("*.html")
    )
    missing = set(re.findall(r"words\.(\w+)", said)) - WORDS["fr"].keys()
    assert missing == set()
    assert all(kind.detail != kind.detail_en and kind.title for kind in problems.KINDS)


@pytest.mark.parametrize(
    ("asked", "session", "expected"),
    [(None, None, "fr"), ("en", None, "en"), ("fr", "en", "fr"), (None, "en", "en"), ("xx", "fr", "fr")],
)
def test_french_unless_asked(asked: str | None, session: str | None, expected: str) -> None:
    assert language(asked, session) == expected


def test_sizes_are_read_in_each_language() -> None:
    assert size(999, WORDS["fr"]) == "999\u00a0octets"
    assert size(12_345, WORDS["fr"]) == "12,3\u00a0ko"
    assert size(38_803_512, WORDS["en"]) == "38.8\u00a0MB"


# --- the description


@pytest.mark.integration
def test_the_description_names_every_route_and_no_other() -> None:
    # Superset only logs that a blueprint could not be registered: here it is an error
    script = (
        "import json; from flask import Flask; from bilan_superset.extracts.api import API, ROUTES; "
        "from bilan_superset.extracts.pages import PAGES; app = Flask('bilan'); "
        "app.register_blueprint(PAGES); app.register_blueprint(API); "
        "print(json.dumps([rule for rule, _ in ROUTES]))"
    )
    ran = subprocess.run(
        [superset_bin() / "python", "-c", script],
        env={"PYTHONPATH": str(ROOM)},
        capture_output=True,
        text=True,
        check=True,
    )
    routes = {re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule) for rule in json.loads(ran.stdout)}
    assert routes == set(document()["paths"])


def test_problems_have_names_of_their_own() -> None:
    assert len({kind.name for kind in problems.KINDS}) == len(problems.KINDS)
    for kind in problems.KINDS:
        body = problems.ProblemError(kind).body
        assert body["type"] == f"urn:bilan:extraits:{kind.name}"
        assert "/" not in body["detail"].replace("application/json", "").replace("text/csv", "")
