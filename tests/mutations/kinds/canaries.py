"""A person's name where no name should be: never may a report quote it."""

from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import CSV, XLSX, Draft, Sheet, is_filled

SURNAMES = ("Quintal-Vézeau", "Zwickerath", "Xavérien-Loubier", "Wojtkiewicz")
_LINES: Any = {"family": "canaries", "stage": Stage.LINES}
_LAYOUT: Any = {"family": "canaries", "stage": Stage.LAYOUT}


def _canary(draft: Draft) -> str:
    name = draft.random.choice(SURNAMES)
    draft.canaries += [name, name.upper()]
    return name


@mutation("name-in-a-heading-of-its-own", **_LINES, same=True)
def _heading(draft: Draft) -> bool:
    name = _canary(draft)
    draft.columns.append(name)
    draft.headings[name] = f"Suivi {name}"
    return True


@mutation("name-alone-as-a-heading", **_LINES, same=True)
def _heading_alone(draft: Draft) -> bool:
    name = _canary(draft)
    draft.columns.insert(0, name)
    draft.headings[name] = name
    return True


@mutation("name-and-birth-date-as-a-heading", **_LINES, same=True)
def _heading_birth(draft: Draft) -> bool:
    name = _canary(draft)
    draft.columns.append(name)
    draft.headings[name] = f"{name} (née le 1996-03-04)"
    draft.canaries.append("1996-03-04")
    return True


@mutation("name-as-a-sheet-s-name", **_LAYOUT, suffixes=(XLSX,), same=True)
def _sheet_name(draft: Draft) -> bool:
    draft.sheet.name = _canary(draft)
    return True


@mutation("name-as-another-sheet-s-name", **_LAYOUT, suffixes=(XLSX,))
def _other_sheet(draft: Draft) -> bool:
    sound = [line for line in draft.lines if not line.lost]
    if not sound:
        return False
    rows = [draft.heading_row, draft.row_of(sound[0])]
    draft.sheets.append(Sheet(_canary(draft), rows, draft.random.choice(["visible", "hidden"])))
    return True


@mutation("name-in-an-extra-cell", **_LAYOUT)
def _extra_cell(draft: Draft) -> bool:
    row = draft.sheet.grid[-1]
    row += [None] * (len(draft.columns) - len(row)) + [_canary(draft)]
    draft.touch_all()
    return True


@mutation("name-in-the-title", **_LAYOUT, same=True)
def _title(draft: Draft) -> bool:
    draft.sheet.grid.insert(0, [f"Dossier de {_canary(draft)}"])
    return True


@mutation("name-on-a-row-of-its-own", **_LAYOUT)
def _row(draft: Draft) -> bool:
    draft.sheet.grid.append([None, _canary(draft)])
    return True


@mutation("name-in-the-wrong-column", **_LINES)
def _wrong_column(draft: Draft) -> bool:
    kinds = (Kind.CHOICE, Kind.PARTNER, Kind.DATE, Kind.YES_NO, Kind.INTEGER, Kind.DECIMAL, Kind.CHOICES)
    cells = draft.free(draft.kinds(*kinds), is_filled)
    for line, name in cells[:1]:
        draft.put(line, name, _canary(draft))
        draft.lose(line)
    return bool(cells)


@mutation("name-in-every-heading", **_LINES)
def _every_heading(draft: Draft) -> bool:
    """The first person's row stands where the headings should be."""
    name = _canary(draft)
    for place, column in enumerate(draft.columns):
        draft.headings[column] = f"{name} {place}"
    draft.touch_all()
    return True


@mutation("name-behind-a-heading", **_LINES, suffixes=(CSV,))
def _behind(draft: Draft) -> bool:
    """« date_session Wojtkiewicz » : a cell that ran into the heading."""
    required = next(column for column in draft.clean.contract.columns if column.required)
    draft.headings[required.name] = f"{required.name} {_canary(draft)}"
    draft.touch_all()
    return True
