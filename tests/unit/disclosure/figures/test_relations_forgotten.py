"""Each relation that the protection derives keeps a secret: forget it, and the attacker tells one more."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl
import pytest

from bilan.disclosure.figures import Earlier, programme, protect_figures, relations
from bilan.disclosure.figures.stretches import Stretches
from tests.attacker.attack import attack
from tests.attacker.report import found_by, truth_of
from tests.unit.disclosure.figures.figures import SCHEMA, START, catalogue, day
from tests.unit.disclosure.figures.partnerships import catalogue_of

FORMATS = {"P09.accepted_share": "rate", "M05": "count", "M05.met": "count"}
FORMATS |= {"P09.refused": "count"}
COUNTED = catalogue(
    {"code": "M05.met", "counts_numerator": "persons of met"},
    {"code": "M05", "counts_numerator": "persons of met where referred"},
    {
        "code": "P09.accepted_share",
        "format": "rate",
        "counts_numerator": "events of decisions where decision=accepted",
        "counts_denominator": "events of decisions",
    },
    {
        "code": "P09.refused",
        "attributed_to": "sender",
        "counts_numerator": "events of refusals",
        "publishes_breakdown": "raison_refus: total",
    },
)

NOTHING: dict[str, object] = {"_divided": ([], set()), "stretches_of": Stretches(0)}


class Relation(NamedTuple):
    """What derives a relation, figures that need it, who attacks (nobody: the public)."""

    derives: tuple[Any, str]
    figures: tuple[dict[str, object], ...]
    attacker: str | None = None


def row(code: str, numerator: float, **told: object) -> dict[str, object]:
    """A figure of the whole time."""
    denominator = told.get("denominator")
    return {
        "code": code,
        "programme": "Pj",
        "period_kind": "total",
        "period_start": START,
        "period_end": day(11, last=True),
        "value": numerator / float(denominator) if denominator else numerator,  # type: ignore[arg-type]
        "numerator": numerator,
        "status": "value",
        "known_at": START,
        **told,
    }


def quarters(code: str, *counts: int) -> Iterator[dict[str, object]]:
    for at, count in enumerate(counts):
        first, last = day(3 * at), day(3 * at + 2, last=True)
        yield row(code, count, period_kind="quarter", period_start=first, period_end=last)


RELATIONS = {
    "the values of a breakdown make their whole": Relation(
        (relations, "_divided"),
        (
            row("P09.refused", 33),
            row("P09.refused", 20, breakdown="raison_refus", breakdown_value="manque de place"),
            row("P09.refused", 10, breakdown="raison_refus", breakdown_value="hors territoire"),
            row("P09.refused", 3, breakdown="raison_refus", breakdown_value="autre"),
        ),
    ),
    "a rate leaves a count out": Relation(
        (relations, "_subsets"), (row("P09.accepted_share", 30, denominator=33.0),)
    ),
    "who was met and not referred": Relation((relations, "_subsets"), (row("M05.met", 43), row("M05", 41))),
    "towns make the whole": Relation(
        (relations, "_over_territories"),
        (
            row("P09.refused", 33),
            row("P09.refused", 20, territory="N"),
            row("P09.refused", 10, territory="E"),
            row("P09.refused", 3, territory="S"),
        ),
    ),
    "quarters make the whole time": Relation(
        (programme, "stretches_of"), (row("P09.refused", 43), *quarters("P09.refused", 20, 10, 3, 10))
    ),
    "a partner knows its own": Relation(
        (programme, "partners_of"),
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
    findings = attack([protect_figures(exact, COUNTED).public], entries, own)
    return int(found_by(findings, truth_of([exact], entries))["found"].sum())


@pytest.mark.parametrize("name", RELATIONS)
def test_a_small_count_is_told_when_its_relation_is_forgotten(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    relation = RELATIONS[name]
    assert told(relation) == 0
    place, derives = relation.derives
    monkeypatch.setattr(place, derives, lambda *_: NOTHING.get(derives, []))
    assert told(relation) > 0


def test_what_a_release_told_is_not_forgotten() -> None:
    """One more in a town, beside a release that told it: the town is hidden, and another with it."""
    towns = {"N": 20, "E": 10, "S": 8}
    then = [row("P09.refused", 38), *(row("P09.refused", n, territory=t) for t, n in towns.items())]
    now = [
        row("P09.refused", 39),
        *(row("P09.refused", n + (t == "E"), territory=t) for t, n in towns.items()),
    ]
    before, after = (pl.DataFrame(rows, schema=SCHEMA) for rows in (then, now))
    first = protect_figures(before, COUNTED).public
    assert first["status"].to_list() == ["value"] * 4
    second = protect_figures(after, COUNTED, [Earlier(before, first)])
    assert second.safe
    shown = second.public.filter(pl.col("status") == "value")["territory"].to_list()
    assert None in shown and "E" not in shown and len(shown) == 2
