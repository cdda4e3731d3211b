"""Where Bilan keeps its state: one folder, private to the account that runs it."""

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bilan.errors import PlainError

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
PRIVATE_UMASK = 0o077
_OTHERS = 0o077


class HomeError(PlainError):
    """The home can't be written to."""


@dataclass(frozen=True)
class Home:
    """The folders under `$BILAN_HOME`. Nothing is created until `create` is called."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """The home that `BILAN_HOME` names, `./.bilan` otherwise; what it holds is made private."""
        home = cls(Path(os.environ.get("BILAN_HOME", ".bilan")).resolve())
        home._make_private()
        return home

    def create(self) -> "Home":
        """Make every folder, and all that is in them, its owner's alone. Raises HomeError."""
        self._make_private()
        try:
            for folder in (self.root, *self.folders):
                folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        except OSError as problem:
            raise unwritable(self.root, problem) from None
        return self

    def _make_private(self) -> None:
        """Take from others what they may do with the home, now and with what this process still writes.

        A mode that another account alone may change stays as it is; so does one on a disk that takes nothing.
        """
        os.umask(PRIVATE_UMASK)
        waiting = [str(self.root)]
        while waiting:
            path = waiting.pop()
            with suppress(FileNotFoundError, PermissionError):  # gone meanwhile, or another account's
                mode = os.lstat(path).st_mode
                if stat.S_ISDIR(mode):
                    _close_to_others(path, mode, PRIVATE_FOLDER)
                    waiting += (entry.path for entry in os.scandir(path))
                elif not stat.S_ISLNK(mode):
                    _close_to_others(path, mode, PRIVATE_FILE)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder of the home."""
        return (
            self.inbox,
            self.outbox,
            self.vault,
            self.ledger,
            self.warehouse,
            self.releases,
            self.published,
            self.dagster,
            self.superset,
            self.keys,
        )

    @property
    def inbox(self) -> Path:
        """Where partners' files land: `<SENDER>/<log>_<date>.xlsx|csv`."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Reports of what was refused and why, per sender, without any value."""
        return self.root / "outbox"

    @property
    def vault(self) -> Path:
        """The only place that holds names, encrypted."""
        return self.root / "vault"

    @property
    def ledger(self) -> Path:
        """The Delta table of events."""
        return self.root / "ledger"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that dbt builds; internal, exact."""
        return self.root / "warehouse"

    @property
    def releases(self) -> Path:
        """The release gate: its register, and what was frozen of each release."""
        return self.root / "releases"

    @property
    def published(self) -> Path:
        """Published builds, and the symlink `current`."""
        return self.root / "published"

    @property
    def dagster(self) -> Path:
        """Dagster's run storage."""
        return self.root / "dagster"

    @property
    def superset(self) -> Path:
        """Superset's metadata and logs."""
        return self.root / "superset"

    @property
    def keys(self) -> Path:
        """Key files, 0600; never beside the data in a backup."""
        return self.root / "keys"


def unwritable(root: Path, problem: OSError) -> HomeError:
    """The error of a home that the system lets nobody write to, in the steward's words."""
    why = os.strerror(problem.errno or errno.EIO)
    return HomeError(
        f"Rien ne peut être écrit dans {root} ({why}) : rien n'a été pris ni perdu. Rendre le dossier "
        "accessible en écriture à ce compte, ou libérer de la place, puis recommencer."
    )


def _close_to_others(path: str, mode: int, private: int) -> None:
    if stat.S_IMODE(mode) & _OTHERS:
        try:
            Path(path).chmod(private)
        except OSError as problem:
            if problem.errno != errno.EROFS:
                raise
