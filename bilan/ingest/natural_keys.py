"""The natural key of a row: a keyed hash of what identifies it to its sender.

Where the person is part of the key, she or he goes by the hash of the name, otherwise by that of the
sender's reference. Once a row has tied the two, they are one alias: a row is known by whichever of
them the ledger already believes, so that a name added to a reference is not a new key.
"""

from collections.abc import Collection, Sequence

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.identity.crypto import keyed_hashes
from bilan.identity.numbers import hash_numbers
from bilan.identity.tokens import Whose, find_tokens
from bilan.identity.vault import Vault
from bilan.intake.inputs import Warned
from bilan.ledger.decide import Unread

SEPARATOR = "\x1f"
NO_KIN = pl.DataFrame(schema={"hash": pl.String, "person": pl.String})


def row_keys(
    key: bytes, contract: Contract, sender: str, rows: pl.DataFrame, *, kin: pl.DataFrame, believed: pl.Series
) -> pl.Series:
    """The natural key of each accepted row.

    `rows`: key columns, `named_hash`, `referred_hash`. `kin`: hash, person (tied aliases).
    `believed`: the natural keys that stand for this log and sender.
    """
    texts = rows.select("row", _text(contract, sender).alias("text"), "named_hash", "referred_hash")
    if not contract.key_has_subject:
        return _hashed(key, texts["text"])
    aliased = _with_alias(texts, pl.coalesce("named_hash", "referred_hash"))
    plain = texts.select("row", natural_key=_hashed(key, aliased))
    tied = texts.filter(pl.any_horizontal(pl.col(_ALIASES).is_in(kin["hash"].implode())))
    if tied.is_empty():
        return plain["natural_key"]
    possible = _possible(key, tied, kin).with_columns(known=pl.col("natural_key").is_in(believed.implode()))
    chosen = possible.sort("row", ~pl.col("known"), "order").unique("row", keep="first", maintain_order=True)
    chosen = chosen.select("row", chosen="natural_key")
    both = plain.join(chosen, on="row", how="left", maintain_order="left")
    return both.select(pl.coalesce("chosen", "natural_key").alias("natural_key"))["natural_key"]


def possible_keys(
    key: bytes, contract: Contract, sender: str, rows: pl.DataFrame, *, kin: pl.DataFrame
) -> pl.DataFrame:
    """row, natural_key: every natural key that rows may go by; rows whose key can't be read give none."""
    readable = rows.filter("key_readable")
    texts = readable.select("row", _text(contract, sender).alias("text"), "named_hash", "referred_hash")
    if not contract.key_has_subject:
        return texts.select("row", _hashed(key, texts["text"]))
    return _possible(key, texts, kin).select("row", "natural_key")


_ALIASES = ("named_hash", "referred_hash")


def _possible(key: bytes, texts: pl.DataFrame, kin: pl.DataFrame) -> pl.DataFrame:
    """row, order, natural_key: by the name first, then the reference, then whatever is tied to them."""
    own = [
        texts.select("row", "text", alias=name, order=pl.lit(place)).drop_nulls("alias")
        for place, name in enumerate(_ALIASES)
    ]
    aliases = pl.concat(own)
    tied = (
        aliases.join(kin.select("hash", "person"), left_on="alias", right_on="hash")
        .join(kin.select("hash", "person"), on="person")
        .select("row", "text", alias="hash", order=pl.lit(len(_ALIASES)))
    )
    every = pl.concat([aliases, tied]).unique(["row", "alias"], keep="first", maintain_order=True)
    keys = _hashed(key, _with_alias(every, pl.col("alias")))
    # among tied aliases, in the order of their hashes: the same choice on every run
    return every.with_columns(natural_key=keys).sort("row", "order", "alias")


def _text(contract: Contract, sender: str) -> pl.Expr:
    parts = [pl.lit("key"), pl.lit(contract.log), pl.lit(sender)]
    return pl.concat_str(
        [*parts, *(pl.col(name).cast(pl.String) for name in contract.key)], separator=SEPARATOR
    )


def _with_alias(texts: pl.DataFrame, alias: pl.Expr) -> pl.Series:
    return texts.select(pl.concat_str("text", alias, separator=SEPARATOR).alias("key"))["key"]


def _hashed(key: bytes, texts: pl.Series) -> pl.Series:
    return keyed_hashes(key, texts).alias("natural_key")


WAITING = "withdrawals_wait"
_SHOWN = 5


def unread_rows(
    vault: Vault, contract: Contract, refused: pl.DataFrame, whose: Whose, kin: pl.DataFrame
) -> tuple[Unread, ...]:
    """The rows of `refused` (`Statement.refused_keys`, hashed) whose key can't be read, by what can be."""
    rows = refused.filter(~pl.col("key_readable"))
    if rows.is_empty():
        return ()
    keys = rows.select(_as_told(vault, contract, rows, name) for name in contract.key)
    tokens = _tokens(vault, rows, whose, kin)
    named = rows.select("row", "person_readable", "named_hash", "referred_hash").iter_rows()
    found = []
    for cells, (row, known, *hashes) in zip(keys.iter_rows(named=True), named, strict=True):
        persons = frozenset[str]().union(*(tokens.get(one, ()) for one in hashes))
        whom = persons if contract.key_has_subject and known else None
        found.append(Unread(row, {name: cell for name, cell in cells.items() if cell is not None}, whom))
    return tuple(found)


def waiting_warning(waiting: int, unread: Sequence[Unread]) -> Warned:
    """The warning that `waiting` events stay, though no row restates them, because of the rows `unread`."""
    shown = ", ".join(str(one.row) for one in unread[:_SHOWN])
    more = f" et {len(unread) - _SHOWN} autres" if len(unread) > _SHOWN else ""
    them = "un fait" if waiting == 1 else f"{waiting} faits"
    rows = f"de la ligne {shown}" if len(unread) == 1 else f"des lignes {shown}{more}"
    message = (
        f"Retrait en attente pour {them} que l'état ne redit plus : la clé {rows} est illisible, et ce "
        "pourrait être la leur. Corriger et renvoyer l'état : ce qui n'y figure plus sera alors retiré."
    )
    return Warned(WAITING, message, row=unread[0].row if len(unread) == 1 else None)


def _as_told(vault: Vault, contract: Contract, rows: pl.DataFrame, name: str) -> pl.Series:
    """The cells of a key column as an event's data holds them."""
    match contract.column(name).kind:
        case Kind.NUMBER:
            return hash_numbers(vault, name, rows[name]).alias(name)
        case Kind.DATE:
            return rows[name].dt.strftime("%Y-%m-%d")
        case _:
            return rows[name]


def _tokens(vault: Vault, rows: pl.DataFrame, whose: Whose, kin: pl.DataFrame) -> dict[str, Collection[str]]:
    """The tokens of whoever goes by a keyed hash, and of those tied to her or him."""
    hashes = pl.concat([rows["named_hash"], rows["referred_hash"]]).drop_nulls().unique()
    known = dict(find_tokens(vault, hashes, whose.sender).select("hash", "token").iter_rows())
    tied: dict[str, set[str]] = {}
    for token, person in kin.select("token", "person").iter_rows():
        tied.setdefault(person, set()).add(token)
    groups = {name: tied[person] for name, person in kin.select("hash", "person").iter_rows()}
    return {name: {*groups.get(name, ()), *([known[name]] if name in known else [])} for name in hashes}
