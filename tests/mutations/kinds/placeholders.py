"""Words that say that there is nothing."""

from collections.abc import Callable

from bilan.contracts import CONTRACTS, Column, Kind
from tests.mutations.catalogue import Stage, add, mutation
from tests.mutations.draft import Draft
from tests.mutations.kinds.errors import KINDS

_LETTERS = (
    "N/D",
    "n/d",
    "ND",
    "n/a",
    "N/A",
    "NA",
    "s.o.",
    "S/O",
    "so",
    "n.d.",
    "N.A.",
    "NSP",
    "TBD",
    "x",
    "xxx",
)
_WORDS = (
    "aucun",
    "Aucune",
    "inconnu",
    "Inconnue",
    "néant",
    "rien",
    "vide",
    "(vide)",
    "null",
    "NULL",
    "none",
    "nan",
)
_PHRASES = ("sans objet", "non disponible", "non applicable", "ne sait pas", "à venir", "à déterminer")
_SIGNS = ("-", "--", "—", "?", "??", "...", "/", ".", "*")
WORDS = (*_LETTERS, *_WORDS, *_PHRASES, *_SIGNS)
_ZERO = "0"
# What some kinds read as a value of theirs.
_MEANING: dict[Kind, frozenset[str]] = {
    Kind.YES_NO: frozenset({"x", "xxx", "n/a"}),
    Kind.YES_NO_UNKNOWN: frozenset({"x", "xxx", "inconnu", "Inconnue", "?", "??", "NSP", "ne sait pas"}),
    Kind.CHOICE: frozenset({"x"}),
    Kind.NAME: frozenset({"so", "NA", "ND"}),  # people are called so
    Kind.NUMBER: frozenset({"so"}),
    Kind.REFERENCE: frozenset({"so"}),
}


def _words(column: Column) -> list[str]:
    """What stands for nothing in that column."""
    words = [word for word in WORDS if word not in _MEANING.get(column.kind, frozenset())]
    numeric = column.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.YES_NO, Kind.YES_NO_UNKNOWN)
    return words if numeric else [*words, _ZERO]


def _placeholder(kind: Kind, required: bool) -> Callable[[Draft], bool]:
    def apply(draft: Draft) -> bool:
        columns = [column for column in draft.kinds(kind) if column.required is required]
        cells = draft.free(columns, lambda value: required or value is None) or draft.free(
            columns, lambda _: True
        )
        if not cells:
            return False
        name = cells[0][1]
        cells = [cell for cell in cells if cell[1] == name]
        word = draft.random.choice(_words(draft.column(name)))
        for line, _ in cells[: draft.random.choice([1, 2, len(cells)])]:
            draft.put(line, name, word)
            draft.mean(line, name, None)
        return True

    return apply


for _kind in KINDS:
    _told = _kind.value.replace("_", "-")
    for _required in {
        column.required for one in CONTRACTS.values() for column in one.columns if column.kind is _kind
    }:
        _where = f"placeholder-in-{'required' if _required else 'optional'}-{_told}"
        add(_where, "placeholders", Stage.LINES, _placeholder(_kind, _required))


@mutation("placeholder-in-every-blank", family="placeholders", stage=Stage.LINES)
def _every_blank(draft: Draft) -> bool:
    """A sheet where no cell is left blank, as some are taught."""
    word = draft.random.choice(["N/D", "s.o.", "-", "n/a", "—"])
    cells = draft.free(draft.clean.contract.columns, lambda value: value is None)
    for line, name in cells:
        draft.put(line, name, word)
    return bool(cells)


@mutation("placeholder-person", family="placeholders", stage=Stage.LINES)
def _person(draft: Draft) -> bool:
    """« Inconnu Inconnu », on several rows: nobody, and not one person met several times."""
    subject = draft.clean.contract.subject
    if subject.surname is None or subject.given_name is None:
        return False
    lines = [line for line in draft.lines if line.cells[subject.surname] is not None]
    for line in lines[:3]:
        for name in (subject.surname, subject.given_name):
            draft.put(line, name, draft.random.choice(["Inconnu", "inconnu", "X", "N/D", "?", "anonyme"]))
            draft.mean(line, name, None)
    return bool(lines)


@mutation("ditto", family="placeholders", stage=Stage.LINES, delicate=True)
def _ditto(draft: Draft) -> bool:
    """« idem » : the same as above."""
    columns = [column for column in draft.clean.contract.columns if column.kind is not Kind.FREE_TEXT]
    cells = draft.free(columns, lambda value: value is not None)
    for line, name in cells:
        at = draft.lines.index(line)
        above = draft.lines[at - 1].cells[name]
        if at and above is not None and (draft.lines[at - 1].place, name) not in draft.taken:
            if draft.column(name).kind is Kind.NUMBER and name in draft.clean.contract.key:
                continue
            draft.put(line, name, draft.random.choice(["idem", "Idem", '"', "id.", "''", "〃"]))
            draft.mean(line, name, above)
            return True
    return False
