"""A planted build, current for the attacks alone, and the field found once."""

from collections.abc import Iterator

import pytest

from tests.integration.superset.attacks.attack_field import Field, plant
from tests.integration.superset.published_sample import switch_to
from tests.integration.superset.superset_pages import RunningSuperset

BUILD, PLANTED, PLANTED_AGAIN = 1, 901, 902


@pytest.fixture(scope="package")
def field(superset: RunningSuperset) -> Iterator[Field]:
    for number in (PLANTED, PLANTED_AGAIN):
        plant(superset.home.published, BUILD, number)
    switch_to(superset.home.root, PLANTED)
    found = Field(superset)
    found.look_around()
    yield found
    for client in found.clients.values():
        client.close()
    switch_to(superset.home.root, BUILD)
