"""At the door of every request: sessions that end, logins that are slowed, doors that are shut."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, request, session
from flask_jwt_extended import get_jwt
from flask_login import logout_user, user_logged_in, user_logged_out

from bilan_superset import gate, odd, quotas, tries
from bilan_superset.answers import refused_answer
from bilan_superset.callers import caller
from bilan_superset.landing import roles_of
from bilan_superset.logins import sessions
from bilan_superset.logins.store import store

NUMBER = "bilan_session"
# What of a stranger's session outlives the login: flask-login's own keys, and the language.
KEPT_AT_LOGIN = frozenset({"_user_id", "_fresh", "_id", "_permanent", "locale"})
PUBLIC_FILES = frozenset({"static", "appbuilder.static", "bilan.static"})


def watch_sessions(app: Flask) -> None:
    """Open a session's entry at login, end it at logout, and forget the user of one that ended."""
    app.before_request(_forget_ended_session)
    user_logged_in.connect(_on_login, app)
    user_logged_out.connect(_on_logout, app)


def shut_doors(app: Flask) -> None:
    """Slow logins down, and answer nothing that is odd, too large or that `gate` does not open."""
    # Before Superset's own check of forms, which reads them whole.
    app.before_request_funcs.setdefault(None, []).insert(0, quotas.refuse_size)
    app.before_request(tries.slow_down)
    app.before_request(_refuse)
    app.before_request(odd.refuse)
    app.before_request(quotas.refuse_number)


def end_sessions_of(user_id: int | str) -> None:
    """End every session of a user and every token of the API, here and elsewhere."""
    with store(_folder()) as connection:
        sessions.close_all_of(connection, str(user_id))
        sessions.close_all_of(connection, _of_tokens(user_id))


def claims_of_token(user_id: str) -> dict[str, str]:
    """What a new token of the API tells besides its user: the session that it lives with."""
    renewed = _claims()
    if renewed.get("sub") == user_id and NUMBER in renewed:
        return {NUMBER: renewed[NUMBER]}
    if "bilan_token_session" not in g:  # one for the two tokens that a login may give
        with store(_folder()) as connection:
            g.bilan_token_session = sessions.open_session(connection, _of_tokens(user_id), time.time())
    return {NUMBER: g.bilan_token_session}


def is_over(_header: dict[str, Any], claims: dict[str, Any]) -> bool:
    """True for a token of the API whose session is over."""
    with store(_folder()) as connection:
        live = sessions.is_live(connection, claims.get(NUMBER), _of_tokens(claims["sub"]), time.time())
    return not live


def _of_tokens(user_id: int | str) -> str:
    """Whose the sessions of a user's tokens are."""
    return f"tokens of {user_id}"


def _claims() -> dict[str, Any]:
    """What the token of this request tells; nothing where there is none."""
    try:
        return dict(get_jwt())
    except RuntimeError:  # none was looked at
        return {}


def _folder() -> Path:
    return Path(current_app.config["STATE"])


def _forget_ended_session() -> None:
    user_id = session.get("_user_id")
    if user_id is None or request.endpoint in PUBLIC_FILES:
        return
    with store(_folder()) as connection:
        live = sessions.is_live(connection, session.get(NUMBER), str(user_id), time.time())
    if not live:
        session.pop(NUMBER, None)  # it ended before: this is no logout of the account's tokens
        logout_user()
        session.clear()


def _on_login(_app: Flask, user: Any, **_rest: Any) -> None:
    """A new session: nothing that a stranger's browser held before is trusted after."""
    kept = {key: value for key, value in session.items() if key in KEPT_AT_LOGIN}
    session.clear()
    session.update(kept)
    session.permanent = True
    with store(_folder()) as connection:
        session[NUMBER] = sessions.open_session(connection, str(user.get_id()), time.time())


def _on_logout(_app: Flask, user: Any, **_rest: Any) -> None:
    """End the browser's session and the account's tokens; or, without one, the token that asks for it."""
    number, token = session.pop(NUMBER, None), _claims().get(NUMBER)
    with store(_folder()) as connection:
        if number is not None:
            sessions.close(connection, number)
            sessions.close_all_of(connection, _of_tokens(user.get_id()))
        if token is not None:
            sessions.close(connection, token)


def _refuse() -> Any:
    decision = gate.decide(request.endpoint, request.method, roles_of(caller()))
    if decision == gate.PASS:
        return None
    if decision == gate.REFUSE:
        return refused_answer(403)
    if request.path.startswith("/api/") or request.method != "GET":
        return refused_answer(401)
    return redirect(f"/login/?next={quote(request.full_path.rstrip('?'))}")
