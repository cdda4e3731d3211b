"""What the cells of a column may be chosen from."""

from bilan.contracts import Column, Kind
from bilan.intake import Reference
from bilan.intake.cells import allowed_values
from bilan.intake.lists import NO, UNKNOWN, YES


def listed_values(column: Column, reference: Reference) -> tuple[str, ...]:
    """The closed list of a column, in the contract's order; empty when it has none."""
    match column.kind:
        case Kind.YES_NO:
            return (YES, NO)
        case Kind.YES_NO_UNKNOWN:
            return (YES, NO, UNKNOWN)
        case Kind.CHOICE | Kind.CHOICES | Kind.PARTNER:
            return allowed_values(column, reference)
        case _:
            return ()
