"""Line ends, separators and entities."""

import html
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import Change, Stage, add, mutation
from tests.mutations.draft import CSV, REMARKS, Draft, is_text

_ENDS: Any = {"family": "ends", "stage": Stage.WRITING, "suffixes": (CSV,)}
_BETWEEN: Any = {"family": "separator", "stage": Stage.WRITING, "suffixes": (CSV,)}


def _single_lines(draft: Draft) -> bool:
    """Whether no cell holds a line end of its own."""
    return not any(
        isinstance(cell, str) and {*"\r\n"} & {*cell} for row in draft.sheets[0].grid for cell in row
    )


@mutation("lone-carriage-returns", **_ENDS, same=True)
def _lone_cr(draft: Draft) -> bool:
    draft.writing.newline = "\r"
    return _single_lines(draft)


def _on_ends(draft: Draft, edit: Any) -> bool:
    if not _single_lines(draft):
        return False
    newline = draft.writing.newline

    def edited(text: str) -> str:
        return str(edit(text.removesuffix(newline).split(newline), newline))

    draft.writing.on_text.append(edited)
    draft.touch_all()
    draft.touched_columns.update(draft.columns)
    return True


@mutation("headings-end-in-a-carriage-return", **_ENDS)
def _heading_cr(draft: Draft) -> bool:
    return _on_ends(draft, lambda lines, newline: lines[0] + "\r" + newline.join(lines[1:]) + newline)


@mutation("one-row-ends-in-a-carriage-return", **_ENDS)
def _row_cr(draft: Draft) -> bool:
    at = draft.random.randint(2, 4)
    return _on_ends(
        draft,
        lambda lines, newline: (
            newline.join([*lines[:at], "\r".join(lines[at : at + 2]), *lines[at + 2 :]]) + newline
        ),
    )


@mutation("mixed-line-ends", **_ENDS, same=True)
def _mixed(draft: Draft) -> bool:
    return _on_ends(
        draft,
        lambda lines, _: (
            "".join(line + ("\r\n" if at % 2 else "\n") for at, line in enumerate(lines[:-1])) + lines[-1]
        ),
    )


@mutation("three-kinds-of-line-ends", **_ENDS)
def _three_kinds(draft: Draft) -> bool:
    ends = ("\r\n", "\n", "\r")
    return _on_ends(draft, lambda lines, _: "".join(line + ends[at % 3] for at, line in enumerate(lines)))


@mutation("carriage-returns-twice", **_ENDS)
def _twice(draft: Draft) -> bool:
    draft.writing.newline = "\r\r\n"
    return _single_lines(draft)


@mutation("blank-line-after-each", **_ENDS, same=True)
def _blank_lines(draft: Draft) -> bool:
    return _on_ends(draft, lambda lines, newline: (newline * 2).join(lines) + newline)


@mutation("no-end-of-the-last-line", **_ENDS, same=True)
def _no_last_end(draft: Draft) -> bool:
    return _on_ends(draft, lambda lines, newline: newline.join(lines))


def _inside(character: str) -> Change:
    def apply(draft: Draft) -> bool:
        for line in draft.lines[:2]:
            line.cells[REMARKS] = f"vu{character}rappelé"
        return True

    return apply


for _told, _character in (
    ("vertical-tab", "\v"),
    ("form-feed", "\f"),
    ("line-separator", "\u2028"),
    ("next-line", "\x85"),
    ("file-separator", "\x1c"),
):
    add(f"{_told}-in-a-remark", "remarks", Stage.LINES, _inside(_character), suffixes=(CSV,), same=True)
add("carriage-return-in-a-remark", "remarks", Stage.LINES, _inside("\r"), suffixes=(CSV,))


@mutation("vertical-tab-in-a-value", family="remarks", stage=Stage.LINES)
def _vertical_tab(draft: Draft) -> bool:
    """What a word processor leaves for a line end, behind a value of a list."""
    if draft.suffix != CSV:
        return False
    cells = draft.free(draft.kinds(Kind.CHOICE, Kind.PARTNER, Kind.NAME), is_text)
    for line, name in cells[:2]:
        draft.put(line, name, line.cells[name] + draft.random.choice("\v\u2028\x0c"))
    return bool(cells)


