"""A table that holds totals of its own is stopped; one where a sum is chance, or no total, is not."""

import json
import random
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.main import app
from bilan.disclosure.tables.files import TableError
from bilan.disclosure.tables.totals import look_alikes, totals_in

TOWNS = ("Candiac", "Delson", "Sainte-Catherine", "La Prairie")
YEARS = ("2014", "2015", "2016")
COUNTS = [[14, 3, 22], [9, 17, 6], [30, 12, 8], [7, 19, 25]]
Counts = dict[tuple[str, ...], int]


def table(counts: list[list[int]] = COUNTS) -> Counts:
    return {
        (town, year): count
        for town, row in zip(TOWNS, counts, strict=False)
        for year, count in zip(YEARS, row, strict=False)
    }


def with_sum(counts: Counts, label: str, place: int = 0, of: tuple[str, ...] | None = None) -> Counts:
    """The table, with a category of one dimension that is the sum of others (all of them, or `of`)."""
    sums: Counts = {}
    for key, count in counts.items():
        if of is None or key[place] in of:
            total = (*key[:place], label, *key[place + 1 :])
            sums[total] = sums.get(total, 0) + count
    return counts | sums


def found(counts: Counts, *denied: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    names = ("ville", "annee", "motif")[: len(next(iter(counts)))]
    return [(total.dimension, total.category) for total in totals_in(names, counts, frozenset(denied))]


@pytest.mark.parametrize(
    "label",
    [
        "Total",
        "TOTAL",
        "Totaux",
        "total général",
        "Sous-total",
        "Sous total",
        "Subtotal",
        "Grand Total",
        "Ensemble",
        "ensemble du territoire",
        "Toutes",
        "Tous",
        "toutes les villes",
        "All",
        "all towns",
        "Overall",
        "Candiac (total)",
        "Territoire - Total",
        "Sexes confondus",
        "Les deux",
        "Total 2",
    ],
)
def test_a_total_is_known_by_its_name_whatever_its_numbers(label: str) -> None:
    counts = table() | {(label, year): 1 for year in YEARS}
    assert found(counts) == [("ville", label)]


@pytest.mark.parametrize("label", ["Sous-sol", "Grand-Métis", "Totnes", "Allendale", "Delson-Total-Ouest"])
def test_a_name_that_only_begins_alike_is_none(label: str) -> None:
    assert found(table() | {(label, year): 1 for year in YEARS}) == []


def test_totals_in_every_dimension_are_found_on_whatever_line() -> None:
    counts = with_sum(with_sum(table(), "Total"), "Total", place=1)
    lines = list(counts.items())
    random.Random(1).shuffle(lines)
    assert found(dict(lines)) == [("ville", "Total"), ("annee", "Total")]


@pytest.mark.parametrize("label", ["Roussillon", "MRC", "Z", "99", "", "*", "Candiac et autres"])
def test_a_total_without_a_name_is_known_by_its_numbers(label: str) -> None:
    assert found(with_sum(table(), label)) == [("ville", label)]
    assert found(with_sum(table(), label, place=1)) == [("annee", label)]


def test_a_total_in_one_grouping_alone_is_found() -> None:
    counts = table()
    counts |= {("Roussillon", "2014"): 60, ("Roussillon", "2015"): 51}  # and no line for 2016
    assert found(counts) == [("ville", "Roussillon")]


def test_a_total_that_is_wrong_in_one_cell_is_one() -> None:
    counts: Counts = {(town, str(year)): (7 * place + 3 * year) % 23 + 2 for place, town in enumerate(TOWNS)
              for year in range(2001, 2013)}  # fmt: skip
    whole = with_sum(counts, "Roussillon")
    assert found(whole | {("Roussillon", "2004"): whole["Roussillon", "2004"] + 1}) == [
        ("ville", "Roussillon")
    ]


@pytest.mark.parametrize("of", [TOWNS[:2], TOWNS[1:], (TOWNS[0], TOWNS[3]), (TOWNS[0], TOWNS[1], TOWNS[3])])
def test_a_subtotal_of_some_is_found(of: tuple[str, ...]) -> None:
    assert found(with_sum(table(), "Rive", of=of)) == [("ville", "Rive")]


def test_a_total_over_subtotals_is_found_once_they_are_set_aside() -> None:
    counts = with_sum(with_sum(table(), "Ouest", of=TOWNS[:2]), "Est", of=TOWNS[2:])
    whole = with_sum(table(), "Roussillon")
    assert {name for _, name in found(counts | whole)} == {"Ouest", "Est", "Roussillon"}


def test_a_name_that_puts_others_together_is_a_total_even_of_small_counts() -> None:
    counts: Counts = {("Candiac",): 1, ("Delson",): 3, ("Candiac et Delson",): 4, ("La Prairie",): 9}
    assert found(counts) == [("ville", "Candiac et Delson")]
    assert found(counts | {("Candiac et Delson",): 5}) == []


def test_a_column_of_totals_is_no_dimension() -> None:
    named: Counts = {(town, year, "88"): count for (town, year), count in table().items()}
    assert [total.category for total in totals_in(("ville", "annee", "total"), named)] == [None]
    by_town = {town: sum(count for key, count in table().items() if key[0] == town) for town in TOWNS}
    unnamed: Counts = {(town, year, str(by_town[town])): count for (town, year), count in table().items()}
    assert found(unnamed) == [("motif", None)]
    assert found(unnamed, ("motif", None)) == []


def test_what_the_user_says_is_no_total_is_none() -> None:
    counts = with_sum(table(), "Total")
    assert found(counts, ("ville", "Total")) == []
    assert found(with_sum(counts, "Total", place=1), ("ville", "Total")) == [("annee", "Total")]


def test_a_sum_in_one_cell_or_of_little_is_chance() -> None:
    assert found(table()) == []
    assert found({("a",): 1, ("b",): 2, ("c",): 3}) == []
    assert found({("a",): 5, ("b",): 5}) == []
    assert found({("a", "x"): 4, ("b", "x"): 4, ("a", "y"): 9, ("b", "y"): 9}) == []
    assert found(table([[14, 3, 22], [9, 17, 6], [23, 20, 27], [7, 19, 25]])) == []
    assert found({(name,): 0 for name in "abcd"}) == []
    assert found({("Total",): 9}) == []


def test_chance_stops_few_tables() -> None:
    draw = random.Random(7)
    stopped = 0
    for _ in range(1000):
        size, width = draw.randint(3, 9), draw.randint(1, 4)
        counts: Counts = {(f"r{r}", f"c{c}"): draw.randrange(30) for r in range(size) for c in range(width)}
        stopped += bool(found(counts))
    assert stopped <= 10


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Delson", "delson"),
        ("Montréal", unicodedata.normalize("NFD", "Montréal")),
        ("La Prairie", "La  Prairie"),
        ("La Prairie", "La\xa0Prairie"),
        ("La Prairie", "LaPrairie"),
        ("Delson", "Del\u200bson"),
    ],
)
def test_categories_that_the_eye_takes_for_one_are_told(one: str, other: str) -> None:
    counts: Counts = {(one,): 9, (other,): 8, ("Candiac",): 12}
    assert look_alikes(("ville",), counts) == [("ville", (one, other))]


