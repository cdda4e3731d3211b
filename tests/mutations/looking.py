"""A file looked at by other eyes than intake's: openpyxl's, zipfile's, the bytes themselves."""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl

Look = tuple[Any, ...]


@dataclass
class Seen:
    """What a workbook holds, sheet by sheet, and the XML of its parts; of another file, its bytes."""

    content: bytes
    sheets: dict[str, str] = field(default_factory=dict)  # name -> state
    cells: list[Look] = field(default_factory=list)  # sheet, place, value, type, number format, strike
    merged: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)  # rows and columns
    epoch_1904: bool = False
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def types(self) -> set[str]:
        """The types of the cells: s, n, d, b, f, e."""
        return {cell[3] for cell in self.cells}

    @property
    def formats(self) -> set[str]:
        """The number formats of the cells."""
        return {cell[4] for cell in self.cells}

    def comparable(self) -> tuple[Any, ...]:
        """What two files differ by, whenever they were written."""
        if not self.parts:
            return (self.content,)
        return (self.sheets, self.cells, self.merged, self.hidden, self.epoch_1904, self.parts)


def look(content: bytes) -> Seen:
    """Look at a file."""
    seen = Seen(content)
    if not zipfile.is_zipfile(BytesIO(content)):
        return seen
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = [name for name in book.namelist() if re.search(r"sheet\d+\.xml$|sharedStrings\.xml$", name)]
        seen.parts = {name: book.read(name).decode() for name in names}
    if seen.parts and not any("<x:worksheet" in part for part in seen.parts.values()):
        _look_inside(content, seen)
    return seen


def _look_inside(content: bytes, seen: Seen) -> None:
    book = openpyxl.load_workbook(BytesIO(content))
    seen.epoch_1904 = book.epoch.year == 1904
    for page in book.worksheets:
        seen.sheets[page.title] = page.sheet_state
        seen.merged += [str(area) for area in page.merged_cells.ranges]
        seen.hidden += [str(row) for row, dimension in page.row_dimensions.items() if dimension.hidden]
        seen.hidden += [name for name, dimension in page.column_dimensions.items() if dimension.hidden]
        if page.max_row < 10_000:
            seen.cells += [
                (
                    page.title,
                    cell.coordinate,
                    cell.value,
                    cell.data_type,
                    cell.number_format,
                    bool(cell.font.strike),
                )
                for row in page.iter_rows()
                for cell in row
                if cell.value is not None
            ]
