"""Statuses, breakdowns and every value of a closed list have their words in both languages."""

import pytest

from bilan.contracts import CONTRACTS, lists
from bilan.release.wording.vocabulary import BREAKDOWNS, CODED, IN_ENGLISH, STATUSES, value_said

CHOICES = sorted(
    {value for contract in CONTRACTS.values() for column in contract.columns for value in column.choices}
)
LISTED = sorted(
    {
        value
        for name, told in vars(lists).items()
        if name.isupper()
        for value in ([told] if isinstance(told, str) else told)
    }
)


@pytest.mark.parametrize("value", sorted({*CHOICES, *LISTED}))
def test_every_value_of_a_closed_list_has_its_english(value: str) -> None:
    assert value in {*IN_ENGLISH, *(code for _, code in CODED)}


def test_statuses_breakdowns_and_logs_have_both_languages() -> None:
    assert all(said.fr and said.en for said in (*STATUSES.values(), *BREAKDOWNS.values(), *CODED.values()))
    assert set(CONTRACTS) <= IN_ENGLISH.keys()


@pytest.mark.parametrize(
    ("breakdown", "value", "english"),
    [
        ("axe_cible", "primaire × victime", "primary × victim"),
        ("trajet", "hébergement > scolaire", "housing > school services"),
        ("milieu", "scolaire", "schools"),
        ("direction", "CJM > SPAL", "CJM > SPAL"),
        ("bailleur", "PAFARC", "PAFARC"),
    ],
)
def test_a_value_is_put_in_english(breakdown: str, value: str, english: str) -> None:
    assert value_said(breakdown, value) == (value, english)


def test_a_code_is_put_in_words_of_both_languages() -> None:
    french, english = "nom transmis sans consentement", "name sent without consent"
    assert value_said("breach", "consent_breach") == (french, english)
