"""More on a sheet than one table under one row of headings."""

from itertools import zip_longest
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import BOTH, Stage, mutation
from tests.mutations.draft import REMARKS, XLSX, Draft, Line, is_number
from tests.mutations.kinds.sheets import split

_SPLIT: Any = {"family": "split", "stage": Stage.SPLIT, "suffixes": BOTH}
_AROUND: Any = {"family": "around", "stage": Stage.LAYOUT, "suffixes": BOTH}


def _rows(draft: Draft, lines: list[Line]) -> list[list[Any]]:
    return [draft.row_of(line) for line in lines]


@mutation("stacked-with-headings-again", **_SPLIT, same=True)
def _stacked(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    gap: list[list[Any]] = [[]] * draft.random.choice([0, 1, 2])
    draft.sheet.grid = [
        draft.heading_row,
        *_rows(draft, parts[0]),
        *gap,
        draft.heading_row,
        *_rows(draft, parts[1]),
    ]
    return True


@mutation("stacked-with-a-title-between", **_SPLIT, same=True)
def _stacked_titled(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    first, second = (_rows(draft, part) for part in parts)
    draft.sheet.grid = [["Année 1"], draft.heading_row, *first, [], ["Année 2"], draft.heading_row, *second]
    return True


@mutation("stacked-newer-export-in-another-order", **_SPLIT, same=True)
def _stacked_in_another_order(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    first = [draft.heading_row, *_rows(draft, parts[0])]
    draft.columns = draft.columns[::-1]
    draft.sheet.grid = [*first, draft.heading_row, *_rows(draft, parts[1])]
    return True


@mutation("stacked-newer-export-has-a-column-more", **_SPLIT)
def _stacked_has_more(draft: Draft) -> bool:
    parts, name = split(draft), "territoire"
    if parts is None or name not in draft.columns or not draft.untouched(name):
        return False
    columns = [column for column in draft.columns if column != name]
    draft.columns = columns
    first = [draft.heading_row, *_rows(draft, parts[0])]
    draft.columns = [*columns, name]
    draft.sheet.grid = [*first, draft.heading_row, *_rows(draft, parts[1])]
    for line in parts[0]:
        draft.mean(line, name, None)
    draft.touched_columns.add(name)
    return True


@mutation("headings-at-each-page", **_SPLIT, same=True)
def _headings_at_each_page(draft: Draft) -> bool:
    grid = []
    for place, row in enumerate(draft.sheet.grid[1:]):
        grid += [draft.heading_row, row] if place % 3 == 0 else [row]
    draft.touch_all()
    draft.sheet.grid = grid
    return True


def _beside(draft: Draft, blank: int) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    left = [draft.heading_row, *_rows(draft, parts[0])]
    right = [draft.heading_row, *_rows(draft, parts[1])]
    right += [[None] * len(right[0])] * (len(left) - len(right))
    draft.sheet.grid = [[*one, *[None] * blank, *other] for one, other in zip(left, right, strict=True)]
    draft.abreast = 2
    return True


@mutation("side-by-side", **_SPLIT)
def _side_by_side(draft: Draft) -> bool:
    return _beside(draft, 1)


@mutation("side-by-side-touching", **_SPLIT)
def _side_by_side_touching(draft: Draft) -> bool:
    return _beside(draft, 0)


@mutation("title-lines-above", **_AROUND, same=True)
def _titles(draft: Draft) -> bool:
    titles: list[list[Any]] = [[draft.clean.contract.title], [None, "En date du 30 septembre"], []]
    draft.sheet.grid[:0] = titles[: draft.random.randint(1, 3)]
    return True


@mutation("title-made-of-headings", **_AROUND, same=True)
def _title_of_headings(draft: Draft) -> bool:
    names = draft.random.sample([column.name for column in draft.clean.contract.columns], 2)
    draft.sheet.grid.insert(0, [f"{names[0]} et {names[1]}", None, "Programme"])
    return True


@mutation("totals-below", **_AROUND, same=True)
def _totals(draft: Draft) -> bool:
    draft.sheet.grid.append([draft.random.choice(["Total", "TOTAL :", "Total général"]), len(draft.lines)])
    return True


@mutation("subtotals-between", **_AROUND, same=True)
def _subtotals(draft: Draft) -> bool:
    draft.sheet.grid.insert(3, ["Sous-total", 2])
    draft.sheet.grid.append(["Total", len(draft.lines)])
    return True


@mutation("bare-sum-below", **_AROUND)
def _bare_sum(draft: Draft) -> bool:
    numbers = [
        column.name for column in draft.kinds(Kind.INTEGER, Kind.DECIMAL) if draft.untouched(column.name)
    ]
    if not numbers:
        return False
    name = numbers[0]
    total = sum(line.cells[name] for line in draft.lines if is_number(line.cells[name]))
    draft.sheet.grid.append([total if column == name else None for column in draft.columns])
    return True


@mutation("footnotes-below", **_AROUND)
def _footnotes(draft: Draft) -> bool:
    draft.sheet.grid += [[], ["Note : les dossiers de mars sont incomplets."], ["Source : système interne"]]
    return True


@mutation("blank-rows-between", **_AROUND, same=True)
def _blank_rows(draft: Draft) -> bool:
    draft.sheet.grid[2:2] = [[], [" ", None], []]
    return True


@mutation("many-blank-rows-between", **_AROUND, same=True)
def _many_blank_rows(draft: Draft) -> bool:
    draft.sheet.grid[3:3] = [[]] * 400
    return True


@mutation("headings-far-below", **_AROUND)
def _far_below(draft: Draft) -> bool:
    """Notes of many lines above the table."""
    draft.sheet.grid[:0] = [[f"Note {number}"] for number in range(260)]
    draft.touch_all()
    return True


@mutation("blank-column-between", **_AROUND, same=True)
def _blank_column(draft: Draft) -> bool:
    draft.sheet.grid = [[*row[:2], None, *row[2:]] for row in draft.sheet.grid]
    return True


@mutation("blank-columns-before", **_AROUND, same=True)
def _blank_columns(draft: Draft) -> bool:
    draft.sheet.grid = [[None, None, *row] for row in draft.sheet.grid]
    return True


@mutation("row-numbers-in-a-column-before", **_AROUND, same=True)
def _row_numbers(draft: Draft) -> bool:
    head, *rows = draft.sheet.grid
    draft.sheet.grid = [["Ligne", *head], *([number, *row] for number, row in enumerate(rows, 1))]
    return True


@mutation("two-line-heading", **{**_SPLIT, "suffixes": (XLSX,)})
def _two_line_heading(draft: Draft) -> bool:
    """A group over several headings, each of which says the rest alone."""
    groups: dict[str, list[str]] = {}
    for name in draft.columns:
        if "_" in name and name.split("_")[0] in (
            "suspect",
            "jeune",
            "employe",
            "participant",
            "personne",
            "membre",
        ):
            groups.setdefault(name.split("_")[0], []).append(name)
    if not groups:
        return False
    group, names = next(iter(groups.items()))
    draft.columns = [*(name for name in draft.columns if name not in names), *names]
    start = len(draft.columns) - len(names)
    above = [None] * start + [group.title()] + [None] * (len(names) - 1)
    below = [*draft.heading_row[:start], *(name.partition("_")[2].title() for name in names)]
    draft.sheet.grid = [above, below, *_rows(draft, draft.lines)]
    draft.sheet.merged.append((0, start, 0, len(draft.columns) - 1))
    draft.writing.needed.add("openpyxl")
    draft.touch_all()
    return True


@mutation("heading-on-two-lines-each", **_SPLIT)
def _heading_cut(draft: Draft) -> bool:
    """« date » above, « arrestation » below: one heading over two rows."""
    parts = [str(name).partition("_") for name in draft.heading_row]
    draft.sheet.grid[:1] = [[first for first, _, _ in parts], [rest or None for _, _, rest in parts]]
    draft.touch_all()
    return True


@mutation("territory-on-rows-of-its-own", **_SPLIT)
def _territory_rows(draft: Draft) -> bool:
    """A section per municipality, without the column."""
    return _sections(draft, "territoire")


def _sections(draft: Draft, name: str) -> bool:
    if name not in draft.columns or not draft.untouched(name):
        return False
    values = {draft.value(line, name) for line in draft.lines}
    if None in values or len(values) < 2:
        return False
    draft.columns = [column for column in draft.columns if column != name]
    grid = [draft.heading_row]
    for value in sorted(values):
        grid += [[value], *_rows(draft, [line for line in draft.lines if draft.value(line, name) == value])]
    draft.sheet.grid = grid
    draft.touch_all()
    draft.touched_columns.add(name)
    return True


@mutation("territory-in-the-title", **_SPLIT)
def _territory_in_title(draft: Draft) -> bool:
    if "territoire" not in draft.columns or not draft.untouched("territoire"):
        return False
    draft.columns = [column for column in draft.columns if column != "territoire"]
    draft.sheet.grid = [["Territoire :", "Brossard"], [], draft.heading_row, *_rows(draft, draft.lines)]
    for line in draft.lines:
        draft.mean(line, "territoire", "Brossard")
    draft.touch_all()
    draft.touched_columns.add("territoire")
    return True


@mutation("transposed", **_AROUND)
def _transposed(draft: Draft) -> bool:
    grid = draft.sheet.grid
    draft.sheet.grid = [list(column) for column in zip_longest(*grid)]
    draft.touch_all()
    return True


@mutation("no-headings", **_AROUND)
def _no_headings(draft: Draft) -> bool:
    del draft.sheet.grid[0]
    draft.touch_all()
    return True


@mutation("another-table-below", **_AROUND)
def _another_table(draft: Draft) -> bool:
    draft.sheet.grid += [[], ["Intervenant", "Heures"], ["A", 12], ["B", 7]]
    return True


@mutation("key-of-codes-below", **_AROUND)
def _legend(draft: Draft) -> bool:
    draft.sheet.grid += [[], ["Légende"], ["o = oui, n = non"]]
    return True


@mutation("row-cut-in-two", **_SPLIT)
def _row_cut(draft: Draft) -> bool:
    """A row whose second half went to the next line."""
    line = draft.random.choice(draft.lines)
    row = draft.row_of(line)
    at = 1 + draft.lines.index(line)
    half = len(row) // 2
    if not any(value is not None for value in row[half:-1]):
        return False
    draft.sheet.grid[at : at + 1] = [row[:half], row[half:]]
    draft.lose(line)
    draft.touched_columns.update(draft.columns)
    return True


@mutation("cells-shifted-right", **_SPLIT)
def _shifted(draft: Draft) -> bool:
    """A cell inserted in one row: everything after it is one column too far."""
    line = draft.random.choice(draft.lines)
    row = draft.row_of(line)
    at = draft.random.randint(1, len(row) // 2)
    if all(value is None for value in row[at:-1]) or REMARKS not in draft.columns:
        return False
    draft.sheet.grid[1 + draft.lines.index(line)] = [*row[:at], None, *row[at:]]
    draft.lose(line)
    draft.touched_columns.update(draft.columns)
    return True
