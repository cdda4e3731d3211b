"""How much may be sent and stored: a size for each kind of content, a number for what stays."""

import time
from dataclasses import dataclass
from pathlib import Path

from flask import Response, current_app, request

from bilan_superset.answers import TOO_MANY, refused_answer
from bilan_superset.callers import caller
from bilan_superset.extracts.limits import Limit, seconds_to_wait
from bilan_superset.logins.store import store

HOUR, MONTH = 3600, 30 * 86_400
KILOBYTE = 1024
TOO_LARGE = 413
CHUNK, MOST_LEFT = 64 * KILOBYTE, 4096 * KILOBYTE


@dataclass(frozen=True)
class Quota:
    """The most bytes of one content, and how many an account sends of that `kind` (None: any number)."""

    most: int
    kind: str = ""
    limit: Limit | None = None


# Filters live an hour, in a cache that all share. Permalinks stay for good.
FILTERS = Quota(16 * KILOBYTE, "filters", Limit(600, HOUR))
QUOTAS = {
    "AuthDBView.login": Quota(8 * KILOBYTE),
    "SecurityApi.login": Quota(8 * KILOBYTE),
    "ResetMyPasswordView.this_form_post": Quota(8 * KILOBYTE),
    "Superset.log": Quota(128 * KILOBYTE),
    "ChartDataRestApi.data": Quota(256 * KILOBYTE),
    "DashboardFilterStateRestApi.post": FILTERS,
    "DashboardFilterStateRestApi.put": FILTERS,
    "DashboardPermalinkRestApi.post": Quota(16 * KILOBYTE, "permalinks", Limit(30, MONTH)),
}


def refuse_size() -> Response | None:
    """413 for what is too large, before anything reads it, even where its length is not told."""
    quota = QUOTAS.get(request.endpoint or "")
    if quota is None:
        return None
    request.max_content_length = quota.most
    length = request.content_length
    if length is None:  # not told: what comes is read so far, and cut there without a word
        length = len(request.get_data()) + 1
    return _refuse_what_is_under_way() if length > quota.most else None


def _refuse_what_is_under_way() -> Response:
    """413, once the rest has come, within bounds: a sender who is cut short reads no answer."""
    for _ in range(MOST_LEFT // CHUNK):
        if not request.environ["wsgi.input"].read(CHUNK):
            break
    return refused_answer(TOO_LARGE)


def refuse_number() -> Response | None:
    """429 for who sent as many as may be."""
    quota = QUOTAS.get(request.endpoint or "")
    user = caller() if quota and quota.limit and request.method in {"POST", "PUT"} else None
    if quota is None or quota.limit is None or user is None:
        return None
    who = f"{quota.kind}:{user.id}"
    with store(Path(current_app.config["STATE"])) as connection:
        wait = seconds_to_wait(connection, who, quota.limit, time.time_ns())
    if not wait:
        return None
    answer = refused_answer(TOO_MANY)
    answer.headers["Retry-After"] = str(wait)
    return answer
