"""The files: the same for the same seed, untidy in every way, and saying that they are synthetic."""

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from bilan.contracts import CONTRACTS
from bilan.home import Home
from bilan.samples import Samples, SamplesError, make_samples, write_samples
from bilan.samples.untidy import CSV, MARK, XLSX, options_of
from tests.oracles.truth import ExpectedFile, expected_of

pytestmark = pytest.mark.integration  # takes seconds

PLANNED_CODES = {
    "missing_value",
    "unknown_value",
    "bad_date",
    "date_in_future",
    "date_before_programme",
    "bad_number",
    "consent_breach",
    "protocol_breach",
    "duplicate_key",
    "missing_if",
}


@pytest.fixture(scope="module")
def samples() -> Samples:
    return make_samples()


@pytest.fixture(scope="module")
def expected(samples: Samples) -> tuple[ExpectedFile, ...]:
    return expected_of(samples)


@pytest.fixture(scope="module")
def contents(samples: Samples) -> dict[str, bytes]:
    return dict(samples.contents())


@pytest.fixture(scope="module")
def csvs(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in contents.items() if path.endswith(CSV)}


@pytest.fixture(scope="module")
def texts(csvs: dict[str, bytes]) -> str:
    """All CSV files as one text."""
    return "\n".join(decode(content) for content in csvs.values())


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def inside(content: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(part).decode("utf-8")


def test_same_seed_gives_the_same_bytes(contents: dict[str, bytes]) -> None:
    assert dict(make_samples().contents()) == contents


def test_another_seed_gives_other_files(contents: dict[str, bytes]) -> None:
    other = dict(make_samples(7).contents())
    assert not set(other.values()) & set(contents.values())


def test_every_log_has_several_statements_of_each_sender(samples: Samples) -> None:
    assert {one.log for one in samples.statements} == set(CONTRACTS)
    per_book = [sum((one.sender, one.log) == key for one in samples.statements) for key in samples.books]
    assert min(per_book) >= 2
    assert 250 <= len(samples.statements) <= 310


def test_last_statements_close_both_programmes(samples: Samples) -> None:
    last = {one.log: one.date.isoformat() for one in samples.statements}
    of_mobilis = {log for log, contract in CONTRACTS.items() if contract.programme == "MOBILIS"}
    assert {last[log] for log in of_mobilis} == {"2011-09-30"}
    assert {last[log] for log in CONTRACTS.keys() - of_mobilis} == {"2019-10-31"}


def test_every_file_says_that_it_is_synthetic(contents: dict[str, bytes]) -> None:
    for path, content in contents.items():
        text = decode(content) if path.endswith(CSV) else inside(content, "xl/sharedStrings.xml")
        assert MARK in text.upper(), path


@pytest.mark.parametrize("suffix", [CSV, XLSX])
def test_every_option_of_style_occurs(samples: Samples, suffix: str) -> None:
    styles = [style for style in samples.styles if style.suffix == suffix]
    for field, options in options_of(suffix).items():
        assert {getattr(style, field) for style in styles} == set(options), field


def test_encodings_occur_in_the_bytes(csvs: dict[str, bytes]) -> None:
    boms = [content for content in csvs.values() if content.startswith(b"\xef\xbb\xbf")]
    old = [content for content in csvs.values() if not _is_utf8(content)]
    assert boms
    assert old
    assert len(boms) + len(old) < len(csvs)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{4}-\d\d-\d\d",
        r"\d\d/\d\d/\d{4}",
        r"\d\d-\d\d-\d{4}",
        r"\d\d\.\d\d\.\d{4}",
        r"\d+ (mars|août) \d{4}",
        r"1er \w+ \d{4}",
        r"\d+ févr\. \d{4}",
        r"[;,\n](mars|mai|juin) \d{4}",
        r"[;,]\d{4}-\d\d[;,\n]",
        r"[;,]\d\d/\d{4}[;,\n]",
        r"[;,]39\d{3}[;,]",
        r"00:00:00",
        r"\d+,5",
        r"\d+\.5",
        r"1,0",
        "\u00a0",
        "\u2019",
        r"(?i)autre : ",
        r"NO EVENEMENT|NO ÉVÉNEMENT",
        r"no_evenement",
        r"N° événement",
        r"No-Événement",
        r"\n(Total|TOTAL :|Totaux|Total général)[;,]\d+",
        r"\n[;,]{5,}\r?\n",
        r"[;,]vrai[;,]",
        r"[;,]FAUX[;,]",
        r"[;,]x[;,]",
        r"[;,]n[;,]",
        r"(?i)[;,]mobilis[;,]",
        "Provenance",
    ],
)
def test_untidiness_occurs_in_csv(texts: str, pattern: str) -> None:
    assert re.search(pattern, texts.replace('"', "")), pattern


