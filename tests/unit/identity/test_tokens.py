from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bilan.identity.access import Access
from bilan.identity.links import Link
from bilan.identity.subjects import read_attributes
from bilan.identity.tokens import Persons, Whose, random_tokens, resolve
from bilan.identity.vault import Vault, VaultError

People = Callable[..., pl.DataFrame]
Take = Callable[[pl.DataFrame, Whose], tuple[Persons, list[Link]]]
A, B = "roy|eric|1990-01-01", "cote|ana|1991-02-02"

WHY = Access("un essai")


def test_one_token_per_person_however_many_rows(people: People, spal: Whose, take: Take) -> None:
    persons, _ = take(people((A, None), (B, None), (A, None)), spal)
    first, second, third = persons.rows["subject"]
    assert first == third != second
    assert persons.fresh.height == 2


def test_a_person_is_found_again(people: People, spal: Whose, take: Take) -> None:
    before, _ = take(people((A, None)), spal)
    after, _ = take(people((B, None), (A, None)), replace(spal, day=date(2010, 4, 30)))
    assert after.rows["subject"][1] == before.rows["subject"][0]
    assert after.fresh.height == 1


@pytest.mark.parametrize("other", [{"sender": "CJM"}, {"namespace": "participant"}])
def test_senders_and_namespaces_have_tokens_of_their_own(
    people: People, spal: Whose, take: Take, other: dict[str, Any]
) -> None:
    here, _ = take(people((A, None)), spal)
    there, _ = take(people((A, None)), replace(spal, **other))
    assert here.rows["subject"][0] != there.rows["subject"][0]


def test_a_name_and_a_reference_stay_two_tokens_and_are_kin(people: People, spal: Whose, take: Take) -> None:
    persons, _ = take(people((A, "R1"), (None, "R1"), (B, None)), spal)
    named, referred = persons.rows.select("named", "referred").row(0)
    assert named != referred
    assert persons.rows["subject"].to_list()[:2] == [named, referred]
    assert set(persons.kin["token"]) == {named, referred}
    assert persons.kin["person"].n_unique() == 1


def test_kin_is_remembered_for_that_log_alone(people: People, spal: Whose, take: Take, vault: Vault) -> None:
    take(people((A, "R1")), spal)
    assert resolve(vault, people((A, None)), spal).kin.height == 2
    assert resolve(vault, people((A, None)), replace(spal, log="references")).kin.is_empty()


def test_nothing_is_written_before_the_batch(people: People, spal: Whose, vault: Vault) -> None:
    one = resolve(vault, people((A, None)), spal)
    other = resolve(vault, people((A, None)), spal)
    assert one.rows["subject"][0] != other.rows["subject"][0]
    assert vault.rows("select count(*) from subjects") == [(0,)]


def test_attributes_are_sealed_and_can_be_read_back(
    people: People, spal: Whose, take: Take, vault: Vault, tmp_path: Path
) -> None:
    persons, _ = take(people((A, "R1")), spal)
    named, referred = persons.rows.select("named", "referred").row(0)
    assert read_attributes(vault, named, WHY)["surname"] == A
    assert read_attributes(vault, referred, WHY) == {
        "surname": None,
        "given_name": None,
        "birth_date": None,
        "reference": "R1",
    }
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"roy" not in stored


def test_an_unknown_token_has_no_attributes(vault: Vault) -> None:
    with pytest.raises(VaultError):
        read_attributes(vault, "p_0", WHY)


def test_a_late_statement_moves_the_first_sighting_back(
    people: People, spal: Whose, take: Take, vault: Vault
) -> None:
    take(people((A, None)), spal)
    take(people((A, None)), replace(spal, log="arrestations", day=date(2009, 1, 31)))
    take(people((A, None)), replace(spal, log="arrestations", day=date(2011, 1, 31)))
    assert vault.rows("select first_seen from lookups") == [("2009-01-31",)]


def test_tokens_are_random() -> None:
    tokens = pl.Series(random_tokens(1000))
    assert tokens.n_unique() == 1000
    assert tokens.str.contains("^p_[0-9a-f]{32}$").all()
