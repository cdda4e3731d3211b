"""The API's answers: media types, entity tags, and headers that keep them private and inert."""

import hashlib
import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from flask import Response, request, send_file

from bilan_superset.extracts.problems import MEDIA_TYPE, ProblemError
from bilan_superset.extracts.releases import StoredFile

# `no-cache`: kept if one likes, but asked again each time, so that a withdrawn release is gone at once.
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Cookie, Accept",
    "X-Content-Type-Options": "nosniff",
}


def tag_of(content: bytes) -> str:
    """The entity tag of a content: its SHA-256."""
    return hashlib.sha256(content).hexdigest()


def if_changed(tag: str, make: Callable[[], Response]) -> Response:
    """What `make` gives, with that entity tag; 304 and nothing for who has it already."""
    asked = request.if_none_match
    # Superset's compression suffixes a tag with its method (`tag:gzip`).
    held = {name.partition(":")[0] for name in asked.as_set(include_weak=True)}
    response = Response(status=304) if tag in held else make()
    if asked.star_tag:
        response.close()
        response = Response(status=304)
    response.set_etag(tag)
    return response


def json_answer(value: Any) -> Response:
    """`value` as JSON, or 304."""
    content = json.dumps(value, ensure_ascii=False).encode("utf-8")
    return if_changed(tag_of(content), lambda: Response(content, mimetype="application/json"))


def attached(content: bytes, media_type: str, name: str) -> Response:
    """A content to save under that name."""
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def file_answer(file: StoredFile, open_file: Callable[[], BinaryIO]) -> Response:
    """A file of a release, to save, or 304 without opening it."""

    def send() -> Response:
        response: Response = send_file(
            open_file(),
            mimetype=file.media_type,
            as_attachment=True,
            download_name=PurePosixPath(file.path).name,
            conditional=False,
            etag=False,
        )
        response.content_length = file.bytes
        return response

    return if_changed(file.sha256, send)


def problem_answer(problem: ProblemError) -> Response:
    """A problem, as RFC 9457 wants it."""
    content = json.dumps(problem.body, ensure_ascii=False)
    headers = {**problem.headers, "Content-Language": "fr, en"}
    return Response(content, problem.kind.status, headers, content_type=MEDIA_TYPE)


def guarded(response: Response) -> Response:
    """The answer with the headers that all of them have."""
    response.headers.update(HEADERS)
    return response
