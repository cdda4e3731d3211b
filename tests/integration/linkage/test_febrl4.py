"""The linkage on febrl4, against what its model is held to; and what a foolish threshold would do."""

import pytest

from benchmarks.linkage import ALL, exact, probable
from bilan.linkage.comparisons import LINK_THRESHOLD, PRODUCTION

pytestmark = pytest.mark.integration
PRECISION, RECALL = 0.999, 0.96


def is_good(threshold: float) -> bool:
    found = probable(ALL, threshold)
    return found.precision >= PRECISION and found.recall >= RECALL


def test_the_link_threshold_is_good() -> None:
    assert is_good(LINK_THRESHOLD)


@pytest.mark.parametrize("foolish", [0.001, 0.999])
def test_a_foolish_threshold_is_not(foolish: float) -> None:
    assert not is_good(foolish)


def test_three_columns_err_little_and_find_more_than_equal_keys() -> None:
    found = probable(PRODUCTION)
    assert found.precision >= PRECISION
    assert found.recall > exact().recall
    # published for the same key: P 1.000, R 0.443 (design's reference, README)
    assert exact().precision == 1.0
    assert exact().recall == pytest.approx(0.443, abs=0.02)
