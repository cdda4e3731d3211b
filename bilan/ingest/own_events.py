"""The events that Bilan tells itself, beside what partners say: who is who, what was refused or destroyed."""

from collections.abc import Iterable, Mapping

import polars as pl

from bilan.ledger.events import ASSERT, DRAFT_COLUMNS, SCHEMA

OWN_SOURCE, IDENTITY_LOG = "BILAN", "identity"
_ALIKE = {"source": OWN_SOURCE, "log": IDENTITY_LOG, "time_precision": "day", "action": ASSERT}


def own_drafts(told: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Drafts of such events, each told by columns of DRAFT_COLUMNS; to the day unless it says so."""
    drafts = [{**_ALIKE, **event} for event in told]
    return pl.DataFrame(drafts, schema={name: SCHEMA[name] for name in DRAFT_COLUMNS})
