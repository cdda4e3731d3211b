"""Each relation that the protection holds keeps a secret: forget it, and the attacker tells one more."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import polars as pl
import pytest

from bilan.disclosure.kpi import protect_figures, quantities
from tests.attacker.attack import attack
from tests.attacker.report import found_by, truth_of
from tests.unit.disclosure.kpi.figures import SCHEMA, START, day
from tests.unit.disclosure.kpi.partnerships import catalogue_of

FORMATS = {"P09.accepted_share": "rate", "P09.refused": "count", "P10": "ratio"}
FORMATS |= dict.fromkeys(("P10.returns", "P10.transfers"), "count")


class Relation(NamedTuple):
    """How the protection forgets a relation, figures that need it, and the partner who attacks, if any."""

    forget: Callable[[pytest.MonkeyPatch], None]
    figures: tuple[dict[str, object], ...]
    attacker: str | None = None


def row(code: str, numerator: float, **told: object) -> dict[str, object]:
    """A figure of the whole time, with as many persons as it counts."""
    denominator = told.get("denominator")
    return {
        "code": code,
        "programme": "Pj",
        "period_kind": "total",
        "period_start": START,
        "period_end": day(11, last=True),
        "value": numerator / float(denominator) if denominator else numerator,  # type: ignore[arg-type]
        "numerator": numerator,
        "n_persons": int(denominator or numerator),  # type: ignore[call-overload]
        "status": "value",
        "known_at": START,
        **told,
    }


def no_sums(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(quantities, "SUMS", ())


def no_rest(patch: pytest.MonkeyPatch) -> None:
    contents = quantities._contents

    def without(frame: pl.DataFrame) -> Iterator[tuple[str, quantities.Ints]]:
        return (told for told in contents(frame) if told[0] != quantities.REST)

    patch.setattr(quantities, "_contents", without)


def no_partners(patch: pytest.MonkeyPatch) -> None:
    wholes = quantities._wholes_of

    def without(name: quantities.Slice) -> Iterator[quantities.Slice]:
        return wholes(name) if name.partner is None else iter(())

    patch.setattr(quantities, "_wholes_of", without)


RELATIONS = {
    "returns and transfers make the moves": Relation(
        no_sums,
        (
            row("P10", 23, denominator=20.0),
            row("P10.transfers", 20),
            row("P10.returns", 3),
        ),
    ),
    "a rate leaves a count out": Relation(no_rest, (row("P09.accepted_share", 30, denominator=33.0),)),
    "a partner knows its own": Relation(
        no_partners,
        (
            row("P09.refused", 23),
            row("P09.refused", 20, partner="P0"),
            row("P09.refused", 3, partner="P1"),
        ),
        "P0",
    ),
}


def told(relation: Relation) -> int:
    """How many small counts the attacker tells of those figures, protected."""
    exact = pl.DataFrame(list(relation.figures), schema=SCHEMA)
    entries = catalogue_of(FORMATS)
    own = [exact.filter(partner=relation.attacker)] if relation.attacker else None
    findings = attack([protect_figures(exact, FORMATS).public], entries, own)
    return int(found_by(findings, truth_of([exact], entries))["found"].sum())


@pytest.mark.parametrize("name", RELATIONS)
def test_a_small_count_is_told_when_its_relation_is_forgotten(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    relation = RELATIONS[name]
    assert told(relation) == 0
    relation.forget(monkeypatch)
    assert told(relation) > 0
