"""What is refused: strangers, partners, paths, candidates, withdrawn and altered releases, writing."""

from pathlib import Path

import httpx
import pytest

from tests.integration.superset.extracts import extracts_sample as sample
from tests.integration.superset.extracts.extracts_client import (
    API,
    EVERYTHING,
    FILE,
    Get,
    Page,
    problem,
    pull,
)
from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("path", [*EVERYTHING, "releases/1", "nothing"])
def test_a_stranger_and_a_partner_get_nothing(superset: RunningSuperset, page: Page, path: str) -> None:
    stranger = pull(superset, path)
    assert problem(stranger)["type"].endswith("no-login")
    assert stranger.headers["www-authenticate"].startswith("Bearer")
    partner = page("direction-spal").get(f"{API}/{path}")
    assert (partner.status_code, problem(partner)["type"]) == (403, "urn:bilan:extraits:forbidden")


def test_the_pages_send_a_stranger_to_the_login_and_refuse_a_partner(
    superset: RunningSuperset, page: Page
) -> None:
    for path in ("/extracts/", "/extracts/tokens/"):
        answer = httpx.get(superset.address + path, timeout=60)
        assert (answer.status_code, answer.headers["location"]) == (302, "/login/?next=/extracts/")
        refused = page("direction-spal").get(path)
        assert refused.status_code == 403
        assert "réservés au ministère" in refused.text
        assert "kpi_values" not in refused.text


def test_the_menu_leads_there_those_who_may_go(page: Page) -> None:
    def menu(user: str) -> str:
        return page(user).get("/api/v1/menu/").text

    assert "/extracts/" in menu("ministere")
    assert "/extracts/" in menu("intendance")
    assert "/extracts/" not in menu("direction-spal")


@pytest.mark.parametrize(
    "path",
    [
        "../../../extracts/index.json",
        "..%2f..%2findex.json",
        "%2e%2e/%2e%2e/index.json",
        "%252e%252e%252f%252e%252e%252findex.json",
        "..%5c..%5cindex.json",
        "..%c0%af..%c0%afindex.json",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "file:%2f%2f%2fetc%2fpasswd",
        "data/../../../3/package/manifest.json",
        "data%2f..%2f..%2f..%2f3%2fpackage%2fmanifest.json",
        "LISEZMOI.md%00",
        "LISEZMOI.md%00.csv",
        "%00",
        "data/",
        "data",
        ".",
        "lien.csv",
        "LISEZMOI.md%0d%0aX-Injected:%20oui",
    ],
)
def test_no_path_leaves_the_package(superset: RunningSuperset, token: str, build: Path, path: str) -> None:
    link = build / "extracts/2/package/lien.csv"
    link.symlink_to("/etc/passwd")
    # httpx would tidy `..` up: the raw path is sent as it is
    url = httpx.URL(superset.address).copy_with(raw_path=f"{API}/releases/2/files/{path}".encode())
    try:
        with httpx.Client(timeout=60) as client:
            answer = client.get(url, headers={"Authorization": f"Bearer {token}"}, follow_redirects=True)
    finally:
        link.unlink()
    assert answer.status_code == 404
    assert "x-injected" not in answer.headers
    assert "root:" not in answer.text
    assert str(superset.home.root) not in answer.text


def test_a_link_that_the_index_names_is_not_followed(get: Get, build: Path) -> None:
    secret = build / "secret.csv"
    secret.write_bytes(b"code\nM02\n")
    link = build / "extracts/2/package/indexe.csv"
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    try:
        line = sample.release_out(build / "extracts")
        assert "indexe.csv" in {file["path"] for file in line["files"]}
        sample.write_index(build, [line])
        answer = get("releases/2/files/indexe.csv")
        assert (answer.status_code, problem(answer)["type"]) == (503, "urn:bilan:extraits:unreadable")
        assert "M02" not in answer.text
    finally:
        link.unlink()
        sample.put_back(build)


def test_a_file_changed_after_its_signature_is_not_given(get: Get, build: Path) -> None:
    path = build / "extracts/2/package" / FILE
    path.write_bytes(sample.figures().replace(b",90,", b",91,"))
    try:
        for asked in (f"files/{FILE}", "kpis/M02"):
            answer = get(f"releases/2/{asked}")
            assert (answer.status_code, problem(answer)["type"]) == (503, "urn:bilan:extraits:unreadable")
            assert "91" not in answer.text
    finally:
        path.write_bytes(sample.figures())


@pytest.mark.parametrize("rest", ["", "/archive", f"/files/{FILE}", "/kpis/M02", "/kpis/M02.csv"])
def test_a_withdrawn_release_is_gone_with_its_notice(get: Get, build: Path, rest: str) -> None:
    assert (build / "extracts/1/package" / FILE).exists()  # what is left on the disk is not given
    answer = get(f"releases/1{rest}")
    assert answer.status_code == 410
    told = problem(answer)
    assert (told["release"], told["notice_fr"], told["notice_en"]) == (1, sample.NOTICE_FR, sample.NOTICE_EN)


@pytest.mark.parametrize("number", ["3", "0", "-1", "02", "2.0", "99999999999", "²", "current", ".."])
@pytest.mark.parametrize("rest", ["", "/archive", f"/files/{FILE}", "/kpis/M02"])
def test_a_candidate_or_no_release_at_all_is_not_found(get: Get, number: str, rest: str) -> None:
    answer = get(f"releases/{number}{rest}".replace("/..", "/%2e%2e"))
    assert (answer.status_code, problem(answer)["type"]) == (404, "urn:bilan:extraits:not-found")


def test_a_withdrawal_is_seen_at_the_next_call_whatever_was_kept(get: Get, build: Path) -> None:
    tag = get("releases/2/archive").headers["etag"]
    gone = {**sample.release_withdrawn(), "release": 2}
    sample.write_index(build, [gone])
    try:
        assert get("releases/2/archive", If_None_Match=tag).status_code == 410
    finally:
        sample.put_back(build)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_the_api_only_reads(superset: RunningSuperset, token: str, method: str) -> None:
    for path in EVERYTHING:
        answer = httpx.request(
            method,
            f"{superset.address}{API}/{path}",
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        )
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_answers_like_get_without_the_content(superset: RunningSuperset, get: Get, token: str) -> None:
    asked = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    head = httpx.head(f"{superset.address}{API}/releases/2/archive", headers=asked, timeout=60)
    whole = get("releases/2/archive", Accept_Encoding="identity")
    assert head.content == b""
    for name in ("etag", "content-length", "content-type"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(("asked", "status"), [("?format=xlsx", 400), ("?format=", 400)])
def test_an_unknown_format_is_refused(get: Get, asked: str, status: int) -> None:
    assert problem(get(f"releases/2/kpis/M02{asked}"))["status"] == status
    assert problem(get("releases/2/kpis/M02", Accept="image/png"))["status"] == 406
