"""Every closed list that figures are broken down by has its English."""

import pytest

from bilan.contracts import CONTRACTS, lists
from bilan.release.english import BREAKDOWNS_EN, STATUSES_EN, VALUES_EN, value_in_english
from bilan.release.labels import BREAKDOWN_VALUES, BREAKDOWNS, STATUSES

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
    assert value in VALUES_EN


def test_statuses_breakdowns_and_values_have_both_languages() -> None:
    assert STATUSES_EN.keys() == STATUSES.keys()
    assert BREAKDOWNS_EN.keys() == BREAKDOWNS.keys()
    assert {value for _, value in BREAKDOWN_VALUES} <= VALUES_EN.keys()
    assert set(CONTRACTS) <= VALUES_EN.keys()


@pytest.mark.parametrize(
    ("breakdown", "value", "english"),
    [
        ("axe_cible", "primaire × victime", "primary × victim"),
        ("trajet", "hébergement > scolaire", "housing > school services"),
        ("milieu", "scolaire", "schools"),
        ("direction", "CJM > SPAL", "CJM > SPAL"),
        ("bailleur", "PAFARC", "PAFARC"),
        ("breach", "consent_breach", "name sent without consent"),
    ],
)
def test_a_value_is_put_in_english(breakdown: str, value: str, english: str) -> None:
    assert value_in_english(breakdown, value) == english
