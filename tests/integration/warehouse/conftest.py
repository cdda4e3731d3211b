"""The worked case in a warehouse, built once for all that ask it something."""

import pytest

from bilan.building.figures import refresh
from bilan.home import Home
from tests.integration.warehouse.worked_case import worked_case


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home to ask, never to change."""
    home = worked_case().home(tmp_path_factory.mktemp("worked") / "home")
    refresh(home)
    return home
