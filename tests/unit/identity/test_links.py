from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from bilan.identity.links import EXACT, REFERENCE, Link
from bilan.identity.tokens import Persons, Whose

People = Callable[..., pl.DataFrame]
Take = Callable[[pl.DataFrame, Whose], tuple[Persons, list[Link]]]
A = "roy|eric|1990-01-01"
MARCH, APRIL, JANUARY = date(2010, 3, 31), date(2010, 4, 30), date(2010, 1, 31)


def test_the_same_name_from_another_sender_is_linked_at_the_later_sighting(
    people: People, spal: Whose, take: Take
) -> None:
    here, none = take(people((A, None)), spal)
    there, links = take(people((A, None)), replace(spal, sender="CJM", day=APRIL))
    assert none == []
    [link] = links
    assert (link.method, link.reported_on) == (EXACT, APRIL)
    assert [link.token, link.other] == sorted([here.rows["subject"][0], there.rows["subject"][0]])


def test_every_pair_is_linked(people: People, spal: Whose, take: Take) -> None:
    counts = [len(take(people((A, None)), replace(spal, sender=sender))[1]) for sender in ("A", "B", "C")]
    assert counts == [0, 1, 2]


def test_a_link_is_told_once(people: People, spal: Whose, take: Take) -> None:
    take(people((A, None)), spal)
    cjm = replace(spal, sender="CJM", day=APRIL)
    take(people((A, None)), cjm)
    assert take(people((A, None)), cjm)[1] == []
    assert take(people((A, None)), spal)[1] == []


def test_a_link_is_told_again_when_it_turns_out_older(people: People, spal: Whose, take: Take) -> None:
    take(people((A, None)), replace(spal, day=JANUARY))
    take(people((A, None)), replace(spal, sender="CJM", day=APRIL))
    _, [again] = take(people((A, None)), replace(spal, sender="CJM", log="references", day=MARCH))
    assert again.reported_on == MARCH


def test_a_row_with_both_links_the_name_and_the_reference(people: People, spal: Whose, take: Take) -> None:
    persons, [link] = take(people((A, "R1"), (A, "R1")), spal)
    assert (link.method, link.reported_on) == (REFERENCE, MARCH)
    assert {link.token, link.other} == set(persons.rows.select("named", "referred").row(0))
    assert take(people((A, "R1")), replace(spal, day=APRIL))[1] == []


def test_a_reference_means_something_to_its_sender_alone(people: People, spal: Whose, take: Take) -> None:
    take(people((None, "R1")), spal)
    assert take(people((None, "R1")), replace(spal, sender="CJM"))[1] == []


def test_participants_are_not_linked_to_persons(people: People, spal: Whose, take: Take) -> None:
    take(people(("roy|eric", None)), spal)
    assert take(people(("roy|eric", None)), replace(spal, sender="COORD", namespace="participant"))[1] == []
