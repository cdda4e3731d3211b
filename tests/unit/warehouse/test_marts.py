"""Every mart says what its columns mean, once, and what makes a row of it the only one."""

import re
from collections import Counter
from typing import Any

import pytest

from bilan.building.dbt import PROJECT
from tests.marts import MARTS, described_marts

UNCONSTRAINED = PROJECT / "tests" / "marts_have_one_row_per_key.sql"  # keys in which a null has a meaning


def undescribed(marts: dict[str, dict[str, Any]]) -> list[str]:
    return [
        f"{name}.{column['name']}"
        for name, model in marts.items()
        for column in model["columns"]
        if not column.get("description")
    ]


def has_primary_key(model: dict[str, Any]) -> bool:
    of_columns = [one for column in model["columns"] for one in column.get("constraints", [])]
    return "primary_key" in {one["type"] for one in [*model.get("constraints", []), *of_columns]}


@pytest.mark.integration
def test_every_column_is_described() -> None:
    assert undescribed(described_marts()) == []


def test_a_column_without_a_description_is_named() -> None:
    assert undescribed({"fct_arrest": {"columns": [{"name": "gang"}]}}) == ["fct_arrest.gang"]


def test_no_sentence_stands_twice() -> None:
    files = [*MARTS.glob("*.yml"), *MARTS.glob("*.md")]
    texts = (re.findall(r'description: (?:&\w+ )?"([^{].*?)"[}\n]', file.read_text()) for file in files)
    blocks = (re.findall(r"%}\n(.+)\n{% enddocs", file.read_text()) for file in files)
    sentences = Counter(sentence for told in (*texts, *blocks) for sentence in told)
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


@pytest.mark.integration
def test_every_mart_has_a_key() -> None:
    checked = set(re.findall(r"'(\w+)':", UNCONSTRAINED.read_text()))
    for name, model in described_marts().items():
        assert has_primary_key(model) != (name in checked), name
