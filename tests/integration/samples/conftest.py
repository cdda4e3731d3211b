"""The samples, and a home that was given all of them: the two bilans of the demonstration are out."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bilan.building.figures import refresh
from bilan.cli.demo import bilans
from bilan.home import Home
from bilan.ingest import FileReport, Report
from bilan.ingest.gathering import gather
from bilan.samples import Samples, make_samples
from tests import releasing
from tests.integration.samples.taking import take
from tests.oracles.truth import ExpectedFile, expected_of


@dataclass(frozen=True)
class Given:
    """A home, and the reports of what it took, one for each bilan."""

    home: Home
    reports: Sequence[Report]

    @property
    def files(self) -> list[FileReport]:
        return [file for report in self.reports for file in report.files]


@pytest.fixture(scope="session")
def samples() -> Samples:
    return make_samples()


@pytest.fixture(scope="session")
def expected(samples: Samples) -> tuple[ExpectedFile, ...]:
    return expected_of(samples)


@pytest.fixture(scope="session")
def given(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Given:
    """The pipeline that went on to the end."""
    home = Home(tmp_path_factory.mktemp("everything")).create()
    reports = []
    for after, until in bilans(home):
        reports.append(take(home, samples, after, until))
        refresh(home)
        releasing.publish(home, reception=gather(home))
    return Given(home, reports)


@pytest.fixture(scope="session")
def everything(given: Given) -> Home:
    return given.home
