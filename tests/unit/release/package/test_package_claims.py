"""What a package claims is checked behind its signature: approvals, ledger, figures, documents.

Each package here is signed anew with the partnership's own key: only what the claims say can tell.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bilan.ledger import merkle
from bilan.release.package import PackageError, verify_package
from bilan.release.package.statuses import STATUSES
from bilan.release.package.verifier import shipped
from tests.unit.release.package.packing import Packing, Resign, codes, edit

# approvals: even the partnership's key can't stand for two people


def approve(package: Path, approvals: list[dict[str, Any]]) -> None:
    edit(package / "approvals.json", lambda told: told.update(approvals=approvals))


@pytest.mark.parametrize("people", [(), ("Anne",), ("Anne", "Anne"), ("Anne", "Intendance")])
def test_two_other_people_must_have_approved(
    packing: Packing, package: Path, key: Path, resign: Resign, people: tuple[str, ...]
) -> None:
    approve(package, packing.approvals(1, people))
    resign(package)
    assert "approvals_lacking" in codes(verify_package(package, key))
    with pytest.raises(PackageError, match="ne se vérifierait pas"):
        packing.pack(1, people=people)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"signature": base64.b64encode(bytes(64)).decode()}, "approval_forged"),
        ({"public_key": base64.b64encode(bytes(32)).decode()}, "approval_forged"),
        ({"account": "ANNE"}, "approvals_lacking"),
        ({"who": "anne"}, "approvals_lacking"),
        ({"who": "INTENDANCE"}, "approved_by_maker"),
        ({"account": "intendance"}, "approved_by_maker"),
        ({"signature": "%%%"}, "malformed"),
        ({"signature": None}, "malformed"),
        ({"public_key": ""}, "approval_forged"),
    ],
)
def test_a_forged_approval_is_found(
    packing: Packing, package: Path, resign: Resign, change: dict[str, Any], code: str
) -> None:
    first, second = packing.approvals(1)
    approve(package, [first, {**second, **change}])
    resign(package)
    assert code in codes(verify_package(package))


def test_the_same_key_under_two_names_is_one_person(
    packing: Packing, package: Path, key: Path, resign: Resign
) -> None:
    [anne] = packing.approvals(1, ["Anne"])
    approve(package, [anne, {**anne, "who": "Zoé", "account": "zoe"}])
    resign(package)
    assert codes(verify_package(package, key)) == {"approvals_lacking"}


def test_an_approval_of_another_release_does_not_count(
    packing: Packing, package: Path, key: Path, resign: Resign
) -> None:
    packing.freeze(2)
    approve(package, packing.approvals(2))
    resign(package)
    assert codes(verify_package(package, key)) == {"approval_forged", "approvals_lacking"}
    edit(package / "approvals.json", lambda told: told.update(release=2))
    resign(package)
    assert "approvals_of_another" in codes(verify_package(package, key))


# the ledger


@pytest.mark.integration
def test_the_next_release_proves_that_the_ledger_only_grew(packing: Packing, key: Path) -> None:
    packing.freeze(1)
    first = packing.pack(1)
    packing.grow(5)
    packing.freeze(2)
    second = packing.pack(2, previous=1)
    verdict = verify_package(second, key, first)
    assert verdict["findings"] == []
    told = json.loads((second / "merkle.json").read_bytes())
    assert (told["previous"]["tree_size"], told["tree_size"]) == (8, 13)
    assert [event["sequence"] for event in told["inclusion"]] == [8, 13]  # and no batch's size


@pytest.mark.integration
def test_a_package_that_is_not_the_one_before_is_told(packing: Packing, key: Path, resign: Resign) -> None:
    packing.freeze(1)
    first = packing.pack(1)
    packing.grow(2)
    packing.freeze(2)
    alone, third = packing.pack(2), packing.home.releases / "3" / "package"
    assert codes(verify_package(alone, key, first)) == {"previous_root"}
    packing.freeze(3)
    assert packing.pack(3, previous=2) == third
    assert codes(verify_package(third, key, first)) == {"previous_root"}
    (first / "METHODS.md").write_text("x")
    assert codes(verify_package(third, key, first)) == {"previous_unsound"}


@pytest.mark.integration
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told.update(root="00" * 32), "merkle_provenance"),
        (lambda told: told.update(tree_size=7), "merkle_provenance"),
        (lambda told: told.update(release=9), "merkle_provenance"),
        (lambda told: told["previous"].update(root="00" * 32), "consistency"),
        (lambda told: told["previous"].update(tree_size=7), "consistency"),
        (lambda told: told["previous"]["consistency"].pop(), "consistency"),
        (lambda told: told["inclusion"][0].update(row_hash="00" * 32), "inclusion"),
        (lambda told: told["inclusion"][0].update(sequence=2), "inclusion"),
        (lambda told: told["inclusion"].pop(), "inclusion_lacking"),
        (lambda told: told.update(inclusion=[]), "inclusion_lacking"),
        (lambda told: told.pop("previous"), "malformed"),
        (lambda told: told.update(root="zz"), "merkle_provenance malformed"),
        (lambda told: told.update(tree_size="8"), "merkle_provenance malformed"),
    ],
)
def test_a_proof_that_does_not_hold_is_found(
    packing: Packing, key: Path, resign: Resign, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    packing.freeze(1)
    packing.grow(3)
    packing.freeze(2)
    package = packing.pack(2, previous=1)
    edit(package / "merkle.json", change)
    resign(package)
    assert codes(verify_package(package, key)) & set(code.split())


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n8\n", "\n7\n"),
        lambda note: note.replace("/events", "/batches"),
        lambda note: note.replace("\n\n", "\nregister 00\n\n"),
        lambda note: note.partition("\n\n")[0],
        lambda note: "",
    ],
)
def test_a_checkpoint_that_is_not_of_the_ledger_is_found(
    package: Path, key: Path, resign: Resign, change: Callable[[str], str]
) -> None:
    file = package / "checkpoint.txt"
    sound = file.read_text("utf-8")
    assert change(sound) != sound
    file.write_text(change(sound), "utf-8")
    resign(package)
    assert codes(verify_package(package, key)) & {"checkpoint", "malformed"}


@pytest.mark.parametrize("size", range(1, 18))
def test_the_shipped_proofs_are_checked_as_the_ledger_does(size: int) -> None:
    leaves = [bytes([place]) for place in range(size)]
    tree, verifier = merkle.Tree(leaves), shipped()
    for index, leaf in enumerate(leaves):
        for at in range(-1, size + 1):
            proof = tree.inclusion(index)
            told = merkle.proves_inclusion(leaf, at, size, proof, tree.root)
            assert verifier.proves_inclusion(leaf, at, size, proof, tree.root) == told == (at == index)
    for earlier in range(size + 1):
        start = merkle.root_of(leaves[:earlier])
        for at in range(size + 1):
            proof = tree.consistency(earlier)
            told = merkle.proves_consistency(at, start, size, tree.root, proof)
            assert verifier.proves_consistency(at, start, size, tree.root, proof) == told
            assert told or at != earlier


# figures


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b",12.0,", b",,"),  # a value that is not there
        (b",0.0,", b",5.0,"),  # a zero that is none
        (b",suppressed,Q,N,", b",suppressed,M,F,"),  # a mark that tells why
        (b",suppressed,Q,N,", b",value,A,F,"),
        (b",missing,M,F,", b",unheard_of,M,F,"),
        (b",12.0,", b",nan,"),
        (b",12.0,", b",douze,"),
        (b"\n", b",more\n"),
        (b"code,", b"kode,"),
    ],
)
def test_figures_that_their_status_belies_are_found(
    package: Path, key: Path, resign: Resign, before: bytes, after: bytes
) -> None:
    file = package / "data" / "kpi_values.csv"
    content = file.read_bytes()
    assert before in content
    file.write_bytes(content.replace(before, after, 1))
    resign(package, approved=True)
    assert codes(verify_package(package, key)) & {"figures", "headings", "malformed"}


def test_a_hidden_figure_that_shows_anything_is_found(package: Path, key: Path, resign: Resign) -> None:
    file = package / "data" / "kpi_values.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if ",suppressed," in line)
    head, tail = lines[place].split(",suppressed,", maxsplit=1)
    for measure in range(7):
        cells = head.split(",")
        cells[9 + measure] = "3" if measure else ""
        altered = [*lines]
        altered[place] = ",suppressed,".join((",".join(cells), tail))
        file.write_text("".join(altered), "utf-8")
        resign(package, approved=True)
        assert codes(verify_package(package, key)) == ({"figures"} if measure else set())


def test_a_row_more_less_or_twice_is_found(package: Path, key: Path, resign: Resign) -> None:
    file = package / "data" / "kpi_values.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    for altered, expected in (
        (lines[:-1], {"row_count"}),
        ([*lines, lines[-1]], {"row_count", "figures"}),
        ([*lines[:-1], lines[-2]], {"figures"}),
    ):
        file.write_text("".join(altered), "utf-8")
        resign(package, approved=True)
        assert codes(verify_package(package, key)) == expected


def test_the_shipped_statuses_are_ours() -> None:
    ours = {name: (s.obs_status, s.conf_status, s.has_value) for name, s in STATUSES.items()}
    assert ours == shipped().STATUSES


# documents


@pytest.mark.parametrize(
    "name", ["provenance.json", "merkle.json", "candidate.json", "approvals.json", "datapackage.json"]
)
@pytest.mark.parametrize(
    "wrong", ["[]", "null", "{", "{}", '{"release": 1, "release": 2}', "\udcff", "[" * 9999]
)
def test_a_document_that_is_not_written_as_one_is_told(
    package: Path, key: Path, resign: Resign, name: str, wrong: str
) -> None:
    (package / name).write_bytes(wrong.encode("utf-8", "surrogateescape"))
    resign(package)
    assert "malformed" in codes(verify_package(package, key))


def test_documents_of_another_release_are_found(package: Path, key: Path, resign: Resign) -> None:
    edit(package / "provenance.json", lambda told: told.update(release=2))
    resign(package, approved=True)
    assert codes(verify_package(package, key)) == {"release"}
