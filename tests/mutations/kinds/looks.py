"""Cells that are not what they look: merged, percent, shown otherwise than stored, struck through."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import XLSX, Cell, Draft, is_day, is_number
from tests.mutations.kinds.errors import kept
from tests.mutations.kinds.files import on_part

_NEWER = (
    '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
    '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
)
_LOOKS: Any = {"family": "looks", "stage": Stage.LINES, "suffixes": (XLSX,)}


@mutation("dates-of-1904", family="1904", stage=Stage.WRITING, suffixes=(XLSX,))
def _dates_of_1904(draft: Draft) -> bool:
    found = [cell for sheet in draft.sheets for row in sheet.grid for cell in row]
    values = [cell.value if isinstance(cell, Cell) else cell for cell in found]
    days = [value for value in values if isinstance(value, date)]
    if not days or min(day.year for day in days) < 1905:
        return False
    draft.writing.epoch_1904 = True
    draft.touch_all()
    draft.touched_columns.update(column.name for column in draft.kinds(Kind.DATE, Kind.BIRTH_DATE))
    return True


@mutation("dates-of-1904-with-newer-properties", family="1904", stage=Stage.WRITING, suffixes=(XLSX,))
def _newer_properties(draft: Draft) -> bool:
    """As Excel writes since 2013: other properties of the workbook follow, which say nothing of dates."""
    return _dates_of_1904(draft) and _in_book(
        draft, lambda xml: xml.replace("</workbook>", f"{_NEWER}</workbook>")
    )


@mutation("dates-of-1904-said-in-a-word", family="1904", stage=Stage.WRITING, suffixes=(XLSX,))
def _in_a_word(draft: Draft) -> bool:
    return _dates_of_1904(draft) and _in_book(
        draft, lambda xml: xml.replace('date1904="1"', 'date1904="true"')
    )


def _in_book(draft: Draft, edit: Callable[[str], str]) -> bool:
    draft.writing.on_bytes.append(on_part(r"xl/workbook\.xml", edit))
    return True


def _merge_down(draft: Draft, name: str) -> bool:
    """Write each run of one value once, in a cell merged over its rows."""
    if not draft.untouched(name):
        return False
    draft.lines.sort(key=lambda line: str(line.cells[name]))
    groups: dict[Any, list[int]] = defaultdict(list)
    for index, line in enumerate(draft.lines):
        if line.cells[name] is not None:
            groups[line.cells[name]].append(index)
    runs = [rows for rows in groups.values() if len(rows) > 1]
    if not runs:
        return False
    for rows in runs:
        for index in rows[1:]:
            draft.put(draft.lines[index], name, None)
    draft.merged_runs = [(name, rows[0], rows[-1]) for rows in runs]
    return True


def _lay_merged(draft: Draft) -> bool:
    """Merge the cells of the runs, once they are in a sheet."""
    for name, first, last in draft.merged_runs:
        column = draft.columns.index(name)
        draft.sheet.merged.append((first + 1, column, last + 1, column))
    draft.writing.needed.add("openpyxl")
    return True


@mutation("merged-down", family="split", stage=Stage.SPLIT, suffixes=(XLSX,))
def _merged(draft: Draft) -> bool:
    listed = draft.kinds(Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_UNKNOWN, Kind.PARTNER, Kind.DATE, Kind.INTEGER)
    columns = [column.name for column in kept(draft, listed) if draft.untouched(column.name)]
    draft.random.shuffle(columns)
    if not any(_merge_down(draft, name) for name in columns):
        return False
    draft.lay_out()
    return _lay_merged(draft)


@mutation("merged-down-names", family="split", stage=Stage.SPLIT, suffixes=(XLSX,))
def _merged_names(draft: Draft) -> bool:
    """Two rows of one person: her name is written once."""
    surname = draft.clean.contract.subject.surname
    if surname is None or len(draft.lines) < 2:
        return False
    first, second = draft.lines[:2]
    names = draft.clean.contract.subject.named_columns
    if any(
        first.cells[name] is None or (line.place, name) in draft.taken
        for name in names
        for line in (first, second)
    ):
        return False
    draft.merged_runs = []
    for name in names:
        draft.put(second, name, None)
        draft.mean(second, name, first.cells[name])
        draft.merged_runs.append((name, 0, 1))
    draft.lay_out()
    return _lay_merged(draft)


def _formatted(draft: Draft, name: str, line: Any, value: Any, form: str) -> None:
    draft.put(line, name, Cell(value, form=form))


@mutation("percent-format", **_LOOKS)
def _percent(draft: Draft) -> bool:
    scores = [column for column in draft.kinds(Kind.DECIMAL) if column.maximum == 100]
    cells = draft.free(scores, is_number)
    if not cells:
        return False
    for line, name in cells[: draft.random.choice([1, 2, len(cells)])]:
        _formatted(draft, name, line, line.cells[name] / 100, draft.random.choice(["0%", "0.0%", "0 %"]))
    return True


@mutation("zeros-by-format", **_LOOKS)
def _zeros(draft: Draft) -> bool:
    return _numbers_by_format(draft, "000000", lambda number: f"{number:06d}")


@mutation("prefix-by-format", **_LOOKS)
def _prefix(draft: Draft) -> bool:
    return _numbers_by_format(draft, '"EV-"000', lambda number: f"EV-{number:03d}")


@mutation("suffix-by-format", **_LOOKS)
def _suffix(draft: Draft) -> bool:
    return _numbers_by_format(draft, '0000"-A"', lambda number: f"{number:04d}-A")


@mutation("dashes-by-format", **_LOOKS)
def _dashes(draft: Draft) -> bool:
    return _numbers_by_format(draft, "000-000", lambda number: f"{number // 1000:03d}-{number % 1000:03d}")


def _numbers_by_format(draft: Draft, form: str, shown: Any) -> bool:
    cells = draft.free(
        kept(draft, draft.kinds(Kind.NUMBER, Kind.REFERENCE)), lambda value: isinstance(value, str)
    )
    if not cells:
        return False
    for index, (line, name) in enumerate(cells[: draft.random.choice([1, 2])]):
        number = 17 + 101 * index + line.place
        _formatted(draft, name, line, number, form)
        draft.mean(line, name, shown(number))
    return True


@mutation("amounts-in-thousands-by-format", **_LOOKS)
def _scaled(draft: Draft) -> bool:
    """A format that shows 12 for 12 000: what is stored is what was typed."""
    cells = draft.free([column for column in draft.kinds(Kind.DECIMAL) if column.maximum is None], is_number)
    if not cells:
        return False
    line, name = cells[0]
    _formatted(draft, name, line, line.cells[name], "#,##0,")
    return True


@mutation("rounded-by-arithmetic", **_LOOKS)
def _float_noise(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.DECIMAL), lambda value: isinstance(value, float) and value > 1)
    if not cells:
        return False
    line, name = cells[0]
    draft.put(line, name, line.cells[name] * (1 + 2**-52))
    return True


@mutation("number-made-a-date", **_LOOKS)
def _number_made_a_date(draft: Draft) -> bool:
    """« 1-2 » typed for a number: the spreadsheet keeps a day of this year."""
    cells = draft.free(kept(draft, draft.kinds(Kind.NUMBER, Kind.REFERENCE)), lambda value: value is not None)
    if not cells:
        return False
    line, name = cells[0]
    day = date(2010, draft.random.randint(1, 12), draft.random.randint(1, 12))
    _formatted(draft, name, line, day, draft.random.choice(["d-mmm", "mmm-yy", "yyyy-mm-dd", "dd/mm/yyyy"]))
    draft.lose(line)
    return True


@mutation("number-made-scientific", **_LOOKS)
def _number_made_scientific(draft: Draft) -> bool:
    """« 3E10 » typed for a number: the spreadsheet keeps thirty thousand millions."""
    cells = draft.free(kept(draft, draft.kinds(Kind.NUMBER, Kind.REFERENCE)), lambda value: value is not None)
    for line, name in cells[:1]:
        _formatted(draft, name, line, 3e10, "0.00E+00")
        draft.lose(line)
    return bool(cells)


@mutation("month-made-a-date", **_LOOKS)
def _month_made_a_date(draft: Draft) -> bool:
    """« mars 2010 » typed for a date: the spreadsheet keeps the first of March, and shows the month alone."""
    cells = draft.free(draft.kinds(Kind.DATE), is_day)
    for line, name in cells[:1]:
        day = line.cells[name].replace(day=1)
        _formatted(draft, name, line, day, draft.random.choice(["mmm-yy", "mmmm yyyy"]))
        draft.mean(line, name, f"{day:%Y-%m}")
    return bool(cells)


@mutation("dates-by-another-format", **_LOOKS, same=True)
def _other_format(draft: Draft) -> bool:
    cells = draft.free(kept(draft, draft.kinds(Kind.DATE, Kind.BIRTH_DATE)), is_day)
    for line, name in cells:
        _formatted(
            draft, name, line, line.cells[name], draft.random.choice(["dd mmmm yyyy", "m/d/yyyy", "d-mmm-yy"])
        )
    return bool(cells)


@mutation("amounts-by-a-currency-format", **_LOOKS, same=True)
def _currency(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.INTEGER, Kind.DECIMAL), is_number)
    for line, name in cells:
        _formatted(
            draft, name, line, line.cells[name], draft.random.choice(['# ##0.00 "$"', "#,##0", "0.00"])
        )
    return bool(cells)


@mutation("part-of-a-name-struck-through", **_LOOKS)
def _struck_part(draft: Draft) -> bool:
    """The old surname struck through before the new one, in one cell."""
    cells = draft.free(draft.kinds(Kind.NAME), lambda value: isinstance(value, str) and value.isalpha())
    if not cells:
        return False
    line, name = cells[0]
    new = line.cells[name]
    draft.writing.needed.add("xlsxwriter")  # which writes letters as they are
    draft.put(line, name, f"Lafleur\u241f{new}")
    runs = f"<si><r><rPr><strike/></rPr><t>Lafleur</t></r><r><t>{new}</t></r></si>"
    whole = re.compile(rf"<si><t[^>]*>Lafleur\u241f{new}</t></si>")
    edit = on_part(r"xl/sharedStrings\.xml", lambda xml: whole.sub(runs, xml))
    draft.writing.on_bytes.append(edit)
    return True


@mutation("count-made-a-date", **_LOOKS)
def _count_made_a_date(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.INTEGER, Kind.DECIMAL), is_number)
    if not cells:
        return False
    line, name = cells[0]
    _formatted(draft, name, line, date(1899, 12, 31) + timedelta(int(line.cells[name])), "dd/mm/yyyy")
    return True


@mutation("name-made-a-date", **_LOOKS)
def _name_made_a_date(draft: Draft) -> bool:
    """« Mai » or « Mars », a surname, became the first of that month."""
    cells = draft.free(draft.kinds(Kind.NAME), lambda value: value is not None)
    if not cells:
        return False
    line, name = cells[0]
    _formatted(draft, name, line, date(2010, 5, 1), "mmm-yy")
    draft.lose(line)
    return True


@mutation("time-in-a-date-column", **_LOOKS)
def _time_in_dates(draft: Draft) -> bool:
    cells = draft.free(kept(draft, draft.kinds(Kind.DATE)), is_day)
    if not cells:
        return False
    line, name = cells[0]
    _formatted(draft, name, line, 0.75, "hh:mm")
    draft.lose(line)
    return True


@mutation("struck-through-row", **_LOOKS)
def _struck(draft: Draft) -> bool:
    line = draft.random.choice(draft.lines)
    for name, value in line.cells.items():
        if value is not None and not isinstance(value, Cell):
            line.cells[name] = Cell(value, strike=True)
    draft.touched_rows.add(line.place)
    draft.must_tell = True
    return True


@mutation("struck-through-cell", **_LOOKS)
def _struck_cell(draft: Draft) -> bool:
    cells = draft.free(kept(draft), lambda value: value is not None)
    line, name = cells[0]
    draft.put(line, name, Cell(line.cells[name], strike=True))
    draft.must_tell = True
    return True


@mutation("filtered-rows", family="hidden", stage=Stage.LAYOUT, suffixes=(XLSX,))
def _filtered(draft: Draft) -> bool:
    filled = [
        index for index, row in enumerate(draft.sheet.grid) if sum(cell is not None for cell in row) > 2
    ]
    draft.sheet.hidden_rows.update(filled[2:4])
    draft.must_tell = True
    return True


@mutation("hidden-column", family="hidden", stage=Stage.LAYOUT, suffixes=(XLSX,), same=True)
def _hidden_column(draft: Draft) -> bool:
    draft.sheet.hidden_columns.add(draft.random.randrange(len(draft.columns)))
    return True


@mutation("hidden-heading-row", family="hidden", stage=Stage.LAYOUT, suffixes=(XLSX,), same=True)
def _hidden_heading(draft: Draft) -> bool:
    draft.sheet.hidden_rows.add(0)
    return True


@mutation("booleans-in-cells", **_LOOKS, same=True)
def _booleans(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.YES_NO, Kind.YES_NO_UNKNOWN), lambda value: value in ("oui", "non"))
    for line, name in cells:
        draft.put(line, name, line.cells[name] == "oui")
    return bool(cells)


@mutation("numbers-as-text", **_LOOKS, same=True)
def _numbers_as_text(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.INTEGER, Kind.DECIMAL), is_number)
    for line, name in cells:
        draft.put(line, name, f"{line.cells[name]:.10g}".replace(".", ","))
    return bool(cells)
