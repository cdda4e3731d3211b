"""The two bilans of the samples, out as the demonstration has them."""

import os
from pathlib import Path

import pytest

from bilan.cli.demo import bilans
from bilan.cli.figures import refresh
from bilan.home import Home
from bilan.samples import make_samples
from tests import releasing
from tests.attacker.homes import Published
from tests.integration.samples.taking import take


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What is published of the samples; `BILAN_ATTACKED` names a finished home to attack instead."""
    given = os.environ.get("BILAN_ATTACKED")
    if given:
        return Published(Path(given))
    home = Home(tmp_path_factory.mktemp("bilans")).create()
    samples = make_samples()
    for after, until in bilans(home):
        take(home, samples, after, until)
        refresh(home)
        releasing.publish(home)
    return Published(home.root)
