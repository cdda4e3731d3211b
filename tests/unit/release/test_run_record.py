"""A stage of a run: timed, told, and never quoting what it read."""

import traceback

import pytest

from bilan.errors import PlainError
from orchestration.record import RunRecord, StageFailedError


def test_stages_are_told_and_timed_in_order() -> None:
    told: list[str] = []
    record = RunRecord(told.append)
    for stage in ("lire", "publier"):
        with record.stage(stage):
            pass
    assert told == list(record.seconds) == ["lire", "publier"]


def test_a_foreign_exception_loses_its_words() -> None:
    record = RunRecord()
    with pytest.raises(StageFailedError) as caught, record.stage("lire"):
        raise ValueError("could not parse « Tremblay »")
    assert "Tremblay" not in "".join(traceback.format_exception(caught.value))
    assert "ValueError" in str(caught.value)
    assert "lire" in record.seconds


def test_an_exception_of_ours_keeps_them() -> None:
    with pytest.raises(PlainError, match="Rien à dire"), RunRecord().stage("lire"):
        raise PlainError("Rien à dire de personne")
