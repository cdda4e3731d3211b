"""What leaves Superset: errors in French that tell nothing, answers without SQL, headers that keep them."""

import json
from html import escape
from typing import Any

from flask import Response, current_app, g, request

from bilan_superset.access import explores
from bilan_superset.brand import BLUE, INK, NAME
from bilan_superset.callers import caller
from bilan_superset.gate import ON_THEIR_OWN
from bilan_superset.kept import answered_again
from bilan_superset.landing import roles_of

TOO_MANY = 429
BAD_REQUEST, FORBIDDEN, NOT_FOUND, SERVER_FAULT = 400, 403, 404, 500
WORDS = {
    400: "Cette demande ne peut être lue.",
    401: "Connectez-vous d'abord.",
    403: "Cette page ou cette donnée ne vous est pas ouverte.",
    404: "Il n'y a rien à cette adresse.",
    405: "Cette demande ne peut être faite ainsi.",
    413: "Ce contenu est trop long.",
    429: "Trop d'essais. Attendez un moment, puis réessayez.",
}
FAULT = "Bilan n'a pu répondre. Réessayez ; si cela dure, écrivez à l'intendance des données."
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{words} · {name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:17px/1.5 sans-serif;color:{ink};max-width:36em;margin:15vh auto 0;padding:0 16px}}
a{{color:{blue}}}</style></head>
<body><main><h1>{name}</h1><p>{words}</p><p><a href="/">Revenir à l'accueil</a></p></main></body></html>
"""
# What the page can do without, and a reader has no use for.
PRIVATE = frozenset({
    "sql", "select_star", "expression", "owners", "roles", "database", "perm", "schema_perm", "edit_url",
    "fetch_values_predicate", "template_params", "changed_by", "changed_by_name", "created_by",
})  # fmt: skip
DESCRIPTIONS = frozenset({"DashboardRestApi.get", "DashboardRestApi.get_datasets"})
FIGURES = "ChartDataRestApi.data"
# They answer that the fault is theirs where a key or a language is not one that they know.
UNKNOWN_IS_A_FAULT = frozenset({"DashboardPermalinkRestApi.get", "LandingView.patch_flask_locale"})
CACHEABLE = frozenset({"static", "appbuilder.static", "bilan.static", "Superset.language_pack"})


def refused_answer(status: int) -> Response:
    """A refusal in French: JSON for the API, a page for people."""
    words = WORDS.get(status, FAULT)
    if request.path.startswith("/api/") or request.is_json:
        error = {"message": words, "error_type": "GENERIC_BACKEND_ERROR", "level": "error", "extra": {}}
        body = json.dumps({"message": words, "errors": [error]}, ensure_ascii=False)
        return Response(body, status, mimetype="application/json")
    page = PAGE.format(words=escape(words, quote=False), name=NAME, ink=INK, blue=BLUE)
    return Response(page, status, mimetype="text/html")


def leave(response: Response) -> Response:
    """The answer as it may leave: errors in our words, nothing private, and headers that keep it."""
    if (request.endpoint or "").partition(".")[0] not in ON_THEIR_OWN:
        if not answered_again():
            response = _plain_error(response)
            _leave_private_parts_out(response)
        if request.endpoint not in CACHEABLE:
            response.headers["Cache-Control"] = "no-store"
    return response


def _plain_error(response: Response) -> Response:
    """An error page, a fault of the server, and an error that names a path, in our words alone."""
    status = _true_status(response.status_code)
    if status < BAD_REQUEST:
        return response
    is_page = response.mimetype == "text/html"
    response.direct_passthrough = False
    same = status == response.status_code
    if same and not is_page and status < SERVER_FAULT and _home() not in response.get_data():
        return response
    plain = refused_answer(status)
    for name in ("Retry-After", "Allow", "WWW-Authenticate"):
        if name in response.headers:
            plain.headers[name] = response.headers[name]
    response.close()
    return plain


def _true_status(status: int) -> int:
    """The status, where Superset takes for its own fault what is the caller's."""
    if g.get("bilan_forbidden"):
        return FORBIDDEN
    return NOT_FOUND if status == SERVER_FAULT and request.endpoint in UNKNOWN_IS_A_FAULT else status


def _home() -> bytes:
    return str(current_app.config["HOME"]).encode()


def _leave_private_parts_out(response: Response) -> None:
    """Give readers boards and figures without the SQL behind them, and without who made them."""
    if response.status_code >= BAD_REQUEST or response.mimetype != "application/json":
        return
    if request.endpoint not in {FIGURES, *DESCRIPTIONS} or explores(roles_of(caller())):
        return
    content = json.loads(response.get_data())
    if request.endpoint == FIGURES:
        for result in content.get("result") or []:
            result.pop("query", None)
    else:
        content = _without(content)
    response.set_data(json.dumps(content, ensure_ascii=False))


def _without(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _without(value) for key, value in content.items() if key not in PRIVATE}
    return [_without(value) for value in content] if isinstance(content, list) else content
