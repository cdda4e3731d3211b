"""Words of the lists, names and numbers, written as people write them."""

from collections.abc import Callable
from typing import Any

from bilan.contracts import Column, Kind
from tests.mutations.catalogue import Stage, add, mutation
from tests.mutations.draft import Draft, is_text

_LISTED = (Kind.CHOICE, Kind.PARTNER, Kind.YES_NO, Kind.YES_NO_UNKNOWN)
Written = Callable[[str], str]


def _written(kinds: tuple[Kind, ...], written: Written, *, lost: bool = False) -> Callable[[Draft], bool]:
    """Some cells of those kinds, written so; `lost`: nobody could know what was meant."""

    def apply(draft: Draft) -> bool:
        cells = [
            (line, name)
            for line, name in draft.free(draft.kinds(*kinds), is_text)
            if _changed(line.cells[name])
        ]
        for line, name in cells[: draft.random.choice([1, 3, len(cells)]) if cells else 0]:
            draft.put(line, name, written(line.cells[name]))
            if lost:
                draft.lose(line)
        return bool(cells)

    def _changed(text: str) -> bool:
        return written(text) != text

    return apply


_BREAK, _ZERO_WIDTH, _SOFT = "\u00a0", "\u200b", "\u00ad"
_SAME: dict[str, tuple[tuple[Kind, ...], Written]] = {
    "lists-in-capitals": (_LISTED, str.upper),
    "lists-with-spaces-around": (_LISTED, lambda text: f"  {text}\u00a0 "),
    "lists-with-hard-spaces": (_LISTED, lambda text: text.replace(" ", _BREAK)),
    "lists-with-a-zero-width-space": (_LISTED, lambda text: text + _ZERO_WIDTH),
    "lists-with-a-curly-apostrophe": (_LISTED, lambda text: text.replace("'", "’")),
    "names-in-capitals": ((Kind.NAME,), str.upper),
    "names-with-spaces-around": ((Kind.NAME,), lambda text: f" {text} "),
    "names-with-a-curly-apostrophe": ((Kind.NAME,), lambda text: text.replace("'", "’")),
    "names-with-another-hyphen": ((Kind.NAME,), lambda text: text.replace("-", "\u2011")),
    "numbers-in-lower-case": ((Kind.NUMBER, Kind.REFERENCE), str.lower),
    "numbers-with-spaces-around": ((Kind.NUMBER, Kind.REFERENCE), lambda text: f" {text} "),
}
_LOUD: dict[str, tuple[tuple[Kind, ...], Written]] = {
    "lists-with-a-full-stop": (_LISTED, lambda text: f"{text}."),
    "lists-in-english": (_LISTED, lambda text: {"oui": "yes", "non": "no", "autre": "other"}.get(text, text)),
    "lists-with-a-check-mark": (
        (Kind.YES_NO, Kind.YES_NO_UNKNOWN),
        lambda text: {"oui": "✓", "non": "✗"}.get(text, text),
    ),
    "lists-in-codes": (
        (Kind.YES_NO, Kind.YES_NO_UNKNOWN),
        lambda text: {"oui": "1", "non": "2"}.get(text, text),
    ),
    "lists-with-a-question-mark": ((Kind.CHOICE, Kind.PARTNER), lambda text: f"{text} ?"),
    "lists-with-a-remark": ((Kind.CHOICE, Kind.PARTNER), lambda text: f"{text} (à confirmer)"),
    "numbers-with-an-en-dash": ((Kind.NUMBER, Kind.REFERENCE), lambda text: text.replace("-", "–")),
    "numbers-with-a-hard-hyphen": ((Kind.NUMBER, Kind.REFERENCE), lambda text: text.replace("-", "\u2011")),
    "numbers-with-a-minus": ((Kind.NUMBER, Kind.REFERENCE), lambda text: text.replace("-", "−")),
    "numbers-with-a-zero-width-space": (
        (Kind.NUMBER, Kind.REFERENCE),
        lambda text: text[:2] + _ZERO_WIDTH + text[2:],
    ),
    "numbers-with-a-soft-hyphen": ((Kind.NUMBER, Kind.REFERENCE), lambda text: text[:2] + _SOFT + text[2:]),
    "numbers-behind-an-apostrophe": ((Kind.NUMBER, Kind.REFERENCE), lambda text: f"'{text}"),
    "numbers-with-cyrillic-letters": (
        (Kind.NUMBER, Kind.REFERENCE),
        lambda text: text.translate(
            {
                ord("C"): "С",
                ord("E"): "Е",
                ord("P"): "Р",
                ord("S"): "Ѕ",
                ord("O"): "О",
                ord("T"): "Т",
                ord("H"): "Н",
            }
        ),
    ),
    "names-with-a-zero-width-space": ((Kind.NAME,), lambda text: text[:2] + _ZERO_WIDTH + text[2:]),
    "names-with-a-soft-hyphen": ((Kind.NAME,), lambda text: text[:2] + _SOFT + text[2:]),
    "names-with-a-question-mark": ((Kind.NAME,), lambda text: f"{text} ?"),
    "names-with-figures": ((Kind.NAME,), lambda text: f"{text} 2"),
    "names-with-cyrillic-letters": (
        (Kind.NAME,),
        lambda text: text.translate({ord("a"): "а", ord("e"): "е", ord("o"): "о"}),
    ),
}
for _name, (_kinds, _how) in _SAME.items():
    add(_name, "spellings", Stage.LINES, _written(_kinds, _how), same=True)
