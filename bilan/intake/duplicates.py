"""The same key twice in one file: an exact repeat counts once, a contradiction refuses every row of it."""

import polars as pl

from bilan.contracts import Contract, EventSpec, Kind
from bilan.intake.cells import precision
from bilan.intake.subject import KEY, REF, person

TROUBLED = "troubled"  # of a refused row: the columns of which a cell is why
_PERSON = "person"
_CONTENT = "content"


def repeats(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """For rows that are valid in themselves: `row`, `repeat`, `contradicted` (Booleans), in the same order.

    What is compared is what events keep: free text, extra columns and cells that yield no event (the
    reason of a refusal, on a demand that was accepted) make no difference.
    """
    key = [*contract.key, _PERSON] if contract.key_has_subject else list(contract.key)
    keyed = rows.with_columns(person(rows).alias(_PERSON))
    shared = keyed.filter(pl.len().over(key) > 1)
    if shared.is_empty():
        return rows.select("row", repeat=pl.lit(value=False), contradicted=pl.lit(value=False))
    judged = shared.select("row", *dict.fromkeys([*key, _PERSON]), _content(contract).alias(_CONTENT)).select(
        "row",
        repeat=pl.int_range(pl.len()).over(key) > 0,
        contradicted=pl.col(_CONTENT).n_unique().over(key) > 1,
    )
    flags = rows.select("row").join(judged, on="row", how="left", maintain_order="left")
    return flags.with_columns(pl.col("repeat", "contradicted").fill_null(False))


def contradicted_by_refused(valid: pl.DataFrame, refused: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The `row` of valid rows of which a refused one of the same key says otherwise, in cells that are read.

    Nobody knows which of the two was to stay. Refused rows whose cells agree, as far as they are read, take
    no part; a cell that could not be read (`TROUBLED`) says something else than a blank one. Keys are
    readable in both.
    """
    key = [*contract.key, *([KEY, REF] if contract.key_has_subject else [])]
    fields = [name for event in contract.events for name in (event.time, *event.data)]
    names = [name for name in dict.fromkeys(fields) if name not in key]
    others = refused.select(*key, TROUBLED, *(pl.col(name).alias(_other(name)) for name in names))
    pairs = valid.select("row", *key, *names).join(others, on=key, how="inner", nulls_equal=True)
    differ = (
        (pl.col(name) != pl.col(_other(name))).fill_null(value=False)
        | (pl.col(name).is_null() & pl.col(TROUBLED).list.contains(name))
        for name in names
    )
    return pairs.filter(pl.any_horizontal(pl.lit(value=False), *differ)).select("row").unique()


def _other(name: str) -> str:
    return f"{name}:other"


def _content(contract: Contract) -> pl.Expr:
    """Everything that a row's events would hold, as one text; absent values are told from empty ones."""
    place = [pl.col("territoire")] if contract.has_territory else []
    columns = [pl.col(_PERSON), pl.col("programme"), *place]
    columns += [kept for event in contract.events for kept in _kept(event, contract)]
    texts = [column.cast(pl.String).fill_null("\1") for column in columns]
    return pl.concat_str(texts, separator="\0")


def _kept(event: EventSpec, contract: Contract) -> list[pl.Expr]:
    """The cells that an event keeps, null on rows that do not yield it."""
    yielded = _yielded(event)
    kept: list[pl.Expr] = []
    for name in (event.time, *event.data):
        kind = contract.column(name).kind
        cell = pl.col(name).list.join("\2") if kind is Kind.CHOICES else pl.col(name)
        kept.append(pl.when(yielded).then(cell))
        if kind is Kind.DATE:
            kept.append(pl.when(yielded).then(pl.col(precision(name))))
    return kept


def _yielded(event: EventSpec) -> pl.Expr:
    yielded = pl.lit(True)
    if event.when:
        column, values = event.when
        yielded = yielded & pl.col(column).is_in(list(values))
    if event.when_present:
        yielded = yielded & pl.col(event.when_present).is_not_null()
    return yielded
