"""Who a row speaks of: the keys by which the same person is known again, inside one file."""

import polars as pl

from bilan.contracts import Subject
from bilan.intake.cells import fault, name_fold, precision
from bilan.intake.dates import as_written
from bilan.intake.text import number, trimmed

KEY, REF = "subject_key", "subject_ref"
_PERSON = "person"


def with_subject(rows: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """Add `subject_key` ("nom|prenom|naissance", null unless whole) and `subject_ref` (null when blank).

    Names are folded; a birth date is written as precisely as it is known.
    """
    return rows.with_columns(_name(subject).alias(KEY), _reference(subject).alias(REF))


def _name(subject: Subject) -> pl.Expr:
    parts = [pl.col(name_fold(name)) for name in (subject.surname, subject.given_name) if name]
    if subject.birth_date:
        parts.append(as_written(pl.col(subject.birth_date), pl.col(precision(subject.birth_date))))
    return pl.concat_str(*parts, separator="|", ignore_nulls=False) if parts else pl.lit(None, pl.String)


def _reference(subject: Subject) -> pl.Expr:
    if subject.reference is None:
        return pl.lit(None, pl.String)
    return trimmed(number(pl.col(subject.reference)))


def any_named(subject: Subject) -> pl.Expr:
    """Whether a name or a birth date is given, readable or not."""
    return pl.any_horizontal(given(name) for name in subject.named_columns)


def all_named(subject: Subject) -> pl.Expr:
    """Whether every nominative cell but the reference is given, readable or not."""
    return pl.all_horizontal(given(name) for name in subject.named_columns)


def given(name: str) -> pl.Expr:
    """Whether a cell is filled, readable or not."""
    return pl.col(name).is_not_null() | pl.col(fault(name)).is_not_null()


def person(rows: pl.DataFrame) -> pl.Series:
    """One label per row for the person it speaks of; null when nobody.

    Two rows speak of one person when their keys are equal, or their references, or when rows that
    hold both tie the one to the other, however long the chain.
    """
    ties = rows.select(KEY, REF).drop_nulls().unique()
    own_key, own_ref = "key\0" + pl.col(KEY), "ref\0" + pl.col(REF)
    if ties.is_empty():
        return rows.select(pl.coalesce(own_key, own_ref).alias(_PERSON)).to_series()
    labels = _components(ties)
    by_key = labels.select(KEY, by_key=_PERSON).unique()
    by_ref = labels.select(REF, by_ref=_PERSON).unique()
    joined = rows.select(KEY, REF).join(by_key, on=KEY, how="left", maintain_order="left")
    joined = joined.join(by_ref, on=REF, how="left", maintain_order="left")
    return joined.select(pl.coalesce("by_key", "by_ref", own_key, own_ref).alias(_PERSON)).to_series()


def _components(ties: pl.DataFrame) -> pl.DataFrame:
    """Label every tie by the smallest key that a chain of ties leads to."""
    labels = ties.with_columns(("key\0" + pl.col(KEY)).alias(_PERSON))
    while True:
        spread = labels.with_columns(pl.col(_PERSON).min().over(REF))
        spread = spread.with_columns(pl.col(_PERSON).min().over(KEY))
        if spread[_PERSON].equals(labels[_PERSON]):
            return spread
        labels = spread
