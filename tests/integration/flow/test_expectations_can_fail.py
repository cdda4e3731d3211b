"""Every rule holds over sound rows and figures, and fails when one of them breaks it.

Each row of a batch breaks one rule, so that one evaluation shows all of them failing at their row.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bilan.contracts import CONTRACTS
from bilan.intake import Reference, load_reference, read_statement, source_of
from expectations.batches import kpi_batch, landed_batch
from expectations.engine import ROW
from expectations.examiner import Examiner
from expectations.kpis import kpi_rules
from expectations.landed import landed_rules
from expectations.verdicts import MAX_ROWS_TOLD, Rule

pytestmark = pytest.mark.integration

Row = dict[str, Any]
Breaker = Callable[[Row, Rule], Row]
NOWHERE = "zzz  nulle part"
PROGRAMMES, TERRITORIES = ("MOBILIS",), ("Longueuil", "Brossard")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(None)


def in_range(row: Row, rule: Rule) -> Row:
    column = rule.kwargs["column"]
    limit = rule.kwargs.get("max_value", rule.kwargs.get("min_value"))
    step = 1 if "max_value" in rule.kwargs else -1
    return {**row, column: limit + step}


def reversed_pair(row: Row, rule: Rule) -> Row:
    later = row[rule.kwargs["column_B"]]
    one = 1 if isinstance(later, int | float) else later - date(later.year, 1, 1)
    return {**row, rule.kwargs["column_A"]: later - one}


BREAKERS: dict[str, Breaker] = {
    "ExpectColumnValuesToNotBeNull": lambda row, rule: {**row, rule.kwargs["column"]: None},
    "ExpectColumnValuesToBeNull": lambda row, rule: {**row, rule.kwargs["column"]: 7.0},
    "ExpectColumnValuesToMatchRegex": lambda row, rule: {**row, rule.kwargs["column"]: NOWHERE},
    "ExpectColumnValuesToBeBetween": in_range,
    "ExpectColumnPairValuesAToBeGreaterThanB": reversed_pair,
    "ExpectCompoundColumnsToBeUnique": lambda row, _: row,  # stands twice
}


def broken(row: Row, rule: Rule) -> Row:
    """The row, such that it breaks the rule."""
    if rule.expectation == "ExpectColumnValuesToBeInSet":
        boolean = isinstance(row[rule.kwargs["column"]], bool)
        return {**row, rule.kwargs["column"]: True if boolean else NOWHERE}
    return BREAKERS[rule.expectation](row, rule)


def is_yes_or_no(rule: Rule) -> bool:
    """A rule that no cell of a column of booleans can break: only the column's type can."""
    return rule.kwargs.get("value_set") == [True, False]


