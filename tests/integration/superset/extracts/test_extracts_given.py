"""Pulling a release from a running Superset: what is given, to whom it is due."""

import hashlib
from pathlib import Path

import pytest

from tests.integration.superset.extracts import extracts_sample as sample
from tests.integration.superset.extracts.extracts_client import (
    API,
    EVERYTHING,
    FILE,
    Get,
    Page,
)

pytestmark = pytest.mark.integration


def test_a_script_lists_checks_and_saves_a_release(get: Get) -> None:
    out, gone = get("releases").json()["releases"]
    assert (out["release"], out["status"], out["synthetic"]) == (2, "published", True)
    assert (gone["status"], gone["files"], gone["archive"], gone["notice_fr"]) == (
        "withdrawn", [], None, sample.NOTICE_FR,
    )  # fmt: skip
    assert get("releases/2").json() == out
    for file in (*out["files"], out["archive"]):
        answer = get(file["href"].removeprefix(f"{API}/"))
        assert len(answer.content) == file["bytes"]
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        name = Path(file["path"]).name
        assert answer.headers["content-disposition"] == f"attachment; filename={name}"


@pytest.mark.parametrize("path", EVERYTHING)
def test_each_answer_is_private_inert_and_conditional(get: Get, path: str) -> None:
    first = get(path)
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["x-content-type-options"] == "nosniff"
    again = get(path, If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert get(path, If_None_Match='"0"').content == first.content


def test_a_file_s_tag_is_its_digest(get: Get) -> None:
    answer = get(f"releases/2/files/{FILE}", Accept_Encoding="identity")
    assert answer.headers["etag"] == f'"{hashlib.sha256(sample.figures()).hexdigest()}"'


@pytest.mark.parametrize(
    ("path", "headers", "kind"),
    [
        ("M02", {}, "application/json"),
        ("M02", {"Accept": "text/csv"}, "text/csv; charset=utf-8"),
        ("M02", {"Accept": "text/csv;q=0.1, application/json"}, "application/json"),
        ("M02?format=csv", {"Accept": "application/json"}, "text/csv; charset=utf-8"),
        ("M02.csv", {}, "text/csv; charset=utf-8"),
        ("M04.concluded.json", {"Accept": "text/csv"}, "application/json"),
        ("M04.concluded", {"Accept": "*/*"}, "application/json"),
    ],
)
def test_one_kpi_in_the_format_asked(get: Get, path: str, headers: dict[str, str], kind: str) -> None:
    answer = get(f"releases/2/kpis/{path}", **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    code = "M04.concluded" if "concluded" in path else "M02"
    if "json" in kind:
        assert {row["code"] for row in answer.json()["rows"]} == {code}
    else:
        assert answer.text.count(f"{code},") == answer.text.count("\r\n") - 1


def test_two_formats_of_a_kpi_have_two_tags(get: Get) -> None:
    tags = {
        get(f"releases/2/kpis/{name}").headers["etag"] for name in ("M02.json", "M02.csv", "M04.concluded")
    }
    assert len(tags) == 3


def test_a_login_session_reads_too(page: Page) -> None:
    for user in ("ministere", "intendance"):
        assert page(user).get(f"{API}/releases/2/archive").content.startswith(b"PK")
