"""The sensor: a run for a new file, once; and no file's own name in what Dagster keeps."""

import os
from pathlib import Path

import pytest
from dagster import DagsterInstance, RunRequest, SensorResult, build_sensor_context

from bilan.home import Home
from bilan.ingest.inbox import receive_from_inbox
from orchestration.sensors import inbox_sensor

pytestmark = pytest.mark.integration


class Sensor:
    """The sensor of a home, with the cursor that Dagster would keep for it."""

    def __init__(self, home: Home, at_rest: float = 0.0) -> None:
        self.definition = inbox_sensor(home, at_rest=at_rest)
        self.cursor: str | None = None

    def look(self) -> list[RunRequest]:
        with DagsterInstance.ephemeral() as instance:
            result = self.definition(build_sensor_context(instance=instance, cursor=self.cursor))
        assert isinstance(result, SensorResult)
        self.cursor = result.cursor
        return list(result.run_requests or ())


@pytest.fixture
def sensor(empty_home: Home) -> Sensor:
    return Sensor(empty_home)


def land(home: Home, name: str, content: str = "no_evenement") -> Path:
    file = home.inbox / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    return file


def test_an_empty_inbox_asks_for_nothing(sensor: Sensor) -> None:
    assert sensor.look() == []


def test_a_new_file_asks_for_one_run(empty_home: Home, sensor: Sensor) -> None:
    land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    assert len(sensor.look()) == 1
    assert sensor.look() == []


def test_another_file_or_another_content_asks_again(empty_home: Home, sensor: Sensor) -> None:
    file = land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    [first] = sensor.look()
    land(empty_home, "SPAL/accusations_2010-03-31.csv")
    [second] = sensor.look()
    file.write_text("no_evenement;motif")
    [third] = sensor.look()
    assert len({first.run_key, second.run_key, third.run_key}) == 3


def test_a_file_taken_and_sent_once_more_asks_again(empty_home: Home, sensor: Sensor) -> None:
    file = land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    assert sensor.look()
    file.unlink()
    assert sensor.look() == []
    os.utime(land(empty_home, "SPAL/arrestations_2010-03-31.csv"), (1_000_000, 1_000_000))
    assert sensor.look()


def test_a_file_that_is_still_landing_waits(empty_home: Home) -> None:
    patient = Sensor(empty_home, at_rest=3600)
    file = land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    assert patient.look() == []
    os.utime(file, (1_000_000, 1_000_000))
    assert len(patient.look()) == 1


def test_nothing_but_sender_log_and_date_is_kept(empty_home: Home, sensor: Sensor) -> None:
    land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    land(empty_home, "SPAL/Dossier Tremblay.csv")
    [request] = sensor.look()
    kept = f"{request.run_key} {dict(request.tags)} {request.run_config} {sensor.cursor}"
    assert "Tremblay" not in kept
    assert request.tags["bilan/first"] == "SPAL/arrestations/2010-03-31"


@pytest.mark.parametrize("modified", [4_000_000_000, "now"])
def test_no_file_keeps_the_others_waiting(empty_home: Home, modified: int | str) -> None:
    """One dated in the future, or one that never stops changing."""
    patient = Sensor(empty_home, at_rest=60)
    restless = land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    if modified != "now":
        os.utime(restless, (int(modified), int(modified)))
    os.utime(land(empty_home, "CJM/echanges_2010-03-31.csv"), (1_000_000, 1_000_000))
    [request] = patient.look()
    assert request.tags["bilan/first"] == "CJM/echanges/2010-03-31"
    assert patient.look() == []


def test_a_name_of_no_encoding_and_what_is_no_file_are_passed_over(empty_home: Home, sensor: Sensor) -> None:
    land(empty_home, os.fsdecode(b"SPAL/arrestations\xff\x1b_2010-03-31.csv"))
    os.mkfifo(empty_home.inbox / "SPAL" / "accusations_2010-03-31.csv")
    (empty_home.inbox / "SPAL" / "echanges_2010-03-31.csv").symlink_to("/etc/hostname")
    [request] = sensor.look()
    assert request.tags["bilan/files"] == "1"


def test_what_a_killed_run_was_taking_asks_again(empty_home: Home, sensor: Sensor) -> None:
    file = land(empty_home, "SPAL/arrestations_2010-03-31.csv")
    [first] = sensor.look()
    receive_from_inbox(empty_home.inbox, file)
    [again] = sensor.look()
    assert again.run_key != first.run_key
