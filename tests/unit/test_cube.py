"""The cube's words are the same wherever they need more than a name: a type, a translation, an option."""

from bilan.cli.kpi import PERIODS_FR, PeriodKind
from bilan.cube import COMPUTED, DIMENSIONS, MEASURES, PERIOD_KINDS, SUPPRESSED
from bilan.dashboards.tables import KPI_VALUES
from bilan.release.package import statuses
from bilan.release.wording.vocabulary import STATUSES


def test_the_columns_that_are_read_have_those_names() -> None:
    assert tuple(KPI_VALUES.columns) == (*DIMENSIONS, *MEASURES)


def test_every_kind_of_period_can_be_asked_for_and_is_told_in_french() -> None:
    assert tuple(PeriodKind) == tuple(PERIODS_FR) == PERIOD_KINDS


def test_every_status_has_its_words_and_its_codes() -> None:
    every = {*COMPUTED, SUPPRESSED}
    assert STATUSES.keys() == statuses.STATUSES.keys() == every
