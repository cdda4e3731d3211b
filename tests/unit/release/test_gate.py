"""The gate: who may take which step, on which files, and what is refused."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bilan.account import current_account
from bilan.home import Home
from bilan.keyfiles import is_locked
from bilan.release import ReleaseRefusedError, approve, make_candidate, resume, withdraw
from bilan.release.candidate.checks import Check
from bilan.release.candidate.exact import Exact
from bilan.release.candidate.folder import PROVENANCE, candidate_folder, read_document
from bilan.release.register.approvers import (
    add_approver,
    add_demonstration,
    remove_approver,
)
from bilan.release.register.entries import append, read_register, register_file
from bilan.release.register.transitions import State, Step
from bilan.release.verification.register import verify_register
from tests.releasing import MAKER, NOTHING_CAME, candidate, keys_of, publish, release

pytestmark = pytest.mark.integration

MakeHome = Callable[..., Home]
Row = dict[str, Any]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def key_of(home: Home, name: str, account: str) -> Path:
    """One more person who may sign."""
    file = home.root.parent / f"{account}.key"
    add_approver(home, name, account, file, passphrase=None, who=MAKER, now=NOON)
    return file


def states(home: Home) -> dict[int, State]:
    return {number: release.state for number, release in resume(home).items()}


# --- the candidate


def test_a_candidate_is_frozen_checked_and_shown_to_nobody(home: Home) -> None:
    made = candidate(home, now=NOON)
    assert (made.release.number, made.release.state, made.is_new) == (1, State.CHECKED, True)
    assert not (home.published / "current").exists()
    told = read_document(home, 1, PROVENANCE)
    assert (told["made_by"], told["known_at"], told["until"]) == (MAKER, "2011-09-30", None)
    assert told["ledger"]["events"] == 0
    assert told["code_version"]
    names = {path.name for path in candidate_folder(home, 1).iterdir()}
    assert names == {
        "public.parquet", "partners", "steward.parquet", "quality", "catalogue.parquet", "exact.parquet",
        "protection.json", "findings.json", "findings.md", "internal.json", "package", "manifest.json",
    }  # fmt: skip


def test_the_same_figures_make_no_second_candidate(home: Home) -> None:
    candidate(home)
    assert not candidate(home).is_new
    assert list(states(home)) == [1]


def test_a_check_that_fails_keeps_it_a_candidate_until_it_passes(home: Home) -> None:
    failing = [Check("figures_hold_together", passed=False)]
    made = make_candidate(home, who=MAKER, examine=lambda exact: failing, reception=NOTHING_CAME)
    assert (made.release.state, made.failed) == (State.CANDIDATE, ("figures_hold_together",))
    with pytest.raises(ReleaseRefusedError, match="candidate"):
        approve(home, 1, keys_of(home)[0])
    again = candidate(home)
    assert (again.release.number, again.release.state, again.is_new) == (1, State.CHECKED, False)


def test_its_findings_say_what_is_hidden_and_what_was_checked(home: Home) -> None:
    candidate(home)
    found = read_document(home, 1, "findings.json")
    assert found["suppressed"]["hidden"]["public"] == {"M02": 2}
    assert found["suppressed"]["hidden"]["CJM"] == {"P09": 1}
    assert [check["name"] for check in found["checks"]][-1] == "figures_hold_together"
    assert found["difference"] is None


# --- who may approve


def test_two_people_who_did_not_make_it_publish_it(home: Home) -> None:
    number = candidate(home).release.number
    first, second = keys_of(home)
    signed = approve(home, number, first)
    assert (signed.missing, signed.build, signed.release.state) == (1, None, State.CHECKED)
    assert not (home.published / "current").exists()
    signed = approve(home, number, second)
    assert signed.build is not None
    assert (signed.missing, signed.build.release, signed.release.state) == (0, 1, State.PUBLISHED)
    assert verify_register(home) == []


def test_the_same_person_does_not_count_twice(home: Home) -> None:
    candidate(home)
    first, _ = keys_of(home)
    approve(home, 1, first)
    with pytest.raises(ReleaseRefusedError, match="deux personnes différentes"):
        approve(home, 1, first)


@pytest.mark.parametrize(
    ("name", "account"), [("ANA  ROY", "autre"), ("Quelqu'un", "ARoy"), ("\uff21na Roy", "autre")]
)
def test_the_same_person_with_another_key_does_not_either(home: Home, name: str, account: str) -> None:
    """Removed and added again under the name or the account of before: the first signature is void."""
    candidate(home)
    first, _ = keys_of(home)
    with pytest.raises(ReleaseRefusedError, match="approuve déjà"):
        key_of(home, name, account)
    approve(home, 1, first)
    remove_approver(home, "Ana Roy", why="clé perdue", who=MAKER, now=NOON)
    assert approve(home, 1, key_of(home, name, account)).missing == 1


@pytest.mark.parametrize("who", ["aroy", "AROY ", "Ana Roy"])
def test_whoever_made_it_can_not_approve_it(home: Home, who: str) -> None:
    keys = keys_of(home)
    candidate(home, who=who)
    with pytest.raises(ReleaseRefusedError, match="a fait cette candidate"):
        approve(home, 1, keys[0])
    assert approve(home, 1, keys[1]).missing == 1


def test_nor_under_another_account_of_hers(home: Home) -> None:
    keys = keys_of(home)
    candidate(home, who="aroy")
    remove_approver(home, "aroy", why="autre compte", who=MAKER, now=NOON)
    with pytest.raises(ReleaseRefusedError, match="a fait cette candidate"):
        approve(home, 1, key_of(home, "Ana Roy", "ana.roy"))
    assert approve(home, 1, keys[1]).missing == 1


def test_a_removed_person_signs_nothing_and_her_waiting_signature_is_void(home: Home) -> None:
    candidate(home)
    first, second = keys_of(home)
    approve(home, 1, first)
    remove_approver(home, "Ana Roy", why="est partie", who=MAKER, now=NOON)
    assert approve(home, 1, second).missing == 1
    with pytest.raises(ReleaseRefusedError, match="n'approuve plus"):
        approve(home, 1, first)
    assert states(home) == {1: State.CHECKED}


def test_what_came_out_with_her_signature_stays_out(home: Home) -> None:
    publish(home)
    remove_approver(home, "Ana Roy", why="est partie", who=MAKER, now=NOON)
    assert states(home) == {1: State.PUBLISHED}
    assert verify_register(home) == []


def test_a_key_that_nobody_registered_signs_nothing(home: Home, tmp_path: Path) -> None:
    candidate(home)
    elsewhere = Home(tmp_path / "autre").create()
    stranger = key_of(elsewhere, "Eve", "eve")
    with pytest.raises(ReleaseRefusedError, match="n'est celle de personne"):
        approve(home, 1, stranger)


@pytest.mark.parametrize(
    "content", [b"", b"rien", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused(home: Home, tmp_path: Path, content: bytes) -> None:
    candidate(home)
    (tmp_path / "faux.key").write_bytes(content)
    with pytest.raises(ReleaseRefusedError, match="n'est pas une clé"):
        approve(home, 1, tmp_path / "faux.key")
    with pytest.raises(ReleaseRefusedError, match="ne peut être lu"):
        approve(home, 1, tmp_path / "absente.key")


def test_a_key_may_ask_for_its_passphrase(home: Home, tmp_path: Path) -> None:
    candidate(home)
    file = tmp_path / "zoe.key"
    add_approver(home, "Zoé", "zoe", file, passphrase=b"sept mots", who=MAKER, now=NOON)
    assert is_locked(file)
    for wrong in (None, b"huit mots"):
        with pytest.raises(ReleaseRefusedError, match="phrase de passe"):
            approve(home, 1, file, passphrase=wrong)
    assert approve(home, 1, file, passphrase=b"sept mots").missing == 1


def test_a_private_key_is_written_once_elsewhere_and_for_its_owner_alone(home: Home, tmp_path: Path) -> None:
    file = key_of(home, "Zoé", "zoe")
    assert file.stat().st_mode & 0o777 == 0o600
    secret = file.read_bytes()
    assert not is_locked(file)
    with pytest.raises(ReleaseRefusedError, match="existe déjà"):
        add_approver(home, "Guy", "guy", file, passphrase=None, who=MAKER, now=NOON)
    assert file.read_bytes() == secret
    link = tmp_path / "lien"
    link.symlink_to(home.keys)
    for inside in (home.keys / "guy.key", home.root / "guy.key", link / "guy.key"):
        with pytest.raises(ReleaseRefusedError, match="dossier de Bilan"):
            add_approver(home, "Guy", "guy", inside, passphrase=None, who=MAKER, now=NOON)
        assert not inside.exists()
    key_lines = secret.splitlines()[1:-1]
    for path in home.root.rglob("*"):
        assert not path.is_file() or not any(line in path.read_bytes() for line in key_lines)


def test_nobody_who_does_not_exist_signs_what_is_not_synthetic(home: Home) -> None:
    candidate(home)
    key = home.keys / "demo-1.key"
    add_demonstration(home, "Première personne", "demo-1", key, who=MAKER, now=NOON)
    with pytest.raises(ReleaseRefusedError, match="n'existe pas"):
        approve(home, 1, key)
    (home.root / "synthetic").touch()
    assert approve(home, candidate(home).release.number, key).missing == 1


def test_the_account_is_the_systems_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_account()
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "quelqu'un d'autre")
    assert current_account() == before


# --- on which files


@pytest.mark.parametrize(
    "name",
    ["public.parquet", "partners/SPAL.parquet", "exact.parquet", "findings.json", "package/METHODES.md"],
)
@pytest.mark.parametrize("how", ["changed", "gone", "added", "linked"])
def test_a_tampered_candidate_goes_no_further(home: Home, name: str, how: str) -> None:
    candidate(home)
    first, second = keys_of(home)
    approve(home, 1, first)
    file = candidate_folder(home, 1) / name
    tamper(file, how)
    with pytest.raises(ReleaseRefusedError, match="n'est plus celle qui fut figée"):
        approve(home, 1, second)
    assert not (home.published / "current").exists()
    assert {finding.code for finding in verify_register(home)} == {"candidate_altered"}


def tamper(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "changed":
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
    elif how == "gone":
        file.unlink()
    elif how == "added":
        file.with_name("de-plus.parquet").write_bytes(bytes(content))
    else:
        file.rename(file.parents[2] / "ailleurs")
        file.symlink_to(file.parents[2] / "ailleurs")


def test_a_manifest_written_anew_is_not_the_one_that_was_signed(home: Home) -> None:
    candidate(home)
    first, second = keys_of(home)
    approve(home, 1, first)
    manifest = candidate_folder(home, 1) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    with pytest.raises(ReleaseRefusedError, match=r"manifest\.json"):
        approve(home, 1, second)


def test_an_altered_register_stops_everything(home: Home) -> None:
    candidate(home)
    keys = keys_of(home)
    register_file(home).write_bytes(register_file(home).read_bytes().replace(b"intendance", b"quelquunx!"))
    for step in (
        lambda: approve(home, 1, keys[0]),
        lambda: candidate(home),
        lambda: withdraw(home, 1, who=MAKER, why="x"),
        lambda: resume(home),
    ):
        with pytest.raises(Exception, match="a été altéré"):
            step()
    assert {finding.code for finding in verify_register(home)} == {"register_altered"}


def test_a_forged_signature_publishes_nothing(home: Home) -> None:
    """Whoever can write the register and its mark still can't sign for somebody."""
    made = candidate(home).release
    first, _ = keys_of(home)
    approve(home, 1, first)
    theirs = read_register(home)[-1].details
    append(
        home, Step.APPROVE, release=1, candidate_sha256=made.candidate_sha256, who="Luc Côté", when=NOON,
        account="lcote", public_key=public_key(home, "Luc Côté"), signature=theirs["signature"],
    )  # fmt: skip
    with pytest.raises(ReleaseRefusedError, match="1 signature valable"):
        resume(home)
    assert not (home.published / "current").exists()
    assert "approval_forged" in {finding.code for finding in verify_register(home)}
    assert withdraw(home, 1, who=MAKER, why="Signature fausse.").release is None