def test_categories_that_differ_otherwise_are_not() -> None:
    assert look_alikes(("ville",), {("Delson",): 9, ("Delsom",): 8, ("Côte",): 3, ("Cote",): 4}) == []


# --- as it is typed


def run(folder: Path, counts: Counts, *options: str) -> Result:
    file = folder / "table.csv"
    lines = (f"{town},{year},{count}" for (town, year), count in counts.items())
    file.write_text("\n".join(["ville,annee,count", *lines]), encoding="utf-8")
    asked = ["protect", "--table", str(file), "--publish", "ville,annee;ville;annee;"]
    return CliRunner().invoke(app, [*asked, *options])


def test_the_command_stops_and_says_which_and_what_to_do(tmp_path: Path) -> None:
    counts = with_sum(with_sum(table(), "Roussillon"), "Total", place=1)
    result = run(tmp_path, counts, "--json")
    assert isinstance(result.exception, TableError)
    assert result.stdout == ""
    told = str(result.exception)
    for words in ("« Roussillon » (par ses nombres", "« Total » (par son nom", "--publish", "--not-a-total"):
        assert words in told


def test_the_command_goes_on_where_the_user_says_that_it_is_none(tmp_path: Path) -> None:
    counts = with_sum(table(), "Roussillon")
    assert run(tmp_path, counts, "--not-a-total", "ville=Roussillon").exit_code == 0
    for option in ("town=Roussillon", "ville=Longueuil"):
        assert isinstance(run(tmp_path, counts, "--not-a-total", option).exception, TableError)


def test_the_command_warns_of_categories_that_look_alike(tmp_path: Path) -> None:
    counts = table() | {("delson", year): 40 for year in YEARS}
    [warned] = json.loads(run(tmp_path, counts, "--json").stdout)["warnings"]
    assert warned["code"] == "look_alike_categories"
    assert "« Delson », « delson »" in warned["message"]
    words = run(tmp_path, counts)
    assert "Attention : ville" in words.stderr
    assert json.loads(run(tmp_path, table(), "--json").stdout)["warnings"] == []