def _separated(separator: str) -> Change:
    def apply(draft: Draft) -> bool:
        draft.writing.separator = separator
        draft.touch_all()
        draft.touched_columns.update(draft.columns)
        return True

    return apply


for _told, _separator, _same in (
    ("pipe", "|", False),
    ("tab", "\t", True),
    ("caret", "^", False),
    ("tilde", "~", False),
    ("colon", ":", False),
    ("space", " ", False),
):
    add(
        f"{_told}-as-separator",
        "separator",
        Stage.WRITING,
        _separated(_separator),
        suffixes=(CSV,),
        same=_same,
    )


@mutation("pipe-as-separator-and-commas-inside", **_BETWEEN)
def _pipe_commas(draft: Draft) -> bool:
    for line in draft.sheets[0].grid[1:]:
        if line and line[-1]:
            line[-1] = "vu, rappelé, à suivre"
    return _separated("|")(draft)


@mutation("separator-told-on-the-first-line", **_BETWEEN, same=True)
def _told_first(draft: Draft) -> bool:
    draft.writing.on_text.append(lambda text: f"sep={draft.writing.separator}{draft.writing.newline}{text}")
    return True


@mutation("half-of-the-rows-with-another-separator", **_BETWEEN)
def _half(draft: Draft) -> bool:
    if not _single_lines(draft) or draft.writing.quote_all:
        return False
    one = draft.writing.separator
    other = ";" if one != ";" else ","
    if any(isinstance(cell, str) and {one, other} & {*cell} for row in draft.sheets[0].grid for cell in row):
        return False
    newline = draft.writing.newline

    def edit(text: str) -> str:
        lines = text.split(newline)
        middle = len(lines) // 2
        return newline.join([*lines[:middle], *(line.replace(one, other) for line in lines[middle:])])

    draft.writing.on_text.append(edit)
    draft.touch_all()
    draft.touched_columns.update(draft.columns)
    return True


def _entities(quote: Any) -> Change:
    def apply(draft: Draft) -> bool:
        cells = draft.free(
            draft.kinds(Kind.NAME, Kind.CHOICE, Kind.CHOICES),
            lambda value: is_text(value) and not value.isascii(),
        )
        for line, name in cells:
            draft.put(line, name, quote(line.cells[name]))
        return bool(cells)

    return apply


def _named(text: str) -> str:
    names = {code: f"&{name};" for code, name in html.entities.codepoint2name.items() if code > 127}
    return html.escape(text).translate(names)


add("entities-by-name", "entities", Stage.LINES, _entities(_named))
add(
    "entities-by-number",
    "entities",
    Stage.LINES,
    _entities(lambda text: text.encode("ascii", "xmlcharrefreplace").decode()),
)
add("entities-twice", "entities", Stage.LINES, _entities(lambda text: _named(text).replace("&", "&amp;")))


@mutation("apostrophes-as-entities", family="entities", stage=Stage.LINES)
def _apostrophes(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.NAME, Kind.CHOICE), lambda value: is_text(value) and "'" in value)
    for line, name in cells:
        draft.put(line, name, line.cells[name].replace("'", "&#39;"))
    return bool(cells)


@mutation("percent-encoded", family="entities", stage=Stage.LINES)
def _percent_encoded(draft: Draft) -> bool:
    """As a web address writes letters: caf%C3%A9."""
    cells = draft.free(
        draft.kinds(Kind.NAME, Kind.CHOICE), lambda value: is_text(value) and not value.isascii()
    )
    for line, name in cells[:2]:
        text = line.cells[name]
        draft.put(
            line, name, "".join(x if x.isascii() else "".join(f"%{b:02X}" for b in x.encode()) for x in text)
        )
    return bool(cells)
