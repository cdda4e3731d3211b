"""Each file under a home in turn, altered by whoever can write there: `bilan verify` tells, or says why not.

On the home of the samples every file must be vouched for, or be named in docs/verification.md. That what is
vouched for is truly compared is tried on a small home, with a file of each kind that the samples' home has.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bilan.cli.verification import verify_all
from bilan.coverage import NOT_VERIFIED, SHOWN, is_excused
from bilan.home import Home
from tests.integration.samples.watching import (
    ALTERATIONS,
    Alter,
    add,
    files_of,
    is_noticed,
    kind_of,
    one_of_each_kind,
    put_back,
    small_home,
    told_of,
)

pytestmark = pytest.mark.integration
DOCUMENT = Path(__file__).parents[3] / "docs" / "verification.md"
# Where files are told of one by one, all kinds are altered at once, but for those that list the others.
TOLD_APART = ("published/N/", "outbox/", "vault/landed/", "releases/N/candidate/", "releases/N/package/")
LISTS = {"manifest.json", "manifest.sig", "release.pub", "internal.json", "files.json"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("small") / "home").create()
    small_home(home, home.root.with_name("earlier"))
    return home


def excused_in_the_document() -> dict[str, str]:
    """Pattern and reason of each line of the document's table of what is not looked at."""
    section = DOCUMENT.read_text("utf-8").partition("## Ce que `bilan verify` ne regarde pas")[2]
    lines = re.findall(r"^\| `([^`]+)` \| (.+) \|$", section.partition("\n## ")[0], re.MULTILINE)
    return dict(lines)


def test_what_is_not_looked_at_is_said_with_its_reason() -> None:
    told = excused_in_the_document()
    assert sorted(told) == sorted(NOT_VERIFIED)
    assert all(len(reason) > 20 for reason in told.values())


def test_the_small_home_is_sound(small: Home) -> None:
    verdict, releases = verify_all(small)
    assert (verdict.findings, verdict.notes, releases) == ([], [], 2)


def test_every_file_of_the_samples_is_vouched_for(everything: Home, small: Home) -> None:
    verdict, _ = verify_all(everything)
    assert verdict.findings == []
    unlooked = {name for name, path in files_of(everything.root).items() if path not in verdict.vouched}
    assert [name for name in sorted(unlooked) if not is_excused(name)] == []
    kinds = {kind_of(name) for name in files_of(everything.root) if not is_excused(name)}
    assert kinds <= set(one_of_each_kind(small.root)), "a kind of file that the small home does not try"


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_no_file_is_altered_unnoticed(small: Home, tmp_path: Path, alter: Alter) -> None:
    kinds = {kind: name for kind, name in one_of_each_kind(small.root).items() if not is_excused(name)}
    rooms = [[name for kind, name in kinds.items() if is_told_apart(kind, room)] for room in TOLD_APART]
    alone = set(kinds.values()).difference(*rooms)
    if alter is add:  # what nobody put there is told of one by one, up to a number
        rooms += [sorted(alone)[place : place + SHOWN] for place in range(0, len(alone), SHOWN)]
        alone = set()
    home = Home(tmp_path / "home")
    shutil.copytree(small.root, home.root, symlinks=True)
    overlooked = []
    for names in rooms:
        with altered(home, small, alter, names):
            told = told_of(home)
        alone |= {name for name in names if Path(name).name not in told}
    for name in sorted(alone):
        with altered(home, small, alter, [name]):
            if not is_unchanged(home, small, name, alter) and not is_noticed(home):
                overlooked.append(name)
    shutil.rmtree(tmp_path)
    assert overlooked == []


def is_told_apart(kind: str, room: str) -> bool:
    return kind.startswith(room) and Path(kind).name not in LISTS


@contextmanager
def altered(home: Home, small: Home, alter: Alter, names: Sequence[str]) -> Iterator[None]:
    """Alter files of a copy of the small home, and put back all that differs from it afterwards."""
    before = set(files_of(home.root))
    for name in names:
        alter(home.root / name, small.root.with_name("earlier") / name)
    yield
    for name in set(files_of(home.root)) - before:
        (home.root / name).unlink()
    kept = [f"keys/{file.name}" for file in (small.root / "keys").iterdir()]
    for name in (*names, *kept, "vault/vault.db"):  # a verification settles the vault and its mark
        (home.root / name).unlink(missing_ok=True)
        shutil.copy2(small.root / name, home.root / name, follow_symlinks=False)


def is_unchanged(home: Home, small: Home, name: str, alter: Alter) -> bool:
    """Whether there was no other version to put back."""
    if alter is not put_back:
        return False
    now, before = home.root / name, small.root / name
    return (
        now.readlink() == before.readlink() if now.is_symlink() else now.read_bytes() == before.read_bytes()
    )