def public_key(home: Home, name: str) -> str:
    [found] = [e.details["public_key"] for e in read_register(home) if e.details.get("name") == name]
    return str(found)


def test_a_step_that_the_table_forbids_is_found_in_the_register(home: Home) -> None:
    candidate(home)
    append(home, Step.PUBLISH, release=1, who="x", when=NOON, manifest_sha256="", build=1)
    assert [finding.code for finding in verify_register(home)] == ["step_forbidden"]


# --- between releases


def test_a_candidate_that_was_overtaken_is_refused(make_home: MakeHome, another_figure: Row) -> None:
    home = make_home(figures=(another_figure,))
    candidate(home)
    publish(make_home(figures=({**another_figure, "value": 70.0},)))
    with pytest.raises(ReleaseRefusedError, match="n° 2 est sortie depuis"):
        approve(home, 1, keys_of(home)[0])
    again = candidate(make_home(figures=(another_figure,)))
    assert (again.release.number, again.release.out_when_made) == (3, (2,))
    assert release(home, 3).release == 3


def test_a_package_that_was_altered_is_not_shown_again(make_home: MakeHome, another_figure: Row) -> None:
    home = make_home(figures=(another_figure,))
    publish(home)
    publish(make_home(figures=({**another_figure, "value": 70.0},)))
    file = home.releases / "1/package/data/kpi_values.csv"
    content = file.read_bytes()
    file.unlink()  # the published file is another link to the same bytes
    file.write_bytes(content.replace(b"60", b"61"))
    with pytest.raises(ReleaseRefusedError, match="paquet de la publication n° 1"):
        withdraw(home, 2, who=MAKER, why="Un relevé était faux.")
    file.write_bytes(content)
    resume(home)
    assert states(home) == {1: State.PUBLISHED, 2: State.WITHDRAWN}
    assert not (home.published / "current/extracts/2").exists()


