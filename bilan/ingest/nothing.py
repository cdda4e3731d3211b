"""Links to undo: a word such as « N/D », once taken for a reference, made one person of many.

Files are no longer read so; what an older home was told stays in its ledger until somebody undoes it.
"""

import polars as pl

from bilan.contracts import CONTRACTS, Column, Kind
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.subjects import Attributes, read_many
from bilan.ingest.linking import identity_events, standing_pairs
from bilan.ingest.service import opened
from bilan.intake.lists import says_nothing, says_the_same
from bilan.linkage.joining import Pair

LOOKING = "recherche des liens faits par des mots qui ne disent rien (bilan link list)"
_KINDS = {"surname": Kind.NAME, "given_name": Kind.NAME, "reference": Kind.REFERENCE}


def pairs_of_nothing(home: Home, access: Access) -> list[Pair]:
    """The linked tokens of which one stands for a word that says nothing; each linked token is read."""
    with opened(home) as (vault, _):
        pairs = standing_pairs(identity_events(home))
        tokens = sorted({token for pair in pairs for token in pair})
        known = read_many(vault, tokens, access) if tokens else {}
    nobody = _nobody(known)
    return sorted(pair for pair in pairs if nobody & {*pair})


def _nobody(known: dict[str, Attributes]) -> set[str]:
    """The tokens of which some cell says nothing."""
    cells = pl.DataFrame(
        [(token, *(attributes[name] for name in _KINDS)) for token, attributes in known.items()],
        schema=dict.fromkeys(("token", *_KINDS), pl.String),
        orient="row",
    )
    nothing = pl.any_horizontal(
        says_nothing(pl.col(name), _column(kind)) | says_the_same(pl.col(name))
        for name, kind in _KINDS.items()
    )
    return {*cells.filter(nothing)["token"]}


def _column(kind: Kind) -> Column:
    return next(
        column for contract in CONTRACTS.values() for column in contract.columns if column.kind is kind
    )
