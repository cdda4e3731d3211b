"""The examination of one log's landed files, begun now and asked for later."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Self

from bilan.contracts import CONTRACTS
from bilan.intake import Reference, Source, Statement
from expectations.batches import SHEET_ROW, landed_batch
from expectations.examiner import Examiner
from expectations.landed import FILE, landed_rules
from expectations.verdicts import Finding, Verdict


@dataclass(frozen=True)
class Examination:
    """A log, the verdict to come on its accepted rows, and where each of these stands."""

    log: str
    verdict: Future[Verdict]
    places: dict[int, str]  # the batch's row -> sender, log, date and the sheet's own row

    @classmethod
    def begin(cls, log: str, statements: list[Statement], reference: Reference, examiner: Examiner) -> Self:
        """Hand the rows over, without a name, and return at once."""
        batch = landed_batch(statements, reference)
        names = [told(statement.source) for statement in statements]
        numbered = enumerate(batch.select(FILE, SHEET_ROW).iter_rows(), start=1)
        return cls(
            log,
            examiner.submit(log, batch, landed_rules(CONTRACTS[log], reference)),
            {number: f"{names[place]}, {row}" for number, (place, row) in numbered},
        )

    def told(self) -> dict[str, Any]:
        """Wait for the verdict: counts, and which rows of which files break which rule."""
        verdict = self.verdict.result()
        broken = [self._broken(finding) for finding in verdict.broken]
        return {"suite": self.log, "success": verdict.success, "rows": verdict.rows, "broken": broken}

    def _broken(self, finding: Finding) -> dict[str, Any]:
        where = [self.places[row] for row in finding.rows]
        return {"rule": finding.rule, "rows_broken": finding.broken, "where": where}


def told(source: Source) -> str:
    """A file by what its contract knows of it; its name may hold anything."""
    return f"{source.sender}/{source.log}_{source.statement_date}"
