"""What the rows that intake accepted must look like, derived from the log's contract.

Intake reads the same contract and refuses, row by row, what breaks it. This is the second look,
by other means: a rule that fails here is a fault of ours, never of a partner, and no row of that
landing may reach a ledger that cannot forget.
"""

import re
from collections.abc import Iterator

from bilan.contracts import Column, Contract, Kind, Presence
from bilan.contracts.lists import AUTRE
from bilan.intake import Reference
from expectations.verdicts import Rule

PRECISIONS = ("day", "month", "year")
NOMINATIVE = frozenset({Kind.NAME, Kind.BIRTH_DATE, Kind.REFERENCE})
NOT_LANDED = NOMINATIVE | {Kind.FREE_TEXT}
SEPARATOR = "|"  # between the choices of a cell that holds several
# columns that the batch adds to the contract's own
FILE = "file"
STATEMENT_DATE = "statement_date"
SUBJECT = "subject_hash"
LAST_DAY = "principal_last_day"
PROGRAMME_START = "programme_starts_on"
NAMED_WITHOUT_CONSENT = "named_without_consent"


def landed_rules(contract: Contract, reference: Reference) -> tuple[Rule, ...]:
    """The rules over a batch made by `landed_batch` for that contract."""
    rules = [
        *(rule for column in landed_columns(contract) for rule in _of_column(column, reference)),
        *(_required_if(contract, column) for column in landed_columns(contract) if column.required_if),
        *_of_dimensions(contract, reference),
        *_of_principal_date(contract),
        *_of_subject(contract),
        _of_key(contract),
    ]
    return tuple(rules)


def landed_columns(contract: Contract) -> tuple[Column, ...]:
    """The contract's columns that name nobody and that intake keeps."""
    resolved = ("programme", "territoire")  # checked as dimensions, against the reference
    return tuple(
        column for column in contract.columns if column.kind not in NOT_LANDED and column.name not in resolved
    )


def _of_column(column: Column, reference: Reference) -> Iterator[Rule]:
    """What the contract says of one column."""
    name = column.name
    if column.required or column.default is not None:
        yield Rule(f"{name}_present", "ExpectColumnValuesToNotBeNull", {"column": name})
    match column.kind:
        case Kind.NUMBER:
            # trimmed, no run of blanks, no lower case
            yield _matches(f"{name}_normalised", name, r"^(?!.*\s\s)[^\sa-z]([^a-z]*[^\sa-z])?$")
        case Kind.DATE:
            yield _one_of(f"{name}_precision_known", f"{name}_precision", PRECISIONS)
        case Kind.CHOICE:
            yield _one_of(f"{name}_in_list", name, column.choices)
        case Kind.CHOICES:
            one = "|".join(map(re.escape, column.choices))
            pattern = rf"^({one})({re.escape(SEPARATOR)}({one}))*$"
            yield _matches(f"{name}_in_list", name, pattern)
        case Kind.YES_NO:
            yield _one_of(f"{name}_in_list", name, (True, False))
        case Kind.YES_NO_UNKNOWN:
            yield _one_of(f"{name}_in_list", name, ("oui", "non", "inconnu"))
        case Kind.PARTNER:
            yield _one_of(f"{name}_known", name, (*reference.partners, AUTRE))
        case Kind.INTEGER | Kind.DECIMAL:
            yield from _in_range(column)


def _required_if(contract: Contract, column: Column) -> Rule:
    """The column is filled wherever another holds the value that makes it necessary."""
    other, value = column.required_if or ("", "")
    is_boolean = contract.column(other).kind is Kind.YES_NO
    literal = str(value == "oui") if is_boolean else f'"{value}"'
    kwargs = {"column": column.name, "row_condition": f"{other} == {literal}"}
    return Rule(f"{column.name}_present_if_{other}", "ExpectColumnValuesToNotBeNull", kwargs)


def _in_range(column: Column) -> Iterator[Rule]:
    limits = {"min_value": column.minimum, "max_value": column.maximum}
    kwargs = {key: limit for key, limit in limits.items() if limit is not None}
    if kwargs:
        kwargs_of = {"column": column.name, **kwargs}
        yield Rule(f"{column.name}_in_range", "ExpectColumnValuesToBeBetween", kwargs_of)


def _of_dimensions(contract: Contract, reference: Reference) -> Iterator[Rule]:
    """The programme is always known, and the territory of a log whose rows are of a place."""
    places = {"territoire": reference.territories} if contract.has_territory else {}
    for column, known in {"programme": tuple(reference.programmes), **places}.items():
        yield Rule(f"{column}_present", "ExpectColumnValuesToNotBeNull", {"column": column})
        yield _one_of(f"{column}_known", column, known)


def _of_principal_date(contract: Contract) -> Iterator[Rule]:
    """It is not after the statement, nor before the programme began."""
    name = contract.principal_date
    yield _not_before(f"{name}_not_in_future", STATEMENT_DATE, name)
    if not contract.precedes_programme:
        yield _not_before(f"{name}_in_programme", LAST_DAY, PROGRAMME_START)


def _of_subject(contract: Contract) -> Iterator[Rule]:
    """A person is there where the contract wants one, and never named against her will."""
    if contract.subject.presence in (Presence.NAMED, Presence.NAMED_OR_REFERENCE):
        yield Rule("subject_present", "ExpectColumnValuesToNotBeNull", {"column": SUBJECT})
    if contract.subject.required_if is not None:
        other, value = contract.subject.required_if
        kwargs = {"column": SUBJECT, "row_condition": f'{other} == "{value}"'}
        yield Rule(f"subject_present_if_{other}", "ExpectColumnValuesToNotBeNull", kwargs)
    if contract.subject.consent is not None:
        yield _one_of("consent_respected", NAMED_WITHOUT_CONSENT, (False,))
        kwargs = {"column": contract.subject.consent, "row_condition": f"{SUBJECT}.notnull()"}
        yield Rule("consent_known_if_subject", "ExpectColumnValuesToNotBeNull", kwargs)


def _of_key(contract: Contract) -> Rule:
    """No key twice in a file, exact repeats aside."""
    columns = [FILE, *contract.key, *([SUBJECT] if contract.key_has_subject else [])]
    kwargs = {"column_list": columns, "ignore_row_if": "any_value_is_missing"}
    return Rule("key_unique", "ExpectCompoundColumnsToBeUnique", kwargs)


def _one_of(name: str, column: str, values: tuple[object, ...]) -> Rule:
    return Rule(name, "ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(values)})


def _not_before(name: str, later: str, earlier: str) -> Rule:
    kwargs = {
        "column_A": later,
        "column_B": earlier,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    return Rule(name, "ExpectColumnPairValuesAToBeGreaterThanB", kwargs)


def _matches(name: str, column: str, pattern: str) -> Rule:
    return Rule(name, "ExpectColumnValuesToMatchRegex", {"column": column, "regex": pattern})
