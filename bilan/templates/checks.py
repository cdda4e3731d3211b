"""What a template lets a cell hold: the checks that the spreadsheet program makes while one types.

They refuse what intake would refuse. A date may be text when the day is not known: « 2010-03 », « 2010 ».
"""

from datetime import date
from typing import Any

from bilan.contracts import Column, Contract, Kind
from bilan.contracts.sentences import needed, reading
from bilan.intake import Reference
from bilan.templates.example import default_start

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # a spreadsheet program takes no more
# A year typed as a number is a day of 1905 to a spreadsheet program; intake reads no year from 2200 on.
EARLIEST, LATEST = date(1910, 1, 1), date(2199, 12, 31)
_LARGEST = 10**9
_PARTLY_KNOWN = (
    'AND(ISTEXT({cell}),OR(LEN({cell})=4,LEN({cell})=7),ISNUMBER(DATEVALUE(LEFT({cell}&"-01-01",10))))'
)
_UNKNOWN_DAY = "Jour inconnu : '2010-03 ou '2010, avec l'apostrophe."
_DATE_ERROR = f"Écrire une date possible, telle que 2010-03-12. {_UNKNOWN_DAY}"
_PRINCIPAL_DATE_ERROR = (
    "Écrire une date possible, telle que 2010-03-12, ni après aujourd'hui ni avant le début du programme "
    f"(s'il n'est pas celui du journal, le choisir d'abord). {_UNKNOWN_DAY}"
)
_ERRORS = {
    Kind.DATE: _DATE_ERROR,
    Kind.BIRTH_DATE: _DATE_ERROR,
    Kind.INTEGER: "Écrire un nombre entier, dans les bornes.",
    Kind.DECIMAL: "Écrire un nombre, dans les bornes.",
}
_ERROR = "Choisir une valeur de la liste."


def check(
    column: Column, contract: Contract, reference: Reference, cells: dict[str, str], listed: str | None
) -> dict[str, Any]:
    """The options of the check on a column's cells, in the words of XlsxWriter.

    `cells` holds the address of each column's first cell, without any `$`; `listed` is the range that holds
    the column's closed list, None when it has none.
    """
    return {
        **_allowed(column, contract, reference, cells, listed),
        "input_title": column.name[:LONGEST_TITLE],
        "input_message": shortened(_help(column, contract)),
        "error_title": "Valeur non admise",
        "error_message": _error(column, contract),
    }


def _allowed(
    column: Column, contract: Contract, reference: Reference, cells: dict[str, str], listed: str | None
) -> dict[str, Any]:
    match column.kind:
        case Kind.DATE | Kind.BIRTH_DATE:
            return {"validate": "custom", "value": _date(column, contract, reference, cells)}
        case Kind.INTEGER | Kind.DECIMAL:
            return {
                "validate": "integer" if column.kind is Kind.INTEGER else "decimal",
                "criteria": "between",
                "minimum": -_LARGEST if column.minimum is None else column.minimum,
                "maximum": _LARGEST if column.maximum is None else column.maximum,
            }
        case Kind.CHOICES:
            return {"validate": "any"}  # a list lets one value in, the column takes several
        case _:
            return {"validate": "list", "source": f"={listed}"} if listed else {"validate": "any"}


def _date(column: Column, contract: Contract, reference: Reference, cells: dict[str, str]) -> str:
    cell, lowest, highest = cells[column.name], _day(EARLIEST), _day(LATEST)
    if column.name == contract.principal_date:
        highest = "TODAY()"
        if not contract.precedes_programme:
            lowest = _start(contract, reference, cells["programme"])
    known = f"AND(ISNUMBER({cell}),{cell}>={lowest},{cell}<{highest}+1)"
    return f"=OR({known},{_PARTLY_KNOWN.format(cell=cell)})"


def _start(contract: Contract, reference: Reference, programme: str) -> str:
    """The day that the programme of the row began on, whether its cell tells it or not."""
    default = default_start(contract, reference)
    start = _day(default)
    for code, day in reference.programmes.items():
        if day != default:
            start = f'IF(${programme}="{code}",{_day(day)},{start})'
    return start


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _error(column: Column, contract: Contract) -> str:
    if column.name == contract.principal_date and not contract.precedes_programme:
        return _PRINCIPAL_DATE_ERROR
    return _ERRORS.get(column.kind, _ERROR)


def _help(column: Column, contract: Contract) -> str:
    return plain(f"{column.meaning}. Obligatoire : {needed(column, contract)}. Se lit : {reading(column)}.")


def plain(text: str) -> str:
    """Without the marks of a page in Markdown."""
    return text.replace("`", "")


def shortened(text: str) -> str:
    """As much of a text as a message may hold."""
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"
