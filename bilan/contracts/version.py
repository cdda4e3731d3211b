"""A contract's version: a short digest of all that it says to partners.

It stands in every workbook to fill in, so that one can tell whether a partner fills in today's contract.
"""

import hashlib
import json
from collections.abc import Set as AbstractSet
from dataclasses import asdict

from bilan.contracts.contract import Contract

_LENGTH = 8


def version_of(contract: Contract) -> str:
    """Eight hexadecimal figures, the same on every machine; anything that partners must know changes them."""
    told = asdict(contract)
    for event in told["events"]:
        del event["description"]  # told to who reads the models, and no part of a workbook
    said = json.dumps(told, default=_sorted, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_LENGTH]


def _sorted(values: object) -> list[str]:
    """A set has no order of its own; anything else that JSON does not know is not in a contract."""
    if not isinstance(values, AbstractSet):
        raise TypeError(f"a contract does not hold a {type(values).__name__}")
    return sorted(values)