for _name, (_kinds, _how) in _LOUD.items():
    add(_name, "spellings", Stage.LINES, _written(_kinds, _how))
add(
    "numbers-in-full-width-letters",
    "spellings",
    Stage.LINES,
    _written(
        (Kind.NUMBER,), lambda text: "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in text)
    ),
)
_PUT: Any = {"family": "spellings", "stage": Stage.LINES}


@mutation("numbers-with-a-hard-space", **_PUT, same=True)
def _hard_space(draft: Draft) -> bool:
    """A number of two words, with a space that no line may break at."""
    cells = draft.free(draft.kinds(Kind.NUMBER, Kind.REFERENCE), is_text)
    for line, name in cells[:2]:
        text = line.cells[name]
        draft.put(line, name, f"{text}{_BREAK}B")
        draft.mean(line, name, f"{text} B")
    return bool(cells)


@mutation("two-values-where-one-goes", **_PUT)
def _two_values(draft: Draft) -> bool:
    columns = [column for column in draft.kinds(Kind.CHOICE) if len(column.choices) > 1]
    return _joined(draft, columns, " / ", lost=True)


@mutation("several-values-joined-by-and", **_PUT)
def _joined_by_and(draft: Draft) -> bool:
    return _joined(draft, draft.kinds(Kind.CHOICES), " et ", lost=False)


@mutation("several-values-joined-by-plus", **_PUT)
def _joined_by_plus(draft: Draft) -> bool:
    return _joined(
        draft, draft.kinds(Kind.CHOICES), draft.random.choice([" + ", " | ", " & ", " • ", " - "]), lost=False
    )


def _joined(draft: Draft, columns: list[Column], joint: str, *, lost: bool) -> bool:
    cells = draft.free(columns, lambda value: is_text(value) and "autre" not in value)
    for line, name in cells[:1]:
        one = line.cells[name].split(", ")[0]
        other = draft.random.choice([x for x in draft.column(name).choices if x not in (one, "autre")])
        draft.put(line, name, f"{one}{joint}{other}")
        draft.mean(line, name, f"{one}, {other}")
        if lost:
            draft.lose(line)
    return bool(cells)


@mutation("surname-and-given-name-in-one-cell", **_PUT)
def _one_cell(draft: Draft) -> bool:
    subject = draft.clean.contract.subject
    if subject.surname is None or subject.given_name is None:
        return False
    cells = draft.free([draft.column(subject.surname)], is_text)
    for line, name in cells[:1]:
        draft.put(line, name, f"{line.cells[name]}, {line.cells[subject.given_name]}")
        draft.put(line, subject.given_name, None)
    return bool(cells)


@mutation("values-in-each-other-s-column", **_PUT)
def _exchanged(draft: Draft) -> bool:
    """The number and the date exchanged on one row."""
    contract = draft.clean.contract
    line = draft.random.choice(draft.lines)
    number, day = contract.key[0], contract.principal_date
    values = line.cells[number], line.cells[day]
    draft.put(line, number, values[1])
    draft.put(line, day, values[0])
    draft.lose(line)
    return True
