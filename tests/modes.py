"""Whose a home is: what of it is not its owner's alone."""

import stat
from pathlib import Path

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER


def open_entries(home: Path) -> dict[str, str]:
    """The mode of each entry, home included, that is no folder of 0700, file of 0600 or link."""
    found = {}
    for entry in (home, *home.rglob("*")):
        mode = entry.lstat().st_mode
        private = PRIVATE_FOLDER if stat.S_ISDIR(mode) else PRIVATE_FILE
        if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) != private:
            found[str(entry.relative_to(home))] = oct(stat.S_IMODE(mode))
    return found
