"""The front before a WSGI application that has accounts of its own."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from bilan.front.admission import Call, Rules, refusal

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class WsgiFront:
    """`application` behind `rules`: what they refuse, it never sees."""

    def __init__(self, application: Application, rules: Rules) -> None:
        self._application, self._rules = application, rules

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI's own protocol."""
        refused = refusal(_call(environ), self._rules)
        if refused is None:
            return self._application(environ, start)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        start(f"{refused.status} {HTTPStatus(refused.status).phrase}", headers)
        return [f"{refused.words}\n".encode()]


def _call(environ: Environ) -> Call:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name in {"CONTENT_TYPE", "CONTENT_LENGTH"} and value)
    }
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    return Call(environ["REQUEST_METHOD"], path, headers)
