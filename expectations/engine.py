"""Evaluate rules with Great Expectations, in memory; keep counts and row numbers alone.

The library reports the very values that break a rule: they are dropped here, before anything
is returned, logged or written.
"""

import logging
import os
from collections.abc import Sequence
from typing import Any

import polars as pl

from expectations.verdicts import MAX_ROWS_TOLD, Finding, Rule, Verdict

ROW = "row"
RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW],
    "include_unexpected_rows": False,
}


class ExaminationError(Exception):
    """A suite could not be evaluated; the message names the suite and the kind of error alone."""


def import_library() -> None:
    """Load Great Expectations, which sends nothing and says nothing; about ten seconds."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations  # noqa: F401 - imported late on purpose: it is slow

    # its messages quote values and paths; what matters is in the results
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)


def evaluate(suite: str, batch: pl.DataFrame, rules: Sequence[Rule]) -> Verdict:
    """Evaluate `rules` over `batch`, whose `row` column numbers its rows.

    Rules over an empty batch hold. What a single rule raises makes it fail with `raised`; anything
    else ends in `ExaminationError`. The library's own words, which may quote a cell, are dropped.
    """
    try:
        return _evaluate(suite, batch, rules)
    except Exception as error:
        raise ExaminationError(f"{suite}: {type(error).__name__}") from None


def _evaluate(suite: str, batch: pl.DataFrame, rules: Sequence[Rule]) -> Verdict:
    """As `evaluate`, with the library's own exceptions."""
    import_library()
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("memory").add_dataframe_asset("batch")
    definition = asset.add_batch_definition_whole_dataframe("whole")
    expected = gx.ExpectationSuite(name=suite, expectations=[_expectation(rule) for rule in rules])
    result = definition.get_batch({"dataframe": batch.to_pandas()}).validate(
        expected, result_format=RESULT_FORMAT
    )
    findings = {finding.rule: finding for finding in map(_finding, result.results)}
    # results come in another order than the suite's
    return Verdict(suite, batch.height, tuple(findings[rule.name] for rule in rules))


def _expectation(rule: Rule) -> Any:
    """The library's object for a rule, bearing the rule's name."""
    import great_expectations.expectations as library

    kwargs = dict(rule.kwargs)
    if "row_condition" in kwargs:
        kwargs["condition_parser"] = "pandas"
    return getattr(library, rule.expectation)(**kwargs, meta={"rule": rule.name})


def _finding(result: Any) -> Finding:
    """What may be kept of a result."""
    details = result.result or {}
    rows = [int(entry[ROW]) for entry in details.get("unexpected_index_list") or () if ROW in entry]
    return Finding(
        rule=result.expectation_config.meta["rule"],
        success=bool(result.success),
        broken=int(details.get("unexpected_count") or 0),
        rows=tuple(rows[:MAX_ROWS_TOLD]),
        raised=not result.success and "unexpected_count" not in details,
    )
