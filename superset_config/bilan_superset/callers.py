"""Who calls: by the login session, else by the short-lived token of Superset's API."""

from typing import Any

from flask import request
from flask_login import current_user
from jwt.exceptions import PyJWTError

from bilan_superset.gate import ON_THEIR_OWN


def caller() -> Any:
    """The user, or None for a stranger. A token that is not good is a stranger's."""
    if current_user.is_authenticated:
        return current_user
    area = (request.endpoint or "").partition(".")[0]
    if "Authorization" not in request.headers or area in ON_THEIR_OWN:
        return None
    from flask_jwt_extended import get_current_user, verify_jwt_in_request
    from flask_jwt_extended.exceptions import JWTExtendedException

    try:
        return get_current_user() if verify_jwt_in_request(optional=True) else None
    except (JWTExtendedException, PyJWTError):
        return None
