"""Cells that one contributor nearly makes alone, and what `bilan protect` then does."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import protect
from bilan.disclosure.tables.table import Grouping, Key, Table

DIMENSIONS: Grouping = ("row", "col", "who")
SHOWN: tuple[Grouping, ...] = (("row", "col"), ("row",), ("col",), ())


def table(largest: int, second: int, third: int) -> Table:
    """Four cells of three contributors each; the first cell is the one that varies."""
    inner: dict[Key, int] = {}
    for row in "AB":
        for col in "XY":
            counts = (largest, second, third) if (row, col) == ("A", "X") else (20, 20, 20)
            inner |= {(row, col, who): count for who, count in zip("pqr", counts, strict=True)}
    return Table(DIMENSIONS, inner, SHOWN, contributor="who")


def hidden(asked: Table, rules: Rules) -> bool:
    done = protect(asked, rules)
    assert done.safe
    return (("row", "col"), ("A", "X")) in done.suppressed()


@pytest.mark.parametrize(("largest", "sensitive"), [(85, False), (86, True)])
def test_the_largest_contributor_may_make_up_to_k_percent(largest: int, sensitive: bool) -> None:
    asked = table(largest, 100 - largest, 0) if largest == 85 else table(largest, 99 - largest, 1)
    assert hidden(asked, Rules(dominance=(1, 85.0))) is sensitive


@pytest.mark.parametrize(("third", "sensitive"), [(10, False), (9, True)])
def test_what_the_others_leave_must_be_p_percent_of_the_largest(third: int, sensitive: bool) -> None:
    assert hidden(table(100, 50, third), Rules(p_percent=10.0)) is sensitive


def test_neither_rule_holds_unless_it_is_asked_for() -> None:
    assert not hidden(table(1000, 6, 0), Rules())


@pytest.mark.parametrize("option", [["--dominance", "1"], ["--dominance", "0,80"], ["--dominance", "1,101"]])
def test_a_rule_that_makes_no_sense_is_refused(tmp_path: Path, option: list[str]) -> None:
    told = run(tmp_path, "--contributor", "who", *option)
    assert told is not None and "--dominance" in told


def test_dominance_needs_to_know_who_contributes(tmp_path: Path) -> None:
    told = run(tmp_path, "--p-percent", "10")
    assert told is not None and "--contributor" in told


def test_the_command_takes_both_rules(tmp_path: Path) -> None:
    assert run(tmp_path, "--contributor", "who", "--dominance", "2,95", "--p-percent", "10") is None


def run(folder: Path, *options: str) -> str | None:
    """What went wrong; None where the table is safe."""
    file = folder / "table.csv"
    lines = [",".join((*key, str(count))) for key, count in table(100, 50, 9).inner.items()]
    file.write_text("\n".join(["row,col,who,count", *lines]), encoding="utf-8")
    done = CliRunner().invoke(
        app, ["protect", "--table", str(file), "--publish", "row,col;row;col;", *options]
    )
    return None if done.exit_code == 0 else str(done.exception)
