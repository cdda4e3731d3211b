"""What may be pulled: what the current build's index names, byte for byte, and nothing around it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from bilan_superset.extracts.releases import (
    NoReleaseError,
    Shelf,
    UnreadableError,
    WithdrawnError,
    is_plain,
    shelf,
)

from tests.integration.superset.extracts import extracts_sample as sample

FIGURES = "data/kpi_values.csv"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    (folder / "1").mkdir(parents=True)
    sample.write_extracts(folder / "1")
    (folder / "current").symlink_to("1")
    return folder


def changed_index(published: Path, **changes: Any) -> Shelf:
    """The shelf once the published release's line has these changes."""
    line = sample.release_out(published / "1/extracts") | changes
    sample.write_index(published / "1", [line])
    return shelf(published)


def read(found: Shelf, path: str) -> bytes:
    release = found.published(sample.NUMBER_OUT)
    with found.open_file(release, found.file_of(release, path)) as stream:
        return stream.read()


def test_a_release_is_read_byte_for_byte(published: Path) -> None:
    found = shelf(published)
    assert [release.number for release in found.releases] == [2, 1]
    assert read(found, FIGURES) == sample.figures()
    release = found.published(2)
    assert release.archive is not None
    with found.open_archive(release, release.archive) as stream:
        assert stream.read(2) == b"PK"


def test_a_withdrawn_release_gives_its_notice_and_no_file(published: Path) -> None:
    with pytest.raises(WithdrawnError) as gone:
        shelf(published).published(sample.NUMBER_WITHDRAWN)
    assert gone.value.release.notice_fr == sample.NOTICE_FR


def test_a_withdrawn_release_whose_files_were_left_in_the_index_gives_none(published: Path) -> None:
    found = changed_index(published, status="withdrawn")
    assert found.releases[0].files == ()
    assert found.releases[0].archive is None


@pytest.mark.parametrize("number", [3, 0, -1, 99])
def test_a_folder_that_the_index_does_not_name_is_no_release(published: Path, number: int) -> None:
    with pytest.raises(NoReleaseError):
        shelf(published).published(number)


@pytest.mark.parametrize("status", ["candidate", "checked", "approved", "PUBLISHED", ""])
def test_a_release_of_any_other_status_is_no_release(published: Path, status: str) -> None:
    assert changed_index(published, status=status).releases == ()


@pytest.mark.parametrize(
    "path",
    [
        "../../../1/package/LISEZMOI.md",
        "data/../LISEZMOI.md",
        "./LISEZMOI.md",
        "/etc/passwd",
        "..%2f..%2findex.json",
        "%2e%2e/index.json",
        "LISEZMOI.md\x00.csv",
        "lisezmoi.md",
        "data",
        "data/",
        "",
        "data\\kpi_values.csv",
    ],
)
def test_any_other_path_is_no_file(published: Path, path: str) -> None:
    found = shelf(published)
    with pytest.raises(NoReleaseError):
        found.file_of(found.published(2), path)


@pytest.mark.parametrize(
    "path", ["../index.json", "/etc/passwd", "a//b", "a/./b", "a/..", "", "a\\b", "a\x00b", "a\nb", "a/"]
)
def test_an_index_that_names_a_path_outside_is_refused(published: Path, path: str) -> None:
    assert not is_plain(path)
    outside = {"path": path, "bytes": 1, "sha256": "0" * 64, "media_type": "text/csv"}
    with pytest.raises(UnreadableError):
        changed_index(published, files=[outside])


@pytest.mark.parametrize(
    "changes",
    [
        {"release": "2"},
        {"release": 0},
        {"files": [{"path": "a", "bytes": -1, "sha256": "0" * 64, "media_type": "text/csv"}]},
        {"files": [{"path": "a", "bytes": 1, "sha256": "0" * 63, "media_type": "text/csv"}]},
        {"files": [{"path": "a", "bytes": 1, "sha256": "0" * 64, "media_type": "text/csv\r\nX: y"}]},
        {"files": None},
        {"archive": {"path": "x"}},
    ],
)
def test_an_index_that_is_not_one_is_refused_without_a_path(published: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError) as fault:
        changed_index(published, **changes)
    assert str(published) not in str(fault.value)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"releases": 1}', "null"])
def test_an_index_that_is_no_json_object_is_refused(published: Path, text: str) -> None:
    (published / "1/extracts/index.json").write_text(text)
    with pytest.raises(UnreadableError):
        shelf(published)


def test_the_archive_s_place_is_not_the_index_s_to_choose(published: Path) -> None:
    line = sample.release_out(published / "1/extracts")
    found = changed_index(published, archive=line["archive"] | {"path": "../../../keys/release.key"})
    archive = found.published(2).archive
    assert archive is not None
    assert archive.path == "bilan-2.zip"


@pytest.mark.parametrize("place", ["data/kpi_values.csv", "data", ""])
def test_a_symbolic_link_is_never_followed(published: Path, tmp_path: Path, place: str) -> None:
    """The file itself, a folder on the way, the whole package: replaced by a link to the same bytes."""
    found = shelf(published)
    package = published / "1/extracts/2/package"
    moved = tmp_path / "ailleurs"
    (package / place).rename(moved)
    (package / place).symlink_to(moved)
    with pytest.raises(UnreadableError):
        read(found, FIGURES)


def test_a_pipe_in_place_of_a_file_holds_nobody(published: Path) -> None:
    path = published / "1/extracts/2/package" / FIGURES
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(UnreadableError):
        read(shelf(published), FIGURES)


@pytest.mark.parametrize("content", [b"", sample.figures() + b"x", sample.figures().replace(b"90", b"91")])
def test_a_file_that_is_not_the_one_described_is_not_given(published: Path, content: bytes) -> None:
    (published / "1/extracts/2/package" / FIGURES).write_bytes(content)
    with pytest.raises(UnreadableError) as fault:
        read(shelf(published), FIGURES)
    assert str(published) not in str(fault.value)


def test_a_size_that_the_index_tells_wrong_gives_nothing(published: Path) -> None:
    files = sample.release_out(published / "1/extracts")["files"]
    found = changed_index(published, files=[{**file, "bytes": file["bytes"] + 1} for file in files])
    with pytest.raises(UnreadableError):
        read(found, FIGURES)


def test_a_request_reads_one_build_to_its_end(published: Path) -> None:
    before = shelf(published)
    (published / "2/extracts").mkdir(parents=True)
    sample.write_index(published / "2", [])
    link = published / "next"
    link.symlink_to("2")
    link.replace(published / "current")
    assert shelf(published).releases == ()
    assert read(before, FIGURES) == sample.figures()


def test_nothing_published_yet_is_an_empty_shelf(tmp_path: Path) -> None:
    assert shelf(tmp_path).releases == ()


def test_the_sample_is_in_the_layout_that_is_read(published: Path) -> None:
    index = json.loads((published / "1/extracts/index.json").read_text())
    assert [line["status"] for line in index["releases"]] == ["published", "withdrawn"]
