"""What is done to Superset's Flask application once, as it starts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, request, session
from jinja2 import ChoiceLoader, FileSystemLoader

from bilan.front.wsgi import WsgiFront
from bilan_superset import front, guard, kept, passwords
from bilan_superset.answers import leave
from bilan_superset.bars import bars
from bilan_superset.brand import NAME
from bilan_superset.french import french_pack
from bilan_superset.landing import COLOURS_PATH, elsewhere, is_reader, language_of, roles_of

ROOM = Path(__file__).resolve().parents[1]
# Logo and fonts, for the login page too.
STATIC = Blueprint(
    "bilan", __name__, url_prefix="/bilan", static_folder=str(ROOM / "static"), static_url_path=""
)
MANIFEST = json.dumps({"name": NAME, "short_name": NAME, "start_url": "/", "display": "browser", "icons": []})
# Files that are on no disk, and who makes them; for strangers too, as the files beside them.
MADE: dict[str, tuple[Callable[[], str], str]] = {
    "/superset/language_pack/fr/": (french_pack, "application/json"),
    "/bilan/bars.css": (bars, "text/css"),
    "/static/assets/pwa-manifest.json": (lambda: MANIFEST, "application/manifest+json"),
}


def prepare(app: Any) -> None:
    """Superset's `FLASK_APP_MUTATOR`."""
    app.jinja_loader = ChoiceLoader([FileSystemLoader(str(ROOM / "templates")), app.jinja_loader])
    guard.watch_sessions(app)
    app.before_request(_answer_early)
    guard.shut_doors(app)
    kept.watch(app)  # before `leave`: what is done after a request is done in the opposite order
    app.after_request(leave)
    app.wsgi_app = WsgiFront(app.wsgi_app, front.rules())
    passwords.watch(app.appbuilder.sm.user_model)
    app.appbuilder.add_link("Extraits", href="/extracts/")
    _bind_tasks()
    _name_no_server()


def _name_no_server() -> None:
    """Let the `Server` header tell our name, not the software's."""
    import gunicorn.http.wsgi

    gunicorn.http.wsgi.SERVER = NAME


def _bind_tasks() -> None:
    """Finalize Celery's tasks now: left to the first requests, two threads race and one fails."""
    from superset.extensions import celery_app

    celery_app.finalize()
    for task in celery_app.tasks.values():
        _ = task.request_stack


def _answer_early() -> Any:
    """Answer what needs no view: files that are made here, redirections."""
    if request.path in MADE:
        make, kind = MADE[request.path]
        return Response(make(), mimetype=kind, headers={"Cache-Control": "max-age=3600"})
    from flask_login import current_user

    if request.path == "/superset/log/" and current_user.is_anonymous:
        # Superset would answer with the login page, whose fresh session may arrive after the one
        # that the login has just opened, and close it.
        return Response(status=204)
    if COLOURS_PATH.fullmatch(request.path) and is_reader(roles_of(current_user)):
        return Response("{}", mimetype="application/json")  # a refusal would show as a fault of the page
    if request.method != "GET":
        return None
    if language := language_of(request.path):
        session["locale"] = language
    query = request.query_string.decode("utf-8", "replace")
    target = elsewhere(request.path, query, roles_of(current_user))
    return redirect(target) if target else None
