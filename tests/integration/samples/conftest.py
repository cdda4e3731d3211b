"""The samples, and a home that was given all of them."""

from datetime import date

import pytest

from bilan.home import Home
from bilan.samples import Samples, make_samples
from tests.integration.samples.taking import take


@pytest.fixture(scope="session")
def samples() -> Samples:
    return make_samples()


@pytest.fixture(scope="session")
def everything(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The pipeline that went on to the end, and was given all of history on one day."""
    home = Home(tmp_path_factory.mktemp("everything")).create()
    take(home, samples, date.min, date.max)
    return home
