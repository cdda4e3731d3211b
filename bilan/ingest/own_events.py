"""The events that Bilan itself appends: which tokens are one person, what was refused or destroyed."""

from collections.abc import Iterable, Mapping

import polars as pl

from bilan.ledger.events import ASSERT, DRAFT_COLUMNS, SCHEMA

OWN_SOURCE, IDENTITY_LOG = "BILAN", "identity"
_ALIKE = {"source": OWN_SOURCE, "log": IDENTITY_LOG, "time_precision": "day", "action": ASSERT}


def own_drafts(events: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Drafts of such events from some of DRAFT_COLUMNS; known to the day unless they say otherwise."""
    drafts = [{**_ALIKE, **event} for event in events]
    return pl.DataFrame(drafts, schema={name: SCHEMA[name] for name in DRAFT_COLUMNS})
