"""`bilan protect` as it is typed: its two outputs, its exit codes, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.main import app
from bilan.cli.protect import OptionError
from bilan.disclosure.tables.files import TableError
from bilan.disclosure.tables.room import NO_BOUND

PUBLISH = "row,col;row;col;"
COUNTS = {"ax": 2, "ay": 7, "az": 9, "bx": 6, "by": 8, "bz": 12, "cx": 10, "cy": 11, "cz": 5}
NOT_SAFE = 4


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "table.csv", COUNTS)


def write(file: Path, counts: dict[str, int]) -> Path:
    file.write_text("row,col,count\n" + "".join(f"{n[0]},{n[1]},{count}\n" for n, count in counts.items()))
    return file


def listed(file: Path, names: str) -> Path:
    file.write_text("row,col\n" + "".join(f"{name[0]},{name[1]}\n" for name in names.split()))
    return file


def run(table: Path, *options: str, publish: str = PUBLISH) -> Result:
    return CliRunner().invoke(app, ["protect", "--table", str(table), "--publish", publish, *options])


def told(table: Path, *options: str, publish: str = PUBLISH) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(table, *options, "--json", publish=publish).stdout)
    return found


def cells(result: dict[str, Any], status: str) -> dict[str, dict[str, Any]]:
    """The inner cells of that status, by their two letters."""
    return {
        "".join(cell["key"]): cell
        for cell in result["cells"]
        if cell["status"] == status and cell["grouping"] == "row,col"
    }


def test_a_script_reads_every_cell_with_what_the_public_can_tell_of_it(table: Path) -> None:
    result = run(table, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["safe"] is True
    assert len(found["cells"]) == 16
    assert (found["hidden"], found["lost"]) == (4, 23)
    assert found["attackers"] == [{"name": "public", "determined": 0, "under_protected": 0}]
    hidden = cells(found, "suppressed")
    assert set(hidden) == {"ax", "ay", "bx", "by"}
    ax = hidden["ax"]
    assert (ax["count"], ax["low"], ax["high"], ax["determined"]) == (2, 1, 7, False)
    shown = cells(found, "value")["cz"]
    assert (shown["count"], shown["low"], shown["high"], shown["determined"]) == (5, 5, 5, False)


def test_the_steward_reads_the_same_in_words(table: Path) -> None:
    result = run(table)
    assert result.exit_code == 0
    assert "row a, col x" in result.stdout
    assert "public : 0 cellules retrouvées, 0 connues à moins de 3 près." in result.stdout
    assert result.stdout.rstrip().endswith("Sûr.")


def test_nobody_is_told_as_nobody_and_never_as_hidden(tmp_path: Path) -> None:
    table = write(tmp_path / "table.csv", {**COUNTS, "cz": 0})
    assert set(cells(told(table), "true_zero")) == {"cz"}


def test_where_zeros_are_hidden_nobody_is_a_small_count(tmp_path: Path) -> None:
    table = write(tmp_path / "table.csv", {**COUNTS, "cz": 0})
    hidden = cells(told(table, "--zeros", "hidden"), "suppressed")
    assert hidden["cz"]["low"] == 0


def test_what_nothing_limits_has_the_largest_number_for_its_most(table: Path) -> None:
    found = told(table, publish="row,col")
    assert cells(found, "suppressed")["ax"]["high"] == NO_BOUND
    assert "sans limite" in run(table, publish="row,col").stdout


def test_the_audit_of_what_others_hid(table: Path, tmp_path: Path) -> None:
    hidden = listed(tmp_path / "hidden.csv", "ax ay")
    result = run(table, "--hidden", str(hidden), "--audit-only", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == NOT_SAFE
    assert found["safe"] is False
    assert found["attackers"] == [{"name": "public", "determined": 2, "under_protected": 2}]
    assert {name: cell["determined"] for name, cell in cells(found, "suppressed").items()} == {
        "ax": True,
        "ay": True,
    }
    words = run(table, "--hidden", str(hidden), "--audit-only")
    assert words.exit_code == NOT_SAFE
    assert "PAS SÛR : ne pas diffuser cette table." in words.stdout


def test_what_others_hid_is_completed(table: Path, tmp_path: Path) -> None:
    hidden = listed(tmp_path / "hidden.csv", "az")
    found = told(table, "--hidden", str(hidden))
    assert found["safe"]
    assert {"ax", "az"} < set(cells(found, "suppressed"))


def test_an_audit_of_many_hidden_cells_still_tells_the_known_from_the_others(tmp_path: Path) -> None:
    rows, columns = "abcdefghijkl", "mnopqrstuvwx"
    table = write(tmp_path / "table.csv", {row + column: 20 for row in rows for column in columns})
    names = [row + column for row in rows[1:] for column in columns]
    hidden = listed(tmp_path / "hidden.csv", " ".join([*names, "am"]))
    [public] = told(table, "--hidden", str(hidden), "--audit-only")["attackers"]
    assert public == {"name": "public", "determined": 1, "under_protected": 1}


def test_cells_named_sensitive_are_protected_too(table: Path, tmp_path: Path) -> None:
    sensitive = listed(tmp_path / "sensitive.csv", "bz")
    found = cells(told(table, "--sensitive", str(sensitive)), "suppressed")
    assert {"ax", "bz"} < set(found)
    assert found["bz"]["high"] - found["bz"]["low"] >= 3


def test_the_threshold_and_the_width_are_those_asked(table: Path) -> None:
    assert told(table, "--threshold", "2")["hidden"] == 0
    wide = cells(told(table, "--width", "8"), "suppressed")["ax"]
    assert wide["high"] - wide["low"] >= 8


def test_each_contributor_is_an_attacker(table: Path) -> None:
    found = told(table, "--contributor", "col")
    assert [attacker["name"] for attacker in found["attackers"]] == ["public", "x", "y", "z"]


def test_the_release_before_is_part_of_what_is_known(table: Path, tmp_path: Path) -> None:
    before = tmp_path / "first.json"
    before.write_text(json.dumps(told(table)))
    later = write(tmp_path / "later.csv", {**COUNTS, "ax": 30})
    assert "ax" in cells(told(later), "value")
    found = told(later, "--previous", str(before))
    assert found["safe"]
    assert "ax" in cells(found, "suppressed")
    assert len(found["earlier"]) == 1


def test_what_cannot_be_protected_is_said_and_not_released(table: Path, tmp_path: Path) -> None:
    margins = tmp_path / "margins.json"
    margins.write_text(json.dumps(told(table, publish="row;col;")))
    result = run(table, "--previous", str(margins), "--width", "50", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == NOT_SAFE
    assert found["safe"] is False
    assert found["attackers"][0]["under_protected"] >= 1
    assert cells(found, "suppressed")["ax"]["count"] == 2  # still hidden


def test_an_audit_without_hidden_cells_is_refused(table: Path) -> None:
    error = run(table, "--audit-only").exception
    assert isinstance(error, OptionError)
    assert "--hidden" in str(error)


def test_zeros_are_published_or_hidden(table: Path) -> None:
    error = run(table, "--zeros", "shown").exception
    assert isinstance(error, OptionError)
    assert "« shown »" in str(error)


def test_a_contributor_that_is_no_column(table: Path) -> None:
    error = run(table, "--contributor", "partner").exception
    assert isinstance(error, OptionError)
    assert "« partner » n'est pas une colonne de table.csv" in str(error)


def test_a_previous_result_of_other_dimensions(table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("town,count\nt1,3\nt2,9\n")
    before = tmp_path / "before.json"
    before.write_text(json.dumps(told(other, publish="town;")))
    error = run(table, "--previous", str(before)).exception
    assert isinstance(error, TableError)
    assert "before.json" in str(error)


@pytest.mark.parametrize("option", ["--threshold", "--width"])
def test_limits_below_one_are_refused(table: Path, option: str) -> None:
    assert run(table, option, "0").exit_code == 2


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv").exit_code == 2
