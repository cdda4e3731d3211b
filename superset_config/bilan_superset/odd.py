"""Addresses and words that Superset takes for a fault of its own: there is nothing, or they can't be read."""

import json
from typing import Any

from flask import Response, request

from bilan_superset.answers import BAD_REQUEST, NOT_FOUND, refused_answer
from bilan_superset.gate import ON_THEIR_OWN

# Of a column of whole numbers; SQLite itself takes larger ones, up to a fault.
MOST_NUMBER = 2**31 - 1
LONGEST_NUMBER = 18  # digits


def refuse() -> Response | None:
    """404 for a number that nothing has; 400 for a form's data that is no object."""
    if (request.endpoint or "").partition(".")[0] in ON_THEIR_OWN:
        return None
    if any(map(_is_beyond, (request.view_args or {}).values())):
        return refused_answer(NOT_FOUND)
    if not all(map(_is_object, request.args.getlist("form_data"))):
        return refused_answer(BAD_REQUEST)
    return None


def _is_beyond(given: Any) -> bool:
    if isinstance(given, str) and given.isdecimal():
        return len(given) > LONGEST_NUMBER or int(given) > MOST_NUMBER
    return isinstance(given, int) and given > MOST_NUMBER


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
