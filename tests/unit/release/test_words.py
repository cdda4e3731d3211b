"""Statuses, breakdowns and every value of a closed list have their words in both languages."""

from itertools import chain

import pytest

from bilan.contracts import CONTRACTS, lists
from bilan.contracts.contract import Choice
from bilan.release.wording.vocabulary import BREAKDOWNS, CODED, IN_ENGLISH, STATUSES, value_said

LISTED = {
    value
    for name, told in vars(lists).items()
    if name.isupper()
    for value in ([told] if isinstance(told, Choice) else told)
}


def test_a_word_of_the_closed_lists_has_one_english() -> None:
    """The same word of two lists is one to readers; what else it may mean is said by breakdown."""
    columns = [column for contract in CONTRACTS.values() for column in contract.columns]
    meant: dict[str, set[str]] = {}
    for choice in chain(LISTED, *(column.choices for column in columns)):
        meant.setdefault(choice, set()).add(choice.en)
    assert {french for french, english in meant.items() if len(english) > 1} == set()
    assert all(all(english) for english in meant.values())
    assert all(IN_ENGLISH[choice] == choice.en for column in columns for choice in column.choices)


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
