"""`/extracts/api/v1`: releases, their files and their KPIs, for scripts. It only reads."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request

from bilan_superset.extracts import journal, kpis, problems, releases
from bilan_superset.extracts.answers import (
    attached,
    file_answer,
    guarded,
    if_changed,
    json_answer,
    problem_answer,
    tag_of,
)
from bilan_superset.extracts.callers import Caller, identify, state_folder
from bilan_superset.extracts.openapi import PREFIX, document
from bilan_superset.extracts.problems import ProblemError

LOG = logging.getLogger(__name__)
METHODS = ("GET", "HEAD")
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
# Of the answers that are computed: changed with the code that writes them, so that no tag outlives it.
WRITING = "1"

API = Blueprint("bilan_extracts_api", __name__, url_prefix=PREFIX)
View = Callable[..., Response]


def list_releases() -> Response:
    """Every release, newest first, the withdrawn ones with their notice."""
    return json_answer({"releases": [described(release) for release in _shelf().releases]})


def get_release(release: str) -> Response:
    """One release that is out."""
    return json_answer(described(_shelf().published(_number(release))))


def get_file(release: str, path: str) -> Response:
    """A file of the release's package."""
    shelf = _shelf()
    found = shelf.published(_number(release))
    file = shelf.file_of(found, path)
    return file_answer(file, lambda: shelf.open_file(found, file))


def get_archive(release: str) -> Response:
    """The whole package, as one ZIP."""
    shelf = _shelf()
    found = shelf.published(_number(release))
    archive = found.archive
    if archive is None:
        raise releases.NoReleaseError("this release has no archive")
    return file_answer(archive, lambda: shelf.open_archive(found, archive))


def get_kpi(release: str, name: str) -> Response:
    """One KPI of a release, as JSON or CSV: by suffix, else `format=`, else the Accept header."""
    shelf = _shelf()
    found = shelf.published(_number(release))
    code, suffix = kpis.split_name(name)
    kind = suffix or _asked_format()
    source = shelf.file_of(found, kpis.SOURCE)
    about = {
        "release": found.number,
        "code": code,
        "until": found.until,
        "known_at": found.known_at,
        "synthetic": found.synthetic,
    }

    def write() -> Response:
        with shelf.open_file(found, source) as stream:
            content = _kpi_content(io.TextIOWrapper(stream, "utf-8-sig", newline=""), kind, about)
        if kind == kpis.JSON:
            return Response(content, mimetype="application/json")
        return attached(content, kpis.MEDIA_TYPES[kind], f"bilan-{found.number}-{code}.csv")

    return if_changed(tag_of(json.dumps([WRITING, source.sha256, kind, about]).encode()), write)


def _kpi_content(text: Iterable[str], kind: str, about: dict[str, Any]) -> bytes:
    try:
        columns, rows = kpis.rows_of(text, about["code"])
        content = kpis.as_json(about, rows) if kind == kpis.JSON else kpis.as_csv(columns, rows)
    except ValueError as fault:
        raise releases.UnreadableError(f"the table of figures cannot be read: {fault}") from None
    if not rows:
        raise releases.NoReleaseError("no such KPI in this release")
    return content


def get_openapi() -> Response:
    """The description of this API."""
    return json_answer(document())


def nothing(rest: str = "") -> Response:
    """Anything else of the API."""
    raise releases.NoReleaseError("no such address")


ROUTES: tuple[tuple[str, View], ...] = (
    ("/releases", list_releases),
    ("/releases/<release>", get_release),
    ("/releases/<release>/files/<path:path>", get_file),
    ("/releases/<release>/archive", get_archive),
    ("/releases/<release>/kpis/<name>", get_kpi),
    ("/openapi.json", get_openapi),
)


def described(release: releases.Release) -> dict[str, Any]:
    """A release as the API tells it, each file with the address that gives it."""
    root = f"{PREFIX}/releases/{release.number}"
    answer: dict[str, Any] = {"release": release.number, **asdict(release)}
    del answer["number"]
    for file in answer["files"]:
        file["href"] = f"{root}/files/{file['path']}"
    if answer["archive"]:
        answer["archive"]["href"] = f"{root}/archive"
    return answer


def answered(view: View) -> View:
    """`view` behind the door: caller identified and counted, problems told, the call written down."""

    def answer(**where: str) -> Response:
        now = datetime.now(UTC)
        caller = Caller(None, None)
        try:
            caller = identify(now)
            if caller.refused:
                raise caller.refused
            response = view(**where)
        except Exception as fault:  # whatever it is, its words may hold a path
            response = problem_answer(_problem(fault))
        return guarded(_written_down(response, caller, now, where.get("release")))

    return answer


def _problem(fault: Exception) -> ProblemError:
    """What to tell of a fault."""
    match fault:
        case ProblemError():
            return fault
        case releases.NoReleaseError():
            return ProblemError(problems.NOT_FOUND)
        case releases.WithdrawnError(release=gone):
            return ProblemError(
                problems.WITHDRAWN,
                release=gone.number,
                withdrawn_at=gone.withdrawn_at,
                notice_fr=gone.notice_fr,
                notice_en=gone.notice_en,
            )
        case releases.UnreadableError():
            LOG.error("extracts: %s", fault)
            return ProblemError(problems.UNREADABLE)
        case _:
            LOG.error("extracts: a call failed", exc_info=fault)
            return ProblemError(problems.UNAVAILABLE)


def _written_down(response: Response, caller: Caller, now: datetime, release: str | None) -> Response:
    """The response once the journal holds the call; a problem instead when it can't.

    A call over its limit is no access, and is not written down: that would fill the disk.
    """
    if response.status_code == problems.TOO_MANY.status:
        return response
    number = int(release) if release and NUMBER.fullmatch(release) else None
    access = journal.Access(
        now, caller.user, caller.token, request.method, request.path, number, response.status_code
    )
    try:
        journal.append(state_folder(), access)
    except OSError as fault:
        LOG.error("extracts: the journal of accesses cannot be written", exc_info=fault)
        response.close()
        return problem_answer(ProblemError(problems.UNAVAILABLE))
    return response


def _shelf() -> releases.Shelf:
    return releases.shelf(Path(current_app.config["PUBLISHED"]))


def _number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise releases.NoReleaseError("no release has such a number")
    return int(text)


def _asked_format() -> str:
    asked: str | None = request.args.get("format")
    if asked is not None:
        if asked not in kpis.MEDIA_TYPES:
            raise ProblemError(problems.BAD_FORMAT)
        return asked
    if not request.accept_mimetypes:
        return kpis.JSON
    best: str | None = request.accept_mimetypes.best_match(["application/json", "text/csv"])
    if best is None:
        raise ProblemError(problems.NOT_ACCEPTABLE)
    return kpis.CSV if best == "text/csv" else kpis.JSON


def _only_reading() -> Response | None:
    """Refuse every other method, before the router does it in Superset's own words."""
    if request.path.startswith(f"{PREFIX}/") and request.method not in METHODS:
        refusal = ProblemError(problems.ONLY_READING, headers={"Allow": ", ".join(METHODS)})
        return guarded(problem_answer(refusal))
    return None


API.before_app_request(_only_reading)
for _rule, _view in ROUTES:
    API.add_url_rule(_rule, _view.__name__, answered(_view), methods=["GET"], provide_automatic_options=False)
_nothing = answered(nothing)
for _rule in ("/", "/<path:rest>"):
    API.add_url_rule(_rule, "nothing", _nothing, methods=["GET"], provide_automatic_options=False)
