"""What Superset answers at all: `bilan.front`'s rules, for its pages. Who is there is its own affair."""

import os
import re

from bilan.front.admission import Rules, origins_of

# Where another site may lead a person: pages that are only read. Some of the steward's addresses act
# when they are read.
LINKED = re.compile(r"/|/login/|/dashboard/list/|/extracts/|/superset/dashboard/(?:p/)?[^/]+/")
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def rules() -> Rules:
    """The rules of this process; `BILAN_ORIGINS` says where browsers find it."""
    return Rules(
        origins=origins_of(os.environ.get("BILAN_ORIGINS", "")),
        methods=None,  # `gate` knows which door takes which
        contents=FORMS | {"application/json"},
        linked=LINKED,
    )
