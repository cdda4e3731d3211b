"""A contract's version changes with anything that the contract says to partners, and with nothing else."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from bilan.contracts import CONTRACTS, Contract, Restates
from bilan.contracts.version import version_of

ARRESTS = CONTRACTS["arrestations"]


def test_versions_are_short_and_differ() -> None:
    versions = {version_of(contract) for contract in CONTRACTS.values()}
    assert len(versions) == len(CONTRACTS)
    assert all(re.fullmatch("[0-9a-f]{8}", version) for version in versions)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARRESTS, restates=Restates.NOTHING),
        replace(ARRESTS, columns=ARRESTS.columns[:-1]),
        replace(ARRESTS, columns=(replace(ARRESTS.columns[0], meaning="autre"), *ARRESTS.columns[1:])),
        replace(ARRESTS, events=(replace(ARRESTS.events[0], when=("motif", frozenset({"autre"}))),)),
        replace(ARRESTS, subject=replace(ARRESTS.subject, reference="ref")),
    ],
)
def test_what_a_contract_says_changes_its_version(changed: Contract) -> None:
    assert version_of(changed) != version_of(ARRESTS)


def test_what_partners_never_read_does_not_change_a_version() -> None:
    described = replace(ARRESTS.events[0], description="Somebody was arrested.")
    assert version_of(replace(ARRESTS, events=(described,))) == version_of(ARRESTS)


def test_the_version_is_the_same_in_every_process() -> None:
    """Sets are in another order in each process; `trajectoires` and `accusations` have some."""
    code = (
        "from bilan.contracts import CONTRACTS; from bilan.contracts.version import version_of\n"
        "print(*(version_of(contract) for contract in CONTRACTS.values()))"
    )
    told = {
        tuple(
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
        )
        for seed in ("1", "2", "3")
    }
    assert told == {tuple(version_of(contract) for contract in CONTRACTS.values())}
