"""The events that Bilan itself appends: which tokens are one person, what was refused or destroyed."""

from collections.abc import Iterable, Mapping

import polars as pl

from bilan.contracts import BREACH_TYPE, Contract
from bilan.identity.crypto import keyed_hash
from bilan.ingest.barred import WITHDRAWN
from bilan.ingest.candidates import territory_of
from bilan.intake import Statement
from bilan.intake.inputs import Source
from bilan.ledger.chain import canonical
from bilan.ledger.events import ASSERT, DRAFT_COLUMNS, SCHEMA

OWN_SOURCE, IDENTITY_LOG = "BILAN", "identity"
_ALIKE = {"source": OWN_SOURCE, "log": IDENTITY_LOG, "time_precision": "day", "action": ASSERT}


def own_drafts(events: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Drafts of such events from some of DRAFT_COLUMNS; known to the day unless they say otherwise."""
    drafts = [{**_ALIKE, **event} for event in events]
    return pl.DataFrame(drafts, schema={name: SCHEMA[name] for name in DRAFT_COLUMNS})


_SEPARATOR = "\x1f"


def breaches_of(statement: Statement, contract: Contract, withdrawn: list[int]) -> pl.DataFrame:
    """row, code, programme, territory, key: one line per row refused for what it bore of a person."""
    key = pl.concat_str(*(pl.col(name).cast(pl.String) for name in contract.key), separator=_SEPARATOR)
    since = statement.accepted.filter(pl.col("row").is_in(withdrawn)).select(
        "row",
        pl.lit(WITHDRAWN).alias("code"),
        "programme",
        territory_of(contract),
        key.alias("key"),
    )
    return pl.concat([statement.breaches, since]).unique("row", keep="first", maintain_order=True)


def breach_drafts(
    natural: bytes, source: Source, breaches: pl.DataFrame, known_keys: pl.Series
) -> pl.DataFrame:
    """The events of breaches that have none yet. `known_keys`: the natural keys of Bilan's own events."""
    known = set(known_keys)
    drafts = {}
    for code, programme, territory, key in breaches.drop("row").iter_rows():
        natural_key = keyed_hash(natural, _SEPARATOR.join(("breach", source.sender, source.log, code, key)))
        if natural_key not in known:
            drafts[natural_key] = {
                "type": BREACH_TYPE,
                "time": source.statement_date,
                "reporteddate": source.statement_date,
                "programme": programme,
                "territory": territory,
                "natural_key": natural_key,
                "data": canonical({"code": code, "log": source.log, "sender": source.sender}),
            }
    return own_drafts(drafts.values())
