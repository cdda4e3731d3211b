"""A planted build, current for the attacks alone, and the field found once."""

from collections.abc import Iterator

import pytest

from tests.integration.superset.attacks.attack_field import Field, plant
from tests.integration.superset.published_sample import switch_to
from tests.integration.superset.superset_pages import RunningSuperset

BUILD, PLANTED, PLANTED_AGAIN = 1, 901, 902


@pytest.fixture(scope="session")
def field(superset: RunningSuperset) -> Iterator[Field]:
    for number in (PLANTED, PLANTED_AGAIN):
        plant(superset.home.published, BUILD, number)
    found = Field(superset)
    found.look_around()
    yield found
    for client in found.clients.values():
        client.close()


@pytest.fixture(scope="module", autouse=True)
def _planted(field: Field) -> Iterator[None]:
    """The planted build for this module alone: what comes after reads the usual one."""
    switch_to(field.superset.home.root, PLANTED)
    yield
    switch_to(field.superset.home.root, BUILD)
