"""Where Bilan keeps its state: one folder, private to the account that runs it."""

import os
from dataclasses import dataclass
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Home:
    """The folders under `$BILAN_HOME`. Nothing is created until `create` is called."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """The home that `BILAN_HOME` names, `./.bilan` otherwise."""
        return cls(Path(os.environ.get("BILAN_HOME", ".bilan")).resolve())

    def create(self) -> "Home":
        """Make every folder, readable by its owner alone."""
        for folder in (self.root, *self.folders):
            folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        return self

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
