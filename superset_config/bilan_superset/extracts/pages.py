"""`/extracts/`: the releases with their downloads, and one's own tokens, as plain accessible HTML."""

import logging
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session
from flask_login import current_user

from bilan_superset.access import pulls_extracts
from bilan_superset.extracts import journal, releases, tokens
from bilan_superset.extracts.api import described
from bilan_superset.extracts.callers import state_folder
from bilan_superset.extracts.store import store
from bilan_superset.extracts.wording import ENGLISH, FRENCH, WORDS, language, size
from bilan_superset.landing import roles_of

LOG = logging.getLogger(__name__)
ROOT = "/extracts"
FORBIDDEN, UNPROCESSABLE, UNAVAILABLE = 403, 422, 503

PAGES = Blueprint("bilan_extracts", __name__, url_prefix=ROOT, template_folder="templates")
View = Callable[..., Any]


def show_releases() -> Any:
    """The list of releases."""
    try:
        found = releases.shelf(Path(current_app.config["PUBLISHED"])).releases
    except releases.UnreadableError as fault:
        LOG.error("extracts: %s", fault)
        return _page("message.html", UNAVAILABLE, about="unreadable")
    return _page("releases.html", releases=[described(release) for release in found])


def show_tokens() -> Any:
    """One's own tokens, and the form to make one."""
    return _tokens_page()


def make_token() -> Any:
    """Make a token and show it, this once: no redirection, so that it is kept nowhere on the way."""
    now = datetime.now(UTC)
    try:
        days = int(request.form.get("days", ""))
    except ValueError:
        days = 0
    try:
        with store(state_folder()) as connection:
            if days not in tokens.LIVES:
                raise tokens.TokenError("life")
            made, text = tokens.make(connection, _owner(), request.form.get("label", ""), now, days)
            _write_down(now, made.id, "POST", f"{ROOT}/tokens/")
    except tokens.TokenError as refused:
        return _tokens_page(UNPROCESSABLE, error=f"error_{refused.code}")
    return _tokens_page(text=text)


def revoke_token(number: str) -> Any:
    """Revoke one of one's own tokens."""
    now = datetime.now(UTC)
    with store(state_folder()) as connection:
        done = tokens.revoke(connection, number, _owner(), now)
        if done:
            _write_down(now, number, "POST", f"{ROOT}/tokens/{number}/revoke")
    if not done:
        return _tokens_page(UNPROCESSABLE, error="error_unknown")
    return redirect(f"{ROOT}/tokens/?lang={_language()}", code=303)


def behind_the_login(view: View) -> View:
    """`view` for those who may pull extracts: a stranger is sent to the login, anyone else is refused."""

    def answer(**where: str) -> Any:
        if current_user.is_anonymous:
            return redirect(f"/login/?next={ROOT}/")
        if not pulls_extracts(roles_of(current_user)):
            return _page("message.html", FORBIDDEN, about="refused")
        try:
            return view(**where)
        except (OSError, sqlite3.Error) as fault:  # whose words may hold a path
            LOG.error("extracts: a page failed", exc_info=fault)
            return _page("message.html", UNAVAILABLE, about="unavailable")

    return answer


def _tokens_page(status: int = 200, *, text: str | None = None, error: str | None = None) -> Response:
    with store(state_folder()) as connection:
        own = tokens.of_owner(connection, _owner())
    return _page(
        "tokens.html",
        status,
        tokens=own,
        now=datetime.now(UTC),
        lives=tokens.LIVES,
        life=tokens.LIFE.days,
        longest=tokens.LONGEST_LABEL,
        text=text,
        error=error,
    )


def _page(template: str, status: int = 200, **values: Any) -> Response:
    chosen = _language()
    words = WORDS[chosen]
    response: Response = make_response(
        render_template(
            f"extracts/{template}",
            words=words,
            language=chosen,
            other=FRENCH if chosen == ENGLISH else ENGLISH,
            root=ROOT,
            size=partial(size, words=words),
            **values,
        ),
        status,
    )
    # A page may show a token: no cache keeps it, whoever's.
    response.headers["Cache-Control"] = "no-store"
    return response


def _write_down(now: datetime, token: str, method: str, what: str) -> None:
    journal.append(state_folder(), journal.Access(now, current_user.username, token, method, what, None, 200))


def _owner() -> tokens.Owner:
    return tokens.Owner(current_user.id, current_user.username)


def _language() -> str:
    return language(request.args.get("lang"), session.get("locale"))


for _rule, _method, _view in (
    ("/", "GET", show_releases),
    ("/tokens/", "GET", show_tokens),
    ("/tokens/", "POST", make_token),
    ("/tokens/<number>/revoke", "POST", revoke_token),
):
    PAGES.add_url_rule(_rule, _view.__name__, behind_the_login(_view), methods=[_method])
