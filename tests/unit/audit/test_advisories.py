"""Which advisories of a file apply to a version, and which files are none."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from audit.advisories import Advisories, AdvisoriesError

Events = list[dict[str, str]]


def advisory(events: Events | None = None, **changes: Any) -> dict[str, Any]:
    """An advisory made up, about one package."""
    ranges = [{"type": "ECOSYSTEM", "events": events}] if events else []
    affected = [{"package": {"name": "Some.Package", "ecosystem": "PyPI"}, "ranges": ranges}]
    return {"id": "MADE-UP-1", "modified": "2026-01-02T00:00:00Z", "affected": affected, **changes}


def written(folder: Path, *entries: Any) -> Path:
    file = folder / "advisories.json"
    file.write_text(json.dumps(list(entries)), "utf-8")
    return file


RANGES: dict[str, tuple[Events, str, bool]] = {
    "before the mend": ([{"introduced": "0"}, {"fixed": "2.1"}], "2.0.9", True),
    "a first draft": ([{"introduced": "0"}, {"fixed": "2.1"}], "0.dev1", True),
    "the mend": ([{"introduced": "0"}, {"fixed": "2.1"}], "2.1", False),
    "a draft of the mend": ([{"introduced": "0"}, {"fixed": "2.1"}], "2.1rc1", True),
    "a build of the mend": ([{"introduced": "0"}, {"fixed": "2.1"}], "2.1+cpu", False),
    "ten comes after nine": ([{"introduced": "2.9"}, {"fixed": "2.11"}], "2.10", True),
    "before the fault": ([{"introduced": "2.0"}, {"fixed": "2.1"}], "1.9", False),
    "the fault itself": ([{"introduced": "2.0"}, {"fixed": "2.1"}], "2.0", True),
    "the last that has it": ([{"introduced": "0"}, {"last_affected": "2.0"}], "2.0", True),
    "a build of the last": ([{"introduced": "0"}, {"last_affected": "2.0"}], "2.0+cpu", True),
    "after the last": ([{"introduced": "0"}, {"last_affected": "2.0"}], "2.0.1", False),
    "between two faults": ([{"introduced": "3"}, {"fixed": "1.5"}, {"introduced": "0"}], "2", False),
    "the second fault": ([{"introduced": "3"}, {"fixed": "1.5"}, {"introduced": "0"}], "3.1", True),
    "a bound that nobody can read": ([{"introduced": "2.0-patch-x"}, {"fixed": "2.1"}], "9", True),
}


@pytest.mark.parametrize(("events", "version", "applies"), RANGES.values(), ids=RANGES)
def test_ranges_hold_versions_as_osv_says(
    tmp_path: Path, events: Events, version: str, applies: bool
) -> None:
    found = Advisories(written(tmp_path, advisory(events))).of("some_package", version)
    assert bool(found) is applies


def test_versions_named_one_by_one(tmp_path: Path) -> None:
    part = {"package": {"name": "some-package", "ecosystem": "PyPI"}, "versions": ["1.0", "2.0.0", "odd"]}
    read = Advisories(written(tmp_path, advisory(affected=[part])))
    assert [bool(read.of("some-package", version)) for version in ("1", "2.0", "2.0+x", "3")] == [1, 1, 1, 0]


def test_what_names_no_version_means_them_all(tmp_path: Path) -> None:
    assert Advisories(written(tmp_path, advisory())).of("some-package", "1")


def test_the_versions_that_mend_are_told_oldest_first(tmp_path: Path) -> None:
    events: Events = [{"introduced": "0"}, {"fixed": "10.0"}, {"introduced": "1"}, {"fixed": "9.1"}]
    [found] = Advisories(written(tmp_path, advisory(events))).of("some-package", "9")
    assert [str(version) for version in found.fixed] == ["9.1", "10.0"]


def test_others_packages_and_what_was_withdrawn_do_not_apply(tmp_path: Path) -> None:
    elsewhere = {"package": {"name": "some-package", "ecosystem": "npm"}}
    read = Advisories(
        written(
            tmp_path,
            advisory(withdrawn="2026-01-03T00:00:00Z"),
            advisory(affected=[elsewhere]),
            {"id": "MADE-UP-2", "withdrawn": "2026-01-03T00:00:00Z"},
        )
    )
    assert (read.of("some-package", "1"), read.of("another", "1"), read.count) == ([], [], 1)


def test_a_folder_and_a_zip_say_what_a_list_says(tmp_path: Path) -> None:
    text = json.dumps(advisory())
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "folder" / "deep" / "one.json").write_text(text, "utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("MADE-UP-1.json", text)
    for path in (tmp_path / "folder", tmp_path / "all.zip"):
        read = Advisories(path)
        assert (read.count, read.newest[:10], len(read.of("some-package", "1"))) == (1, "2026-01-02", 1)


NO_OSV: dict[str, Any] = {
    "an empty list": [],
    "a report": [{"dependencies": []}],
    "words": ["MADE-UP-1"],
    "another ecosystem's": [advisory(affected=[{"package": {"name": "a", "ecosystem": "npm"}}])],
    "a later schema": [advisory(schema_version="2.0.0")],
    "nothing affected": [{"id": "MADE-UP-1"}],
    "a package without a name": [advisory(affected=[{"package": {"ecosystem": "PyPI"}}])],
    "a range without events": [
        advisory(
            affected=[{"package": {"name": "a", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM"}]}]
        )
    ],
}


@pytest.mark.parametrize("entries", NO_OSV.values(), ids=NO_OSV)
def test_what_is_no_osv_is_not_taken_for_an_all_clear(tmp_path: Path, entries: Any) -> None:
    with pytest.raises(AdvisoriesError, match=r"advisories\.json"):
        Advisories(written(tmp_path, *entries))


def test_a_file_that_is_missing_or_not_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdvisoriesError, match=r"absent\.json: there is no such"):
        Advisories(tmp_path / "absent.json")
    (tmp_path / "advisories.json").write_text("<html>", "utf-8")
    with pytest.raises(AdvisoriesError, match="not JSON"):
        Advisories(tmp_path / "advisories.json")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(AdvisoriesError, match="no advisory"):
        Advisories(empty)
