"""What the exact figures must look like before any of them is published.

Arithmetic that holds whatever the partners send. A rule that fails here means that a model is
wrong: nothing is published, and the last publication stands.
"""

import polars as pl

from bilan.cube import COMPUTED, KEY, PERIOD_KINDS
from bilan.intake import Reference
from expectations.batches import kpi_batch
from expectations.examiner import Examiner
from expectations.verdicts import Rule, Verdict

WITH_FIGURE = 'status in ["value", "true_zero"]'
WITHOUT_FIGURE = 'status not in ["value", "true_zero"]'
ALWAYS_THERE = ("code", "programme", "period_kind", "period_start", "period_end", "status")
RATE, COUNT = 'format == "rate"', 'format == "count"'
SUM = 'format in ["count", "amount"]'  # what adds up: things counted, dollars
SHARE = 'format == "rate" and is_share'  # a relative gain is a rate too, and may be below 0 or above 1
FROM_ZERO = {"min_value": 0}


def kpi_rules(
    catalogue: pl.DataFrame, programmes: tuple[str, ...], territories: tuple[str, ...]
) -> tuple[Rule, ...]:
    """The rules over a batch made by `kpi_batch` from the same catalogue."""
    return (
        *(
            Rule(f"{name}_present", "ExpectColumnValuesToNotBeNull", {"column": name})
            for name in ALWAYS_THERE
        ),
        Rule(
            "known_at_present_once_reported",
            "ExpectColumnValuesToNotBeNull",
            {"column": "known_at", "row_condition": 'status != "not_yet_reported"'},
        ),
        _one_of("code_in_catalogue", "code", tuple(catalogue["code"])),
        _one_of("programme_known", "programme", programmes),
        _one_of("territory_known", "territory", territories),
        _one_of("period_kind_known", "period_kind", PERIOD_KINDS),
        _one_of("status_known", "status", COMPUTED),
        Rule(
            "grain_unique",
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": list(KEY), "ignore_row_if": "never"},
        ),
        _not_less("period_in_order", "period_end", "period_start"),
        Rule(
            "figure_if_status_says_so",
            "ExpectColumnValuesToNotBeNull",
            {"column": "value", "row_condition": WITH_FIGURE},
        ),
        Rule(
            "no_figure_otherwise",
            "ExpectColumnValuesToBeNull",
            {"column": "value", "row_condition": WITHOUT_FIGURE},
        ),
        _between("true_zero_is_zero", "value", {"min_value": 0, "max_value": 0}, 'status == "true_zero"'),
        *_of_rates(),
        *_of_sums(),
    )


def _of_rates() -> tuple[Rule, ...]:
    return (
        _between("rate_within_0_and_1", "value", {"min_value": 0, "max_value": 1}, SHARE),
        _not_less("numerator_within_denominator", "denominator", "numerator", RATE),
        _between("numerator_not_negative", "numerator", FROM_ZERO, RATE),
        # disclosure control tells a sum from a rate by its denominator
        Rule(
            "only_sums_lack_a_denominator",
            "ExpectColumnValuesToNotBeNull",
            {"column": "denominator", "row_condition": 'format not in ["count", "amount"] and has_value'},
        ),
    )


def _of_sums() -> tuple[Rule, ...]:
    return (
        _between("sum_not_negative", "value", FROM_ZERO, SUM),
        _between("count_whole", "fraction", {"min_value": 0, "max_value": 0}, COUNT),
        _between("persons_not_negative", "n_persons", FROM_ZERO),
        _between("link_rate_within_0_and_1", "link_rate", {"min_value": 0, "max_value": 1}),
        Rule(
            "sum_has_no_denominator",
            "ExpectColumnValuesToBeNull",
            {"column": "denominator", "row_condition": SUM},
        ),
        _not_less("total_covers_each_period", "total", "value", SUM),
        _not_less("everywhere_covers_each_territory", "everywhere", "value", SUM),
        _not_less("value_within_interval_above", "high", "value"),
        _not_less("value_within_interval_below", "value", "low"),
    )


def _one_of(name: str, column: str, values: tuple[str, ...]) -> Rule:
    return Rule(name, "ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(values)})


def _between(name: str, column: str, limits: dict[str, int], condition: str | None = None) -> Rule:
    kwargs = {"column": column, **limits, **({"row_condition": condition} if condition else {})}
    return Rule(name, "ExpectColumnValuesToBeBetween", kwargs)


def _not_less(name: str, larger: str, smaller: str, condition: str | None = None) -> Rule:
    kwargs = {
        "column_A": larger,
        "column_B": smaller,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
        **({"row_condition": condition} if condition else {}),
    }
    return Rule(name, "ExpectColumnPairValuesAToBeGreaterThanB", kwargs)


SUITE = "kpi_values"


def examine_figures(
    values: pl.DataFrame, catalogue: pl.DataFrame, reference: Reference, examiner: Examiner
) -> Verdict:
    """Great Expectations over the exact KPI values."""
    rules = kpi_rules(catalogue, tuple(reference.programmes), reference.territories)
    return examiner.evaluate(SUITE, kpi_batch(values, catalogue), rules)
