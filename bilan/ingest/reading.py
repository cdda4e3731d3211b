"""A statement read in the light of the vault: who its rows speak of, and what they would assert."""

from dataclasses import dataclass, replace

import polars as pl

from bilan.contracts import CONTRACTS, Contract, Kind
from bilan.identity.crypto import keyed_hash
from bilan.identity.erasures import tombstones
from bilan.identity.numbers import hash_numbers
from bilan.identity.tokens import ATTRIBUTES, Persons, Whose, hash_persons, resolve
from bilan.identity.vault import Vault
from bilan.ingest.barred import erased_rows, withdrawn_rows, without_withdrawn_cells
from bilan.ingest.candidates import candidate_events, hashed
from bilan.ingest.natural_keys import NO_KIN, possible_keys, row_keys, unread_rows
from bilan.intake import Statement
from bilan.ledger.decide import CONTENT, Question

DUPLICATE = "duplicate_key"
DUPLICATE_MESSAGE = (
    "La même clé figure sur plusieurs lignes dont le contenu diffère, par le nom ou par la référence "
    "de la même personne : n'en garder qu'une."
)


@dataclass(frozen=True)
class Reading:
    """What a statement says once its persons are known.

    `contradicted`: sheet rows that share a key, by aliases that an earlier statement tied, and differ.
    `erased`: sheet rows that speak of a person who was erased. `withdrawn`: those that exchange the name
    of someone who has withdrawn consent.
    """

    question: Question
    persons: Persons
    rows: pl.DataFrame  # one per key: intake's columns, with natural_key, subject and hashed numbers
    contradicted: list[int]
    erased: list[int]
    withdrawn: list[int]


def read(vault: Vault, statement: Statement, believed: pl.Series) -> Reading:
    """Read a statement. `believed`: the natural keys that stand for its log and sender."""
    source, contract = statement.source, CONTRACTS[statement.source.log]
    namespace = "person" if contract.subject.birth_date else "participant"
    whose = Whose(source.sender, source.log, namespace, source.statement_date)
    buried = tombstones(vault, source.sender, source.log)
    erased = erased_rows(vault, contract, statement, whose, buried)
    withdrawn = withdrawn_rows(vault, contract, statement, whose)
    barred = statement.accepted.filter(pl.col("row").is_in(withdrawn)).with_columns(key_readable=True)
    barred_keys = possible_keys(
        vault.keys.natural, contract, source.sender, hash_persons(vault, barred, whose), kin=NO_KIN
    )
    statement = replace(
        statement, accepted=statement.accepted.filter(~pl.col("row").is_in([*erased, *withdrawn]))
    )
    persons = resolve(vault, _people(contract, statement.accepted), whose)
    persons = without_withdrawn_cells(vault, contract, persons)
    rows = _keyed(vault, contract, statement, persons, believed)
    rows, contradicted = _without_contradictions(contract, rows, statement, persons)
    refused = hash_persons(vault, statement.refused_keys, whose)
    refused_keys = possible_keys(vault.keys.natural, contract, source.sender, refused, kin=persons.kin)
    question = Question(
        source=source.sender,
        log=source.log,
        day=source.statement_date,
        restates=contract.restates,
        candidates=candidate_events(contract, rows, source.statement_date),
        accepted_keys=rows["natural_key"],
        refused_keys=pl.concat(
            [frame["natural_key"] for frame in (refused_keys, contradicted, barred_keys)] + [buried]
        ),
        unread=unread_rows(vault, contract, refused, whose, persons.kin),
        kin=persons.kin,
    )
    return Reading(question, persons, rows, contradicted["row"].to_list(), erased, withdrawn)


def originals(reading: Reading, drafts: pl.DataFrame) -> pl.DataFrame:
    """The numbers behind the keyed hashes of a statement's new events: hash, number."""
    rows = reading.rows.join(drafts, on="natural_key", how="semi")
    names = _numbers(CONTRACTS[reading.question.log])
    found = [rows.select(hash=hashed(name), number=name).drop_nulls() for name in names]
    return pl.concat(found).unique("hash", maintain_order=True)


def link_key(vault: Vault, token: str, other: str, method: str) -> str:
    """The natural key of a link event."""
    return keyed_hash(vault.keys.natural, f"link|{method}|{token}|{other}")


def _people(contract: Contract, accepted: pl.DataFrame) -> pl.DataFrame:
    subject = contract.subject
    cells = (subject.surname, subject.given_name, subject.birth_date, subject.reference)
    return accepted.select(
        "row",
        "subject_key",
        "subject_ref",
        *(
            (pl.col(cell).cast(pl.String) if cell else pl.lit(None, pl.String)).alias(name)
            for name, cell in zip(ATTRIBUTES, cells, strict=True)
        ),
    )


def _keyed(
    vault: Vault, contract: Contract, statement: Statement, persons: Persons, believed: pl.Series
) -> pl.DataFrame:
    known = persons.rows.select("row", "named_hash", "referred_hash", "subject")
    rows = statement.accepted.join(known, on="row", how="left", maintain_order="left")
    rows = rows.filter(~pl.col("repeat"))
    sender, key = statement.source.sender, vault.keys.natural
    keys = row_keys(key, contract, sender, rows, kin=persons.kin, believed=believed)
    numbers = (hash_numbers(vault, name, rows[name]).alias(hashed(name)) for name in _numbers(contract))
    return rows.with_columns(keys.alias("natural_key"), *numbers)


def _numbers(contract: Contract) -> list[str]:
    return [column.name for column in contract.columns if column.kind is Kind.NUMBER]


def _without_contradictions(
    contract: Contract, rows: pl.DataFrame, statement: Statement, persons: Persons
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per key, and the rows (`row`, `natural_key`) whose key another row gives otherwise.

    Within one file, intake has already seen to it; what is left are rows that only an earlier
    statement shows to be of one person.
    """
    shared = rows.filter(pl.len().over("natural_key") > 1)
    none = rows.select("row", "natural_key").clear()
    if shared.is_empty():
        return rows, none
    same_person = dict(persons.kin.select("token", "person").iter_rows())
    events = candidate_events(contract, shared, statement.source.statement_date).with_columns(
        pl.col("subject").replace(same_person)
    )
    content = pl.concat_str(
        "type", *(pl.col(c).cast(pl.String).fill_null("\x00") for c in CONTENT), separator="\x1f"
    )
    payloads = events.group_by("row", "natural_key", maintain_order=True).agg(
        content.sort().str.join("\x1e").alias("all")
    )
    differing = payloads.filter(pl.col("all").n_unique().over("natural_key") > 1).select("row", "natural_key")
    kept = rows.join(differing, on="row", how="anti", maintain_order="left")
    return kept.unique("natural_key", keep="first", maintain_order=True), differing
