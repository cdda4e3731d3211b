"""How untidy a sheet is: one style per file, dealt so that every kind of untidiness occurs."""

from dataclasses import dataclass
from typing import Any

from bilan.samples.draw import Draw

CSV, XLSX = ".csv", ".xlsx"

NOTES = ("Remarques", "Saisi le", "Révisé", "Commentaire interne")
MARK = "DONNÉES SYNTHÉTIQUES"


@dataclass(frozen=True)
class Style:
    """One sender's habits in one file. Each field takes one of the values of OPTIONS below."""

    suffix: str
    encoding: str  # CSV alone
    delimiter: str  # CSV alone
    newline: str  # CSV alone
    quoted: bool  # CSV alone: every cell in quotes
    notes_sheet: bool  # xlsx alone: another sheet before the log's
    titles: int  # rows above the header
    heading: str
    shuffled_columns: bool
    extra_columns: int
    programme_column: bool
    blank_rows: int
    total: str  # "" for none
    dates: str
    booleans: str
    decimals: str
    integers: str
    numbers: str
    words: str
    names: str
    separator: str  # between the values of a list
    nbsp: bool
    defaults_left_blank: bool
    row_order: str
    mark: str = MARK  # says in the sheet itself that it is synthetic


OPTIONS: dict[str, tuple[Any, ...]] = {
    "encoding": ("utf-8", "utf-8-sig", "cp1252"),
    "delimiter": (";", ","),
    "newline": ("\r\n", "\n"),
    "quoted": (False, False, True),
    "notes_sheet": (False, False, False, True),
    "titles": (0, 1, 2, 3),
    "heading": ("template", "upper", "accented", "abbreviated", "hyphen", "spaced", "dotted"),
    "shuffled_columns": (False, True),
    "extra_columns": (0, 0, 1, 2),
    "programme_column": (False, False, True),
    "blank_rows": (0, 0, 1, 3),
    "total": ("", "", "Total", "TOTAL :", "Totaux", "Total général"),
    "booleans": ("oui", "OUI", "o", "x", "1", "vrai"),
    "decimals": ("comma", "point"),
    "integers": ("plain", "plain", "comma"),
    "numbers": ("plain", "lower", "padded"),
    "words": ("plain", "upper", "bare", "capital", "spaced"),
    "names": ("plain", "upper", "lower", "bare", "loose", "padded"),
    "separator": (", ", "; ", " / "),
    "nbsp": (False, True),
    "defaults_left_blank": (False, True),
    "row_order": ("entered", "date", "random"),
}
CSV_DATES = ("iso", "slash", "dash", "dot", "words", "short", "serial", "timed", "mixed")
XLSX_DATES = ("real", "real", "iso", "slash", "words", "serial", "mixed")
# Only a spreadsheet has cells that are numbers or truth values by themselves.
XLSX_TYPED = {"booleans": "typed", "decimals": "typed", "integers": "typed", "numbers": "typed"}


def deal_styles(draw: Draw, count: int) -> list[Style]:
    """One style per file: half of them spreadsheets, each option about as often as the others."""
    suffixes = draw.spread((CSV, XLSX), count)
    hands = {suffix: _hand(draw, suffix, suffixes.count(suffix)) for suffix in (CSV, XLSX)}
    return [hands[suffix].pop() for suffix in suffixes]


def options_of(suffix: str) -> dict[str, tuple[Any, ...]]:
    """What each field of a style may be, for files of that kind."""
    options = {**OPTIONS, "dates": CSV_DATES if suffix == CSV else XLSX_DATES}
    if suffix == XLSX:
        options.update({name: (*options[name], typed) for name, typed in XLSX_TYPED.items()})
    return options


def _hand(draw: Draw, suffix: str, count: int) -> list[Style]:
    """The styles of all files of one kind."""
    dealt = {name: draw.spread(values, count) for name, values in options_of(suffix).items()}
    return [Style(suffix=suffix, **{name: dealt[name][order] for name in dealt}) for order in range(count)]
