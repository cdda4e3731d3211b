"""Text in encodings that nobody told."""

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

from bilan.contracts import Kind
from tests.mutations.catalogue import Change, Stage, add, mutation
from tests.mutations.draft import CSV, XLSX, Draft, is_text
from tests.mutations.writing import as_text

_ENCODED: Any = {"family": "encoding", "stage": Stage.WRITING, "suffixes": (CSV,)}


def accented(draft: Draft) -> bool:
    """Whether some cell that is read, below the headings, holds a letter that encodings write otherwise."""
    columns = [name for name in draft.columns if name in {column.name for column in _read(draft)}]
    return any(
        not as_text(line.cells[name], draft.writing).isascii() for line in draft.lines for name in columns
    )


def _read(draft: Draft) -> list[Any]:
    return draft.kinds(Kind.NAME, Kind.CHOICE, Kind.CHOICES, Kind.PARTNER)


def _in(encoding: str, after: Callable[[bytes], bytes] | None = None) -> Change:
    def apply(draft: Draft) -> bool:
        if not accented(draft):
            return False
        draft.writing.encoding = encoding
        draft.touch_all()
        draft.touched_columns.update(draft.columns)
        if after is not None:
            draft.writing.on_bytes.append(after)
        return True

    return apply


def _twice(content: bytes) -> bytes:
    """UTF-8 taken for Windows-1252, and saved again as UTF-8."""
    return content.decode("latin-1").encode()


def _one_stray(content: bytes) -> bytes:
    """One letter pasted from elsewhere, as a single byte, in the last remark."""
    head, _, tail = content.rstrip(b"\r\n").rpartition(b"\n")
    return head + b"\n" + tail + b"\xe9" + b"\r\n" * 1


for _name, _encoding, _after, _same in (
    ("in-windows-1252", "cp1252", None, True),
    ("in-macroman", "mac_roman", None, False),
    ("in-code-page-850", "cp850", None, False),
    ("in-code-page-437", "cp437", None, False),
    ("in-latin-9", "iso8859_15", None, False),
    ("in-utf-16", "utf-16", None, True),
    ("in-utf-16-big-endian", "utf-16-be", lambda content: b"\xfe\xff" + content, True),
    ("in-utf-16-without-a-mark", "utf-16-le", None, False),
    ("in-utf-32", "utf-32", None, False),
    ("in-utf-8-with-a-mark", "utf-8-sig", None, True),
    ("in-utf-8-with-two-marks", "utf-8-sig", lambda content: b"\xef\xbb\xbf" + content, False),
    ("in-utf-8-encoded-twice", "utf-8", _twice, False),
    (
        "in-utf-8-encoded-twice-by-windows",
        "utf-8",
        lambda content: content.decode("cp1252", "replace").encode(),
        False,
    ),
    ("in-utf-8-with-one-stray-byte", "utf-8", _one_stray, False),
):
    add(_name, "encoding", Stage.WRITING, _in(_encoding, _after), suffixes=(CSV,), same=_same)


@mutation("in-two-encodings", **_ENCODED)
def _two_encodings(draft: Draft) -> bool:
    """Two exports joined: the second half of the lines in Windows-1252."""
    if not accented(draft):
        return False

    def edit(content: bytes) -> bytes:
        lines = content.split(b"\n")
        half = len(lines) // 2
        return b"\n".join(
            [*lines[:half], *(line.decode().encode("cp1252", "replace") for line in lines[half:])]
        )

    draft.writing.on_bytes.append(edit)
    draft.touch_all()
    draft.touched_columns.update(draft.columns)
    return True


@mutation("mark-in-the-middle", **_ENCODED)
def _mark_in_the_middle(draft: Draft) -> bool:
    """Two files joined, each with its mark: the second one stands before a row."""

    def edit(content: bytes) -> bytes:
        lines = content.split(b"\n")
        half = len(lines) // 2
        return b"\n".join([*lines[:half], b"\xef\xbb\xbf" + lines[half], *lines[half + 1 :]])

    draft.writing.on_bytes.append(edit)
    draft.touch_all()
    return True


@mutation("in-decomposed-letters", family="encoding", stage=Stage.LINES, same=True)
def _decomposed(draft: Draft) -> bool:
    return _rewritten(draft, lambda text: normalize("NFD", text))


def _rewritten(draft: Draft, written: Callable[[str], str], *, lost: bool = False) -> bool:
    """Every cell that holds text, written otherwise where that changes it."""
    cells = draft.free(_read(draft), lambda value: is_text(value) and written(value) != value)
    for line, name in cells:
        draft.put(line, name, written(line.cells[name]))
        if lost:
            draft.lose(line)
    return bool(cells)


@mutation("accents-lost-to-question-marks", family="encoding", stage=Stage.LINES)
def _question_marks(draft: Draft) -> bool:
    return _rewritten(draft, lambda text: text.encode("ascii", "replace").decode(), lost=True)


@mutation("accents-lost-to-replacement-marks", family="encoding", stage=Stage.LINES)
def _replaced(draft: Draft) -> bool:
    return _rewritten(draft, lambda text: "".join(x if x.isascii() else "\ufffd" for x in text), lost=True)


@mutation("accents-lost-to-underscores", family="encoding", stage=Stage.LINES)
def _underscores(draft: Draft) -> bool:
    return _rewritten(draft, lambda text: "".join(x if x.isascii() else "_" for x in text), lost=True)


@mutation("mojibake-in-cells", family="encoding", stage=Stage.LINES)
def _mojibake(draft: Draft) -> bool:
    """Another file's letters, read wrongly and pasted: a workbook has them too."""
    return _rewritten(draft, lambda text: text.encode().decode("cp1252", "replace"))


@mutation("mojibake-of-the-mac-in-cells", family="encoding", stage=Stage.LINES)
def _mac_mojibake(draft: Draft) -> bool:
    return _rewritten(draft, lambda text: text.encode("mac_roman", "replace").decode("cp1252", "replace"))


@mutation("mojibake-in-one-name", family="encoding", stage=Stage.LINES, suffixes=(XLSX, CSV))
def _one_name(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.NAME), lambda value: is_text(value) and not value.isascii())
    for line, name in cells[:1]:
        draft.put(line, name, line.cells[name].encode().decode("cp1252", "replace"))
    return bool(cells)
