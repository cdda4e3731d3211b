"""Rules, and what came of them. Neither ever holds the value of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_ROWS_TOLD = 20


@dataclass(frozen=True)
class Rule:
    """One expectation: its own name, the library's class, and what that class is given.

    `kwargs` are limits, lists and column names from a contract or the catalogue, never data.
    """

    name: str
    expectation: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule looks at."""
        single = [self.kwargs[key] for key in ("column", "column_A", "column_B") if key in self.kwargs]
        return (*single, *self.kwargs.get("column_list", ()))


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule: how many rows break it, and which of them (the first few)."""

    rule: str
    success: bool
    broken: int
    rows: tuple[int, ...]  # the batch's own `row` numbers, at most MAX_ROWS_TOLD
    raised: bool = False  # the rule could not be evaluated at all


@dataclass(frozen=True)
class Verdict:
    """The outcome of a suite over one batch."""

    suite: str
    rows: int
    findings: tuple[Finding, ...]

    @property
    def success(self) -> bool:
        """True when every rule holds, and there was at least one."""
        return bool(self.findings) and all(finding.success for finding in self.findings)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The rules that do not hold."""
        return tuple(finding for finding in self.findings if not finding.success)

    def as_metadata(self) -> dict[str, Any]:
        """Counts, names of rules and row numbers, for a run's record."""
        return {
            "suite": self.suite,
            "rows": self.rows,
            "rules": len(self.findings),
            "broken": [
                {"rule": f.rule, "rows_broken": f.broken, "rows": list(f.rows), "raised": f.raised}
                for f in self.broken
            ],
        }
