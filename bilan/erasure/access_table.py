"""The table of access periods: packaged, and the lines by which the steward replaces some of it."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import polars as pl

from bilan.contracts import CONTRACTS
from bilan.erasure.periods import DAY, MINOR, MONTH, YEAR, YOUTH, Rule
from bilan.errors import PlainError

FILE_NAME = "access_periods.csv"
COLUMNS = tuple(Rule.__dataclass_fields__)
STATUSES = ("assumed", "confirmed")


class RulesError(PlainError):
    """The steward's own table of access periods can't be followed."""


def load_rules(extra: Path) -> list[Rule]:
    """The rules; a line of the steward's replaces the packaged ones of the same rule, log and outcome."""
    rules = {_key(rule): rule for rule in _rules((files("bilan") / "reference" / FILE_NAME).read_bytes())}
    own = extra / FILE_NAME
    if own.is_file():
        rules |= {_key(rule): rule for rule in _rules(own.read_bytes())}
    return list(rules.values())


def _key(rule: Rule) -> tuple[str, str, str]:
    return rule.rule, rule.log, rule.outcome


def _rules(content: bytes) -> list[Rule]:
    table = pl.read_csv(BytesIO(content), infer_schema=False)
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise RulesError(f"{FILE_NAME} : il manque {', '.join(missing)}.")
    return [_rule(line, cells) for line, cells in enumerate(table.iter_rows(named=True), 2)]


def _rule(line: int, cells: dict[str, str | None]) -> Rule:
    values = {name: (cells[name] or "").strip() for name in COLUMNS}
    amount = values.pop("amount")
    known = (
        amount.isdecimal()
        and values["unit"] in (DAY, MONTH, YEAR)
        and values["applies_to"] in (MINOR, YOUTH)
        and values["status"] in STATUSES
        and values["log"] in ("", *CONTRACTS)
    )
    if not known:
        raise RulesError(f"{FILE_NAME}, ligne {line} : journal, durée, unité, portée ou statut inconnu.")
    return Rule(amount=int(amount), **values)
