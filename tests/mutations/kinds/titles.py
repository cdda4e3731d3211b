"""What a sheet says of many cells at once: their unit, a place for several rows, what it does not show."""

import re
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import BOTH, Stage, mutation
from tests.mutations.draft import XLSX, Draft, Line, is_number
from tests.mutations.kinds.files import on_part, on_sheet

_TITLED: Any = {"family": "split", "stage": Stage.SPLIT, "suffixes": BOTH, "delicate": True}
_OF_SHEETS: Any = {"family": "files", "stage": Stage.WRITING, "suffixes": (XLSX,)}
_THOUSANDS = ("Montants en milliers", "(en milliers de dollars)", "en k$", "Unité : 000 $")
_RULE = (
    '<conditionalFormatting sqref="A1:Z99"><cfRule type="expression" dxfId="0" priority="1">'
    "<formula>TRUE</formula></cfRule></conditionalFormatting>"
)
_STRUCK = '<dxfs count="1"><dxf><font><strike/></font></dxf></dxfs>'


def _numbers(draft: Draft) -> list[tuple[Line, str]]:
    """Cells of amounts and counts: a rank, which is 1 where it is blank, is none."""
    columns = [
        column
        for column in draft.kinds(Kind.INTEGER, Kind.DECIMAL)
        if column.maximum is None and column.default is None and draft.untouched(column.name)
    ]
    return draft.free(columns, is_number)


@mutation("thousands-in-the-title", **_TITLED)
def _thousands_in_title(draft: Draft) -> bool:
    cells = _numbers(draft)
    for line, name in cells:
        draft.put(line, name, line.cells[name])
        draft.mean(line, name, 1000 * line.cells[name])
    draft.lay_out()
    draft.sheet.grid[:0] = [[draft.random.choice(_THOUSANDS)], []]
    return bool(cells)


@mutation("territory-on-the-first-row-of-each-group", **_TITLED)
def _first_of_each_group(draft: Draft) -> bool:
    name = "territoire"
    if name not in draft.columns or not draft.untouched(name):
        return False
    values = [line.cells[name] for line in draft.lines]
    if len(values) < 5 or None in values or not 1 < len({*values}) < len(values):
        return False
    draft.lines.sort(key=lambda line: str(line.cells[name]))
    written = set[Any]()
    for line in draft.lines:
        value = line.cells[name]
        draft.put(line, name, None if value in written else value)
        written.add(value)
    draft.lay_out()
    return True


@mutation("zeros-that-the-sheet-does-not-show", **{**_OF_SHEETS, "stage": Stage.LINES})
def _zeros_not_shown(draft: Draft) -> bool:
    columns = [column for column in draft.kinds(Kind.INTEGER, Kind.DECIMAL) if not column.minimum]
    cells = draft.free([column for column in columns if not column.required], is_number)
    if not cells:
        return False
    line, name = cells[0]
    draft.put(line, name, 0)
    draft.mean(line, name, None)
    draft.writing.on_bytes.append(
        on_sheet(lambda xml: re.sub(r"<((?:\w+:)?sheetView) ", r'<\1 showZeros="0" ', xml))
    )
    return True


@mutation("rule-that-strikes-through", **_OF_SHEETS)
def _struck_by_rule(draft: Draft) -> bool:
    draft.writing.on_bytes += [
        on_sheet(lambda xml: xml.replace("</sheetData>", f"</sheetData>{_RULE}")),
        on_part(r"xl/styles\.xml", lambda xml: re.sub(r"<dxfs[^>]*/>", _STRUCK, xml)),
    ]
    draft.writing.needed.add("xlsxwriter")  # which writes an element for such styles where there are none
    draft.must_tell = True
    return True
