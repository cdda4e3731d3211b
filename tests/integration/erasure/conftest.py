import shutil
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.ingest import ingest
from tests.integration.erasure.story import drop_story


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that took the story. Copy it before changing it."""
    home = Home(tmp_path_factory.mktemp("told") / "home").create()
    drop_story(home)
    report = ingest(home)
    assert report.exit_code == 0
    return home


@pytest.fixture
def home(told: Home, tmp_path: Path) -> Home:
    shutil.copytree(told.root, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")
