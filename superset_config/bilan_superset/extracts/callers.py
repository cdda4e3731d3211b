"""Who is asking, and whether they may: by token, or by the login session."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app, request
from flask_login import current_user

from bilan_superset.access import pulls_extracts
from bilan_superset.extracts import limits, tokens
from bilan_superset.extracts.problems import (
    EXPIRED_TOKEN,
    FORBIDDEN,
    NO_ACCOUNT,
    NO_LOGIN,
    REVOKED_TOKEN,
    TOO_MANY,
    UNKNOWN_TOKEN,
    Kind,
    ProblemError,
)
from bilan_superset.extracts.store import store
from bilan_superset.landing import roles_of

REALM = 'Bearer realm="Bilan"'


@dataclass(frozen=True)
class Caller:
    """Who asks: a user's name and the number of the token used, None where not known; why refused."""

    user: str | None
    token: str | None
    refused: ProblemError | None = None


def state_folder() -> Path:
    """Where the database and the journal are."""
    return Path(current_app.config["STATE"])


def identify(now: datetime) -> Caller:
    """The caller of this request, its call counted. An Authorization header prevails over a session."""
    header = request.headers.get("Authorization")
    return _of_session() if header is None else _of_header(header, now)


def _of_session() -> Caller:
    if current_user.is_anonymous:
        return _stranger(NO_LOGIN)
    name = current_user.username
    if not pulls_extracts(roles_of(current_user)):
        return Caller(name, None, ProblemError(FORBIDDEN))
    return Caller(name, None, _over_limit(f"user:{current_user.id}", limits.PER_USER))


def _of_header(header: str, now: datetime) -> Caller:
    scheme, _, text = header.partition(" ")
    with store(state_folder()) as connection:
        token = tokens.find(connection, text.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        return _stranger(UNKNOWN_TOKEN)
    over = _over_limit(f"token:{token.id}", limits.PER_TOKEN)
    refused = over or _refusal(token, now)
    if refused is None:
        with store(state_folder()) as connection:
            tokens.note_use(connection, token, now)
    return Caller(token.owner.name, token.id, refused)


def _stranger(kind: Kind) -> Caller:
    over = _over_limit(f"address:{request.remote_addr}", limits.PER_ADDRESS)
    return Caller(None, None, over or _unauthorized(kind))


def _refusal(token: tokens.Token, now: datetime) -> ProblemError | None:
    """Why a token that exists is not good now. Its owner's account and roles are looked up each time."""
    state = token.state(now)
    if state != tokens.ACTIVE:
        return _unauthorized(REVOKED_TOKEN if state == tokens.REVOKED else EXPIRED_TOKEN)
    user = _account(token.owner)
    if user is None:
        return _unauthorized(NO_ACCOUNT)
    return None if pulls_extracts(roles_of(user)) else ProblemError(FORBIDDEN)


def _account(owner: tokens.Owner) -> Any:
    """The owner's active account, or None."""
    user = current_app.appbuilder.sm.get_user_by_id(owner.id)
    return user if user and user.is_active and user.username == owner.name else None


def _over_limit(who: str, limit: limits.Limit) -> ProblemError | None:
    with store(state_folder()) as connection:
        wait = limits.seconds_to_wait(connection, who, limit, time.time_ns())
    return ProblemError(TOO_MANY, headers={"Retry-After": str(wait)}, retry_after=wait) if wait else None


def _unauthorized(kind: Kind) -> ProblemError:
    challenge = REALM if kind is NO_LOGIN else f'{REALM}, error="invalid_token"'
    return ProblemError(kind, headers={"WWW-Authenticate": challenge})
