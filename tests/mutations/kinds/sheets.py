"""Several sheets where one is expected."""

from datetime import date, timedelta
from typing import Any

from bilan.contracts import CONTRACTS, Kind
from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import XLSX, Draft, Line, Sheet, is_day

_SPLIT: Any = {"family": "split", "stage": Stage.SPLIT, "suffixes": (XLSX,)}
_BESIDE: Any = {"family": "beside", "stage": Stage.LAYOUT, "suffixes": (XLSX,)}


def split(draft: Draft, parts: int = 2) -> list[list[Line]] | None:
    """The lines in that many groups, in their order; None when they are too few."""
    if len(draft.lines) < 2 * parts:
        return None
    draft.touch_all()
    size = -(-len(draft.lines) // parts)
    return [draft.lines[start : start + size] for start in range(0, len(draft.lines), size)]


def _page(draft: Draft, name: str, lines: list[Line]) -> Sheet:
    return Sheet(name, [draft.heading_row, *(draft.row_of(line) for line in lines)])


@mutation("one-tab-per-year", **_SPLIT, same=True)
def _one_tab_per_year(draft: Draft) -> bool:
    parts = split(draft, draft.random.choice([2, 2, 3]))
    if parts is None:
        return False
    draft.sheets = [_page(draft, str(2008 + index), lines) for index, lines in enumerate(parts)]
    return True


@mutation("one-tab-per-year-one-empty", **_SPLIT, same=True)
def _one_tab_empty(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    draft.sheets = [
        _page(draft, "janvier", []),
        *(_page(draft, name, lines) for name, lines in zip(("février", "mars"), parts, strict=True)),
    ]
    return True


@mutation("tabs-in-another-order-of-columns", **_SPLIT, same=True)
def _tabs_in_another_order(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    first = _page(draft, "Journal", parts[0])
    draft.columns = draft.columns[::-1]
    draft.sheets = [first, _page(draft, "Suite", parts[1])]
    return True


@mutation("second-tab-lacks-an-optional-column", **_SPLIT)
def _second_tab_lacks(draft: Draft) -> bool:
    parts, optional = split(draft), _optional(draft)
    if parts is None or not optional:
        return False
    first, name = _page(draft, "Journal", parts[0]), draft.random.choice(optional)
    draft.columns = [column for column in draft.columns if column != name]
    draft.sheets = [first, _page(draft, "Suite", parts[1])]
    for line in parts[1]:
        draft.mean(line, name, None)
    draft.touched_columns.add(name)
    return True


def _optional(draft: Draft) -> list[str]:
    """Columns that may be blank, whatever the others say."""
    needed = {column.required_if[0] for column in draft.clean.contract.columns if column.required_if}
    subject = draft.clean.contract.subject
    return [
        column.name
        for column in draft.clean.contract.columns
        if not column.required
        and not column.required_if
        and column.name not in {*subject.columns, subject.consent, *needed, *draft.clean.contract.key}
        and draft.untouched(column.name)
    ]


@mutation("second-tab-without-headings", **_SPLIT)
def _second_tab_without_headings(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    draft.sheets = [
        _page(draft, "Journal", parts[0]),
        Sheet("Suite", [draft.row_of(line) for line in parts[1]]),
    ]
    return True


def _aged(draft: Draft, line: Line) -> list[Any]:
    """A line as an older copy told it: another day."""
    name = draft.clean.contract.principal_date
    day = line.cells[name]
    older = day - timedelta(3) if is_day(day) else day
    return [older if column == name else line.cells.get(column) for column in draft.columns]


def _older(draft: Draft, name: str, state: str) -> Sheet:
    return Sheet(name, [draft.heading_row, *(_aged(draft, line) for line in draft.lines[:-1])], state)


@mutation("hidden-old-copy-before", **_BESIDE)
def _hidden_old_copy(draft: Draft) -> bool:
    draft.sheets.insert(0, _older(draft, "Journal (ancien)", "hidden"))
    draft.must_tell = True
    return True


@mutation("very-hidden-old-copy-after", **_BESIDE)
def _very_hidden_old_copy(draft: Draft) -> bool:
    draft.sheets.append(_older(draft, "Feuil2", "veryHidden"))
    draft.must_tell = True
    return True


@mutation("hidden-larger-old-copy-before", **_BESIDE)
def _hidden_larger_copy(draft: Draft) -> bool:
    old = _older(draft, "archive", "hidden")
    old.grid += list(old.grid[1:])
    draft.sheets.insert(0, old)
    draft.must_tell = True
    return True


@mutation("visible-old-copy", **_BESIDE)
def _visible_old_copy(draft: Draft) -> bool:
    name = draft.clean.contract.principal_date
    for line in draft.lines[:-1]:
        if is_day(line.cells[name]):
            draft.lose(line)
    draft.touch_all()
    draft.touched_columns.add(name)
    draft.sheets.insert(draft.random.choice([0, 1]), _older(draft, "Copie", "visible"))
    return True


@mutation("same-tab-twice", **_BESIDE, same=True)
def _same_tab_twice(draft: Draft) -> bool:
    draft.sheets.append(Sheet("Journal (2)", [list(row) for row in draft.sheet.grid]))
    return True


@mutation("help-tab-before", **_BESIDE, same=True)
def _help_tab(draft: Draft) -> bool:
    words = [[column.name, column.meaning] for column in draft.clean.contract.columns]
    draft.sheets.insert(0, Sheet("Aide", [["Comment remplir ce journal"], ["Colonne", "Sens"], *words]))
    return True


@mutation("example-tab-before", **_BESIDE, same=True)
def _example_tab(draft: Draft) -> bool:
    row = draft.row_of(draft.lines[0])
    draft.sheets.insert(0, Sheet("Exemple", [draft.heading_row, ["Exemple (ligne ignorée)", *row[1:]]]))
    return True


@mutation("empty-first-tab", **_BESIDE, same=True)
def _empty_first_tab(draft: Draft) -> bool:
    draft.sheets.insert(0, Sheet("Feuil1", []))
    return True


@mutation("cover-tab-before", **_BESIDE, same=True)
def _cover_tab(draft: Draft) -> bool:
    draft.sheets.insert(
        0, Sheet("Page titre", [[None], [draft.clean.contract.title], ["Période", "2010-2011"]])
    )
    return True


@mutation("tab-of-lists", **_BESIDE, same=True)
def _tab_of_lists(draft: Draft) -> bool:
    lists = [column for column in draft.clean.contract.columns if column.choices]
    if not lists:
        return False
    height = max(len(column.choices) for column in lists)
    rows = [
        [column.choices[row] if row < len(column.choices) else None for column in lists]
        for row in range(height)
    ]
    draft.sheets.append(Sheet("Listes", [[column.name for column in lists], *rows]))
    return True


@mutation("tab-of-another-log", **_BESIDE)
def _tab_of_another_log(draft: Draft) -> bool:
    other = draft.random.choice([name for name in CONTRACTS if name != draft.clean.log])
    headings = [column.name for column in CONTRACTS[other].columns]
    row = ["X-1" if column.kind is Kind.NUMBER else None for column in CONTRACTS[other].columns]
    draft.sheets.insert(draft.random.choice([0, 1]), Sheet(CONTRACTS[other].title[:31], [headings, row]))
    return True


@mutation("pivot-tab", **_BESIDE)
def _pivot_tab(draft: Draft) -> bool:
    listed = [column.name for column in draft.kinds(Kind.CHOICE, Kind.PARTNER) if column.required]
    if not listed:
        return False
    name = listed[0]
    values = sorted({str(line.cells[name]) for line in draft.lines})
    rows = [[value, draft.random.randint(1, 40)] for value in values]
    draft.sheets.append(Sheet("Bilan", [[name, "Nombre"], *rows, ["Total général", 41]]))
    return True


@mutation("hidden-tab-with-rows-of-its-own", **_SPLIT)
def _hidden_rows_of_its_own(draft: Draft) -> bool:
    parts = split(draft)
    if parts is None:
        return False
    draft.sheets = [_page(draft, "Journal", parts[0]), _page(draft, "2009", parts[1])]
    draft.sheets[1].state = "hidden"
    for line in parts[1]:
        draft.lose(line)
    return True


@mutation("one-tab-per-territory-without-the-column", **_SPLIT)
def _tab_per_territory(draft: Draft) -> bool:
    if not draft.clean.contract.has_territory or not draft.untouched("territoire"):
        return False
    places = [(line, draft.value(line, "territoire") or "Longueuil") for line in draft.lines]
    told = sorted({place for _, place in places})
    if len(told) < 2:
        return False
    draft.columns = [name for name in draft.columns if name != "territoire"]
    draft.sheets = [_page(draft, place, [line for line, other in places if other == place]) for place in told]
    draft.touch_all()
    draft.touched_columns.add("territoire")
    return True


@mutation("draft-tab-with-two-rows-more", **_SPLIT)
def _draft_tab(draft: Draft) -> bool:
    """A visible tab « brouillon » whose rows may or may not be meant."""
    parts = split(draft)
    if parts is None:
        return False
    draft.sheets = [_page(draft, "Journal", parts[0]), _page(draft, "Brouillon", parts[1])]
    for line in parts[1]:
        draft.lose(line)
    return True


@mutation("calendar-tab-of-dates", **_BESIDE, same=True)
def _calendar_tab(draft: Draft) -> bool:
    days = [[date(2010, 1, 1) + timedelta(7 * week), "réunion"] for week in range(8)]
    draft.sheets.append(Sheet("Calendrier", [["Date", "Quoi"], *days]))
    return True
