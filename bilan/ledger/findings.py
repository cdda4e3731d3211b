"""What a verification finds, in the steward's words."""

from dataclasses import dataclass, field
from pathlib import Path

from bilan.ledger.chain import BatchRecord, DataFile


@dataclass(frozen=True)
class Journalled:
    """A batch as the vault's journal vouches for it; version and commit are null while only prepared."""

    record: BatchRecord
    files: tuple[DataFile, ...]
    version: int | None
    commit_sha256: str | None
    genuine: bool


@dataclass(frozen=True)
class Upkeep:
    """A commit that is no batch, as the journal vouches for it: the creation, a compaction."""

    version: int
    operation: str
    sha256: str
    files: tuple[DataFile, ...] = ()
    genuine: bool = True


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written."""

    code: str
    message: str  # French
    file: str | None = None
    batch: str | None = None


@dataclass
class Verdict:
    """What was looked at and what was found.

    `compactions`: sound ones that the journal did not know. `vouched`: every file whose content was made
    again, or compared with a digest that is sealed or signed.
    """

    version: int = -1
    batches: int = 0
    events: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    compactions: list[Upkeep] = field(default_factory=list)
    vouched: set[Path] = field(default_factory=set)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def find(self, code: str, message: str, *, file: str | None = None, batch: str | None = None) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, message, file, batch))

    def vouch(self, *files: Path) -> None:
        """Note files that are as they should be, or of which something was found."""
        self.vouched.update(files)
