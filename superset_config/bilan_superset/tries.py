"""Tries at passwords: whose is tried, counted before it is looked at."""

import time
from pathlib import Path

from flask import Response, current_app, g, request
from flask_login import current_user

from bilan_superset.answers import BAD_REQUEST, TOO_MANY, refused_answer
from bilan_superset.logins import attempts
from bilan_superset.logins.store import store

FORM, API, OWN = "AuthDBView.login", "SecurityApi.login", "ResetMyPasswordView.this_form_post"
LONGEST_NAME = 256


def slow_down() -> Response | None:
    """Count a try, or answer 429 while there is still to wait; 400 where no one's name is given."""
    if request.method != "POST" or request.endpoint not in {FORM, API, OWN}:
        return None
    if request.endpoint == OWN:
        return None if current_user.is_anonymous else _begin(current_user.username)
    name = _name_given()
    return refused_answer(BAD_REQUEST) if name is None else _begin(name)


def was_counted(name: str) -> bool:
    """True when the try under way is of the name that was counted: no other's password is looked at."""
    return bool(g.get("bilan_name_tried") == name)


def succeeded() -> None:
    """The password of the try under way is right."""
    tried = g.pop("bilan_tried", None)
    if tried is not None:
        with store(_folder()) as connection:
            attempts.succeed(connection, tried)


def _name_given() -> str | None:
    """The one name of the login, read where Superset reads it; None for anything but a text.

    Superset's form reads JSON too, in which a list is a field given several times: it is not a form here.
    """
    if request.endpoint == API:
        body = request.get_json(silent=True)
        name = body.get("username") if isinstance(body, dict) else None
    else:
        fields = [] if request.is_json else request.form.getlist("username")
        name = fields[0] if len(fields) == 1 else None
    is_text = isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and name.isprintable()
    return name if is_text else None


def _begin(name: str) -> Response | None:
    key = current_app.config["SECRET_KEY"]
    tried = attempts.counters(_account(name), request.remote_addr or "", key)
    with store(_folder()) as connection:
        wait = attempts.begin(connection, tried, time.time())
    if wait > 0:
        answer = refused_answer(TOO_MANY)
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    g.bilan_tried, g.bilan_name_tried = tried, name
    return None


def _account(name: str) -> str:
    """One word for an account, by whichever of its names it is tried; the name of one that is not."""
    manager = current_app.appbuilder.sm
    user = manager.find_user(username=name) or manager.find_user(email=name)
    return f"number {user.id}" if user else name


def _folder() -> Path:
    return Path(current_app.config["STATE"])