def test_spreadsheets_hold_dates_numbers_and_truth_values(contents: dict[str, bytes]) -> None:
    books = [content for path, content in contents.items() if path.endswith(XLSX)]
    pages = [inside(content, "xl/worksheets/sheet1.xml") for content in books]
    assert any(re.search(r'<c r="\w+" s="1"><v>39\d{3}</v>', page) for page in pages), "a date cell"
    assert any(re.search(r'<c r="\w+"><v>39\d{3}</v>', page) for page in pages), "a bare serial"
    assert any(' t="b"' in page for page in pages), "a truth value"
    assert any("Notes" in inside(content, "xl/workbook.xml") for content in books), "another sheet"


def test_every_planned_refusal_occurs(expected: tuple[ExpectedFile, ...]) -> None:
    codes = {refusal.code for file in expected for refusal in file.refusals}
    assert codes == PLANNED_CODES


def test_every_log_is_faulty_somewhere(expected: tuple[ExpectedFile, ...]) -> None:
    assert {file.log for file in expected if file.refusals} == set(CONTRACTS)


def test_refused_rows_are_few_and_repaired_in_the_end(expected: tuple[ExpectedFile, ...]) -> None:
    last = {(file.sender, file.log): file for file in expected}
    assert all(not file.refusals for file in last.values())
    assert all(file.refused * 3 <= file.rows for file in expected)


def test_rows_of_refusals_are_where_they_are_said_to_be(
    samples: Samples, expected: tuple[ExpectedFile, ...]
) -> None:
    for sheet, file in zip(samples.sheets, expected, strict=True):
        for refusal in file.refusals:
            line = sheet.lines[sheet.rows.index(refusal.row)]
            assert (refusal.column, refusal.code) in line.refusals


def test_exact_repeats_occur(samples: Samples) -> None:
    for statement in samples.statements:
        sound = [id(line.row) for line in statement.lines if not line.refusals]
        if len(sound) > len(set(sound)):
            return
    pytest.fail("no file says a row twice")


def test_nothing_is_held_and_everything_changes_now_and_then(expected: tuple[ExpectedFile, ...]) -> None:
    assert not any(file.held for file in expected)
    for log in CONTRACTS:
        files = [file for file in expected if file.log == log]
        assert sum(file.corrected for file in files) > 0, log
        assert sum(file.retracted for file in files) > 0, log
        assert sum(file.unchanged for file in files) > 0, log


def test_write_leaves_a_notice_beside_the_files(tmp_path: Path, contents: dict[str, bytes]) -> None:
    out = tmp_path / "out"
    paths = write_samples(out, home=Home(tmp_path / "home"))
    assert {path.relative_to(out).as_posix(): path.read_bytes() for path in paths} == contents
    assert MARK in (out / "LISEZMOI.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "home").exists()


def test_write_into_an_inbox_marks_the_home_as_synthetic(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    paths = write_samples(home.inbox, home=home)
    assert (home.root / "synthetic").is_file()
    assert not (home.inbox / "LISEZMOI.txt").exists()
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in paths} == {0o700}


def test_statements_are_written_in_two_halves_that_make_the_whole(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    home, day = Home(tmp_path / "home"), date(2011, 3, 31)
    before = write_samples(tmp_path / "before", home=home, until=day)
    since = write_samples(tmp_path / "since", home=home, after=day)
    names = [path.relative_to(path.parents[1]).as_posix() for path in (*before, *since)]
    assert len(names) == len(set(names))
    assert set(names) == set(contents)
    assert all(date.fromisoformat(path.stem[-10:]) <= day for path in before)
    assert all(date.fromisoformat(path.stem[-10:]) > day for path in since)
    assert len(write_samples(tmp_path / "short", home=home, until=day - timedelta(days=1))) < len(before)


def test_a_home_with_real_data_is_left_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    (home.ledger / "part-0.parquet").touch()
    with pytest.raises(SamplesError):
        write_samples(home.inbox, home=home)
    assert not list(home.inbox.iterdir())
    assert not (home.root / "synthetic").exists()