def one_broken_row_per_rule(
    batch: pl.DataFrame, sound: Callable[[Rule], Row], rules: tuple[Rule, ...]
) -> pl.DataFrame:
    """A batch whose row n breaks rule n, and whose last row repeats the one before it."""
    rows = [broken(sound(rule), rule) for rule in rules]
    rows += [sound(rules[-1]), sound(rules[-1])]
    numbered = [{**row, ROW: number} for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(numbered, schema=batch.schema)


def batch_of(log: str, logs: dict[str, bytes], reference: Reference) -> pl.DataFrame:
    [name] = [name for name in logs if f"/{log}_" in name]
    source = source_of(Path(name), reference=reference)
    return landed_batch([read_statement(logs[name], source, reference)], reference)


@pytest.mark.parametrize("log", CONTRACTS)
def test_accepted_rows_keep_every_rule(
    log: str, small_logs: dict[str, bytes], reference: Reference, examiner: Examiner
) -> None:
    batch = batch_of(log, small_logs, reference)
    verdict = examiner.evaluate(log, batch, landed_rules(CONTRACTS[log], reference))
    assert verdict.rows == batch.height > 2
    assert not verdict.broken
    assert verdict.success


def test_an_empty_batch_breaks_nothing(reference: Reference, examiner: Examiner) -> None:
    batch = batch_of("arrestations", {"SPAL/arrestations_2010-03-31.csv": b""}, reference)
    assert batch.is_empty()
    assert examiner.evaluate("vide", batch, landed_rules(CONTRACTS["arrestations"], reference)).success


def sound_row(batch: pl.DataFrame, rule: Rule) -> Row:
    """A row that the rule's condition applies to and whose cells it looks at are filled."""
    applies = batch
    condition = re.fullmatch(r'(\w+) == (?:"(.*)"|True)', rule.kwargs.get("row_condition", ""))
    if condition:
        column, value = condition.groups()
        applies = batch.filter(pl.col(column) == value if value else pl.col(column))
    if rule.name == "consent_known_if_subject":
        applies = batch.filter(pl.col("subject_hash").is_not_null())
    if rule.name == "key_unique":
        applies = batch.filter(pl.all_horizontal(pl.col(rule.kwargs["column_list"]).is_not_null()))
    return applies.row(0, named=True)


@pytest.mark.parametrize("log", CONTRACTS)
def test_each_rule_on_landed_rows_can_fail(
    log: str, small_logs: dict[str, bytes], reference: Reference, examiner: Examiner
) -> None:
    batch = batch_of(log, small_logs, reference)
    rules = tuple(r for r in landed_rules(CONTRACTS[log], reference) if not is_yes_or_no(r))
    spoiled = one_broken_row_per_rule(batch, lambda rule: sound_row(batch, rule), rules)
    verdict = examiner.evaluate(log, spoiled, rules)
    for number, finding in enumerate(verdict.findings, start=1):
        assert not finding.success, finding.rule
        assert not finding.raised, finding.rule
        assert number in finding.rows or finding.broken > MAX_ROWS_TOLD, finding.rule


@pytest.mark.parametrize("log", ["jeunes_rencontres", "echanges"])
def test_a_yes_or_no_left_in_words_is_found(
    log: str, small_logs: dict[str, bytes], reference: Reference, examiner: Examiner
) -> None:
    rules = tuple(filter(is_yes_or_no, landed_rules(CONTRACTS[log], reference)))
    columns = [rule.kwargs["column"] for rule in rules]
    in_words = batch_of(log, small_logs, reference).with_columns(
        pl.lit("oui").alias(name) for name in columns
    )
    verdict = examiner.evaluate(log, in_words, rules)
    assert [finding.rule for finding in verdict.broken] == [rule.name for rule in rules]


def test_a_rule_that_cannot_be_evaluated_is_broken(reference: Reference, examiner: Examiner) -> None:
    rule = Rule("absente", "ExpectColumnValuesToNotBeNull", {"column": "colonne_absente"})
    verdict = examiner.evaluate("absente", pl.DataFrame({ROW: [1]}), [rule])
    assert not verdict.success
    assert verdict.findings[0].raised


def test_verdicts_hold_row_numbers_and_no_cell(
    small_logs: dict[str, bytes], reference: Reference, examiner: Examiner
) -> None:
    batch = batch_of("arrestations", small_logs, reference).with_columns(motif=pl.lit("Zyxwsecret"))
    verdict = examiner.evaluate("arrestations", batch, landed_rules(CONTRACTS["arrestations"], reference))
    [finding] = verdict.broken
    assert (finding.rule, finding.broken) == ("motif_in_list", batch.height)
    assert "Zyxwsecret" not in repr(verdict)


CATALOGUE = pl.DataFrame({"code": ["M02", "M04"], "format": ["count", "rate"]})


def figure(**changes: Any) -> Row:
    row: Row = {
        "code": "M02",
        "programme": "MOBILIS",
        "territory": None,
        "partner": None,
        "period_kind": "total",
        "period_start": date(2008, 9, 1),
        "period_end": date(2011, 9, 30),
        "breakdown": None,
        "breakdown_value": None,
        "value": 90.0,
        "low": None,
        "high": None,
        "numerator": 90.0,
        "denominator": None,
        "n_persons": 80,
        "link_rate": 0.5,
        "status": "value",
        "known_at": date(2011, 9, 30),
    }
    return {**row, **changes}


FIGURES = pl.DataFrame(
    [
        figure(),
        figure(territory="Longueuil", value=40.0),
        figure(period_kind="month", period_end=date(2008, 9, 30), value=0.0, status="true_zero"),
        figure(code="M04", value=0.9, low=0.8, high=0.95, numerator=9.0, denominator=10.0),
        figure(
            code="M04", territory="Brossard", value=None, numerator=0.0, denominator=0.0, status="missing"
        ),
    ],
    schema_overrides={"territory": pl.String, "partner": pl.String}
    | dict.fromkeys(("breakdown", "breakdown_value"), pl.String)
    | dict.fromkeys(("low", "high"), pl.Float64),
)


def test_sound_figures_keep_every_rule(examiner: Examiner) -> None:
    rules = kpi_rules(CATALOGUE, PROGRAMMES, TERRITORIES)
    verdict = examiner.evaluate("kpi_values", kpi_batch(FIGURES, CATALOGUE), rules)
    assert not verdict.broken
    assert verdict.rows == FIGURES.height


def test_a_relative_loss_is_no_share_and_may_be_below_zero(examiner: Examiner) -> None:
    lost = figure(code="M04", territory="Longueuil", value=-0.2, numerator=None, denominator=10.0)
    figures = pl.concat([FIGURES, pl.DataFrame([lost], schema=FIGURES.schema)])
    verdict = examiner.evaluate(
        "kpi_values", kpi_batch(figures, CATALOGUE), kpi_rules(CATALOGUE, PROGRAMMES, TERRITORIES)
    )
    assert not verdict.broken


def sound_figure(batch: pl.DataFrame, rule: Rule) -> Row:
    """A row of the format and status that the rule speaks of."""
    condition = rule.kwargs.get("row_condition", "")
    applies = batch
    if "rate" in condition or "format not in" in condition or "interval" in rule.name:
        applies = batch.filter(pl.col("format") == "rate")
    if "status not in" in condition:
        applies = batch.filter(pl.col("status") == "missing")
    if "true_zero" in condition and rule.name == "true_zero_is_zero":
        applies = batch.filter(pl.col("status") == "true_zero")
    if rule.name == "territory_known":
        applies = batch.filter(pl.col("territory").is_not_null())
    return applies.row(0, named=True)


def test_each_rule_on_figures_can_fail(examiner: Examiner) -> None:
    rules = kpi_rules(CATALOGUE, PROGRAMMES, TERRITORIES)
    batch = kpi_batch(FIGURES, CATALOGUE)
    spoiled = one_broken_row_per_rule(batch, lambda rule: sound_figure(batch, rule), rules)
    verdict = examiner.evaluate("kpi_values", spoiled, rules)
    for number, finding in enumerate(verdict.findings, start=1):
        assert not finding.success, finding.rule
        assert not finding.raised, finding.rule
        assert number in finding.rows, finding.rule


def test_a_part_larger_than_its_whole_is_found(examiner: Examiner) -> None:
    """What `kpi_batch` adds is right: a territory and a month with more arrests than all together."""
    too_many = pl.concat(
        [FIGURES, FIGURES[1].with_columns(value=pl.lit(91.0), period_kind=pl.lit("phase"))],
    )
    rules = kpi_rules(CATALOGUE, PROGRAMMES, TERRITORIES)
    verdict = examiner.evaluate("kpi_values", kpi_batch(too_many, CATALOGUE), rules)
    assert [finding.rule for finding in verdict.broken] == ["total_covers_each_period"]
