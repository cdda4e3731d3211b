"""Refused rows whose key can be read in part only, and the warning that their sender gets."""

from collections.abc import Collection, Sequence

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.identity.numbers import hash_numbers
from bilan.identity.tokens import Whose, find_tokens
from bilan.identity.vault import Vault
from bilan.intake.inputs import Warned
from bilan.ledger.decide import Unread

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
