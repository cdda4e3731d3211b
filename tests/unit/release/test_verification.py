"""`bilan verify` over releases: register, candidates, packages, and the ledger they were made from."""

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bilan.home import Home
from bilan.ledger.findings import Verdict
from bilan.release import withdraw
from bilan.release.package.making import described
from bilan.release.verification.releases import verify_releases
from bilan.signing import release_key
from tests import releasing

pytestmark = pytest.mark.integration


def found(home: Home) -> set[str]:
    verdict = Verdict()
    verify_releases(home, verdict)
    return {finding.code for finding in verdict.findings}


def package(home: Home, number: int = 1) -> Path:
    return home.releases / str(number) / "package"


def test_nothing_is_found_where_nothing_was_done(home: Home) -> None:
    assert verify_releases(home, verdict := Verdict()) == 0
    assert verdict.sound


def test_nothing_is_found_in_what_is_as_it_was(published: Home) -> None:
    assert verify_releases(published, verdict := Verdict()) == 1
    assert verdict.sound, verdict.findings
    withdraw(published, 1, who="intendance", why="une erreur")
    assert found(published) == set()


def test_a_candidate_never_approved_has_no_package_to_look_at(home: Home) -> None:
    releasing.candidate(home)
    assert found(home) == set()


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda home: (package(home) / "METHODES.md").write_text("x"), "package_altered"),
        (lambda home: (package(home) / "data" / "more").write_text("x"), "package_altered"),
        (lambda home: package(home).rename(package(home).with_name("gone")), "package_missing"),
        (
            lambda home: (home.releases / "1" / "candidate" / "exact.parquet").write_bytes(b"x"),
            "candidate_altered",
        ),
        (lambda home: (home.releases / "register.jsonl").write_bytes(b""), "register_altered"),
        (lambda home: (home.keys / "release.pub").unlink(), "package_altered"),
    ],
)
def test_what_was_altered_is_found(published: Home, tamper: Callable[[Home], Any], code: str) -> None:
    tamper(published)
    assert code in found(published)


def test_a_package_signed_over_other_figures_is_found(published: Home) -> None:
    """As whoever holds the partnership's key could make it."""
    _edit_signed(published, "data/kpi_values.csv", lambda content: content.replace(b",90.0,", b",91.0,"))
    assert found(published) == {"package_altered", "package_differs", "extract_altered"}


def test_a_package_approved_by_others_than_the_register_says_is_found(published: Home) -> None:
    def drop(content: bytes) -> bytes:
        told = json.loads(content)
        told["approvals"] = told["approvals"][:1]
        return json.dumps(told).encode()

    _edit_signed(published, "approvals.json", drop)
    assert found(published) == {"package_altered", "package_differs", "extract_altered"}


def test_a_root_is_not_compared_with_a_ledger_that_is_not_sound(published: Home) -> None:
    verdict = Verdict()
    verdict.find("data_altered", "…")
    verify_releases(published, verdict)
    assert [finding.code for finding in verdict.findings] == ["data_altered"]


ALTERED = (
    "UPDATE main.figures SET value = 91 WHERE value = 90",
    "UPDATE main.figures SET figure_en = '91' WHERE value = 90",
    "DELETE FROM main.figures WHERE status = 'suppressed'",
    "UPDATE main.state SET awaited_fr = 'rien'",
    "UPDATE main.releases SET approvers = 'personne'",
    "UPDATE main.kpi_catalogue SET definition_fr = 'autre chose'",
    "UPDATE main.build_info SET synthetic = NOT synthetic",
    "INSERT INTO main.checks (name, passed) VALUES ('no_small_count', true)",
    "INSERT INTO main.reports (sender) VALUES ('CJM')",
    "DROP TABLE main.transmitted",
    "CREATE TABLE main.more AS SELECT 1 AS one",
)


@pytest.mark.parametrize("name", ["public.duckdb", "partners/SPAL.duckdb", "steward.duckdb"])
def test_a_published_table_that_was_altered_is_found(published: Home, name: str) -> None:
    file = (published.published / "current").resolve() / name
    sound = file.read_bytes()
    for alteration in ALTERED:
        with duckdb.connect(file) as altered:
            altered.execute(alteration)
        assert found(published) == {"build_altered"}, alteration
        file.write_bytes(sound)
    assert found(published) == set()


@pytest.mark.parametrize("name", ["public.duckdb", "partners/SPAL.duckdb", "steward.duckdb"])
def test_a_published_file_that_is_gone_is_found(published: Home, name: str) -> None:
    ((published.published / "current").resolve() / name).unlink()
    assert found(published) == {"build_altered"}


def test_a_file_that_nobody_published_is_found(published: Home) -> None:
    build = (published.published / "current").resolve()
    for name in ("extracts/1/package/more.csv", "extracts/9/package/manifest.json", "partners/EVE.duckdb"):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build / "public.duckdb", build / name)
        assert found(published) & {"extract_altered", "build_altered"}, name
        (build / name).unlink()
    assert found(published) == set()
    file = build / "extracts" / "1" / "package" / "METHODES.md"
    file.unlink()
    assert found(published) == {"extract_altered"}
    file.write_text("x")
    assert found(published) == {"extract_altered"}


def test_a_build_that_is_gone_is_found(published: Home) -> None:
    shutil.rmtree(published.published)
    assert found(published) == {"build_missing"}


def test_a_publication_cut_short_is_noted_and_is_no_alteration(home: Home) -> None:
    def stop(step: str) -> None:
        if step == "swap":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        releasing.publish(home, progress=stop)
    verify_releases(home, verdict := Verdict())
    assert verdict.sound, verdict.findings
    assert "en cours" in verdict.notes[0]


def test_a_withdrawn_release_that_readers_still_find_is_told(published: Home) -> None:
    def stop(step: str) -> None:
        if step == "swap":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        withdraw(published, 1, who="intendance", why="une erreur", progress=stop)
    assert found(published) == {"build_altered", "extract_altered"}


def _edit_signed(home: Home, name: str, change: Callable[[bytes], bytes]) -> None:
    folder = package(home)
    before = (folder / name).read_bytes()
    (folder / name).write_bytes(change(before))
    assert (folder / name).read_bytes() != before
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"] = [described(folder, folder / file["path"]) for file in manifest["files"]]
    content = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(content)
    (folder / "manifest.sig").write_bytes(base64.b64encode(release_key(home.keys).sign(content)))
