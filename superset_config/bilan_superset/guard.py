"""At the door of every request: sessions that end, logins that are slowed, doors that are shut."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request, session
from flask_login import logout_user, user_logged_in, user_logged_out

from bilan_superset import gate
from bilan_superset.answers import TOO_MANY, refused_answer
from bilan_superset.callers import caller
from bilan_superset.landing import roles_of
from bilan_superset.logins import attempts, sessions
from bilan_superset.logins.store import store

NUMBER = "bilan_session"
# What of a stranger's session outlives the login: flask-login's own keys, and the language.
KEPT_AT_LOGIN = frozenset({"_user_id", "_fresh", "_id", "_permanent", "locale"})
PUBLIC_FILES = frozenset({"static", "appbuilder.static", "bilan.static"})
LOGINS = frozenset({"AuthDBView.login", "SecurityApi.login"})


def watch_sessions(app: Flask) -> None:
    """Open a session's entry at login, end it at logout, and forget the user of one that ended."""
    app.before_request(_forget_ended_session)
    user_logged_in.connect(_on_login, app)
    user_logged_out.connect(_on_logout, app)


def shut_doors(app: Flask) -> None:
    """Slow logins down, and answer nothing that `gate` does not open."""
    app.before_request(_slow_logins)
    app.before_request(_refuse)


def note_success() -> None:
    """The password of the login under way is right."""
    tried = g.pop("bilan_tried", None)
    if tried is not None:
        with store(_folder()) as connection:
            attempts.succeed(connection, tried)


def end_sessions_of(user_id: int | str) -> None:
    """End every session of a user, here and elsewhere."""
    with store(_folder()) as connection:
        sessions.close_all_of(connection, str(user_id))


def _folder() -> Path:
    return Path(current_app.config["STATE"])


def _forget_ended_session() -> None:
    user_id = session.get("_user_id")
    if user_id is None or request.endpoint in PUBLIC_FILES:
        return
    with store(_folder()) as connection:
        live = sessions.is_live(connection, session.get(NUMBER), str(user_id), time.time())
    if not live:
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


def _on_logout(_app: Flask, **_rest: Any) -> None:
    number = session.pop(NUMBER, None)
    if number is not None:
        with store(_folder()) as connection:
            sessions.close(connection, number)


def _slow_logins() -> Response | None:
    """Count a try at a password before it is looked at; 429 while there is still to wait."""
    if request.method != "POST" or request.endpoint not in LOGINS:
        return None
    given = request.get_json(silent=True) if request.is_json else request.form
    account = str(given.get("username", "")) if hasattr(given, "get") else ""
    tried = attempts.counters(account, request.remote_addr or "", current_app.config["SECRET_KEY"])
    with store(_folder()) as connection:
        wait = attempts.begin(connection, tried, time.time())
    if wait > 0:
        answer = refused_answer(TOO_MANY)
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    g.bilan_tried = tried
    return None


def _refuse() -> Any:
    decision = gate.decide(request.endpoint, request.method, roles_of(caller()))
    if decision == gate.PASS:
        return None
    if decision == gate.REFUSE:
        return refused_answer(403)
    if request.path.startswith("/api/") or request.method != "GET":
        return refused_answer(401)
    return redirect(f"/login/?next={quote(request.full_path.rstrip('?'))}")
