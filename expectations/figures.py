"""The exact figures, judged before any of them is frozen into a release."""

import polars as pl

from bilan.intake import Reference
from expectations.batches import kpi_batch
from expectations.examiner import Examiner
from expectations.kpis import kpi_rules
from expectations.verdicts import Verdict

SUITE = "kpi_values"


def examine_figures(
    values: pl.DataFrame, catalogue: pl.DataFrame, reference: Reference, examiner: Examiner
) -> Verdict:
    """Great Expectations over the exact KPI values."""
    rules = kpi_rules(catalogue, tuple(reference.programmes), reference.territories)
    return examiner.evaluate(SUITE, kpi_batch(values, catalogue), rules)