def test_only_what_is_out_can_be_withdrawn_once_and_with_a_reason(home: Home) -> None:
    candidate(home)
    with pytest.raises(ReleaseRefusedError, match="contrôlée"):
        withdraw(home, 1, who=MAKER, why="x")
    release(home, 1)
    with pytest.raises(ReleaseRefusedError, match="pourquoi"):
        withdraw(home, 1, who=MAKER, why=" ")
    withdraw(home, 1, who=MAKER, why="Un relevé était faux.")
    with pytest.raises(ReleaseRefusedError, match="retirée"):
        withdraw(home, 1, who=MAKER, why="encore")
    with pytest.raises(ReleaseRefusedError, match="n'existe pas"):
        withdraw(home, 9, who=MAKER, why="x")


def test_what_was_withdrawn_can_be_a_candidate_again_and_says_so(home: Home) -> None:
    publish(home)
    withdraw(home, 1, who=MAKER, why="Retirée par erreur.")
    assert publish(home).release == 2
    [alike] = read_document(home, 2, "findings.json")["withdrawn_alike"]
    assert alike == {"release": 1, "notice_fr": "Retirée par erreur."}


def test_a_published_folder_that_was_lost_is_made_again(home: Home) -> None:
    publish(home)
    shutil.rmtree(home.published)
    resume(home)
    assert (home.published / "current/public.duckdb").exists()


def test_signing_again_what_is_out_says_so(home: Home) -> None:
    publish(home)
    entries = len(read_register(home))
    again = approve(home, 1, keys_of(home)[1])
    assert again.build is not None
    assert (again.release.state, len(read_register(home))) == (State.PUBLISHED, entries)


def test_the_checks_of_the_exact_figures_see_what_is_frozen(home: Home) -> None:
    seen = []

    def examine(exact: Exact) -> list[Check]:
        seen.append(exact.values.height)
        return []

    make_candidate(home, who=MAKER, examine=examine, reception=NOTHING_CAME)
    assert seen == [10]
