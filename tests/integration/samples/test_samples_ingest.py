"""The whole of the samples through the real intake, identity and ledger, held to the ground truth."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from bilan.contracts import LINK_TYPE
from bilan.home import Home
from bilan.ingest import FileReport, ingest
from bilan.ledger.delta import DeltaLedger
from bilan.samples import Samples
from tests.integration.samples.conftest import Given
from tests.oracles.figures import figures_of
from tests.oracles.truth import ExpectedFile

pytestmark = pytest.mark.integration

SOMETHING_REFUSED = 3
COUNTS = ("rows", "accepted", "refused", "held", "asserted", "corrected", "retracted", "unchanged")


def told(file: FileReport) -> tuple[object, ...]:
    refusals = [(entry.row, entry.column, entry.code) for entry in file.refusals]
    return (*(getattr(file, name) for name in COUNTS), refusals)


def due(file: ExpectedFile) -> tuple[object, ...]:
    refusals = [(entry.row, entry.column, entry.code) for entry in file.refusals]
    return (*(getattr(file, name) for name in COUNTS), refusals)


def test_every_file_is_reported_as_it_truly_is(expected: tuple[ExpectedFile, ...], given: Given) -> None:
    reports = {Path(file.path).as_posix(): told(file) for file in given.files}
    truth = {file.path: due(file) for file in expected}
    assert reports.keys() == truth.keys()
    assert {path: reports[path] for path in truth if reports[path] != truth[path]} == {}
    assert [report.exit_code for report in given.reports] == [SOMETHING_REFUSED] * 2


def test_the_inbox_is_empty_afterwards(everything: Home) -> None:
    assert not [path for path in everything.inbox.rglob("*") if path.is_file()]


def test_sending_everything_again_appends_nothing(
    samples: Samples, expected: tuple[ExpectedFile, ...], everything: Home
) -> None:
    version = DeltaLedger(everything.ledger).version()
    last = {(file.sender, file.log): file.path for file in expected}
    contents = dict(samples.contents())
    for path in last.values():
        (everything.inbox / path).parent.mkdir(exist_ok=True)
        (everything.inbox / path).write_bytes(contents[path])
    again = ingest(everything)
    assert again.ledger_version == version
    assert not any(file.held or file.asserted or file.corrected or file.retracted for file in again.files)


def test_the_ledger_tells_apart_as_many_persons_as_there_are(samples: Samples, everything: Home) -> None:
    """What stands in the ledger, and its links alone, give the distinct counts of the clean tables."""
    events = DeltaLedger(everything.ledger).events()
    standing = (
        events.sort("sequence")
        .group_by("source", "type", "natural_key")
        .last()
        .filter(pl.col("action") != "retract")
    )
    person = persons_of(standing)
    arrests, charges, meetings, attendances, members, detections = (
        standing.filter(pl.col("type") == name)
        for name in (
            "mobilis.arrest.made.v1",
            "mobilis.charge.laid.v1",
            "mobilis.youth.met.v1",
            "pj.training.attended.v1",
            "pj.meeting.attended.v1",
            "pj.youth.detected.v1",
        )
    )
    assigned = standing.filter(
        (pl.col("type") == "partnership.staff.assigned.v1") & (pl.col("programme") == "MOBILIS")
    )
    referred = meetings.filter(pl.col("data").str.json_path_match("$.referee") == "true")
    counted = {
        ("MOBILIS", "M02"): arrests.height,
        ("MOBILIS", "M03"): len({person(token) for token in charges["subject"]}),
        ("MOBILIS", "M05"): len({person(token) for token in referred["subject"]}),
        ("MOBILIS", "M05.met"): len({person(token) for token in meetings["subject"]}),
        ("MOBILIS", "M01"): len({person(token) for token in assigned["subject"]}),
        ("Pj", "P02"): len({person(token) for token in attendances["subject"]}),
        ("Pj", "P05.members"): len({person(token) for token in members["subject"]}),
        ("Pj", "P07"): len({person(token) for token in detections["subject"]}),
    }
    figures = figures_of(samples.books)
    assert counted == {figure: figures[figure] for figure in counted}


def persons_of(standing: pl.DataFrame) -> Callable[[str], str]:
    """Who a token is: the same answer for all tokens that links tie together."""
    parents: dict[str, str] = {}

    def root(token: str) -> str:
        while token in parents:
            token = parents[token]
        return token

    links = standing.filter(pl.col("type") == LINK_TYPE)
    others = links["data"].str.json_path_match("$.other")
    for one, other in zip(links["subject"], others, strict=True):
        if root(one) != root(other):
            parents[root(one)] = root(other)
    return root
