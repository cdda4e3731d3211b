"""Every mutation is really in the file that it makes: a look at the bytes shows it."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from tests.mutations import kinds  # noqa: F401 - fills the catalogue
from tests.mutations.catalogue import CATALOGUE, Expect
from tests.mutations.draft import CSV, XLSX, Draft
from tests.mutations.judge import judged
from tests.mutations.looking import Seen, look
from tests.mutations.running import Case, cases, make_case, mutated, statements

pytestmark = pytest.mark.integration

SEED, FILES = 7, 2
OLE = bytes.fromhex("d0cf11e0")


def _undecodable(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return False


# What a workbook shows of the mutations whose names begin so.
IN_WORKBOOKS: dict[str, Callable[[Seen], bool]] = {
    "one-tab-per-year": lambda seen: [*seen.sheets.values()].count("visible") >= 2,
    "hidden-": lambda seen: "hidden" in seen.sheets.values() or bool(seen.hidden),
    "very-hidden-": lambda seen: "veryHidden" in seen.sheets.values(),
    "filtered-rows": lambda seen: bool(seen.hidden),
    "error-in-": lambda seen: any('t="e"' in part for part in seen.parts.values()),
    "formula-without-value": lambda seen: "f" in seen.types,
    "formula-column-without-value": lambda seen: "f" in seen.types,
    "formula-with-its-value": lambda seen: "f" in seen.types,
    "dates-of-1904": lambda seen: seen.epoch_1904,
    "merged-down": lambda seen: bool(seen.merged),
    "two-line-heading": lambda seen: bool(seen.merged),
    "percent-format": lambda seen: any("%" in form for form in seen.formats),
    "zeros-by-format": lambda seen: "000000" in seen.formats,
    "prefix-by-format": lambda seen: '"EV-"000' in seen.formats,
    "struck-through-": lambda seen: any(cell[5] for cell in seen.cells),
    "part-of-a-name-struck-through": lambda seen: any("<strike" in part for part in seen.parts.values()),
    "rule-that-strikes-through": lambda seen: any("<cfRule" in part for part in seen.parts.values()),
    "zeros-that-the-sheet": lambda seen: any('showZeros="0"' in part for part in seen.parts.values()),
    "booleans-in-cells": lambda seen: "b" in seen.types,
    "dimension-missing": lambda seen: not any("<dimension" in part for part in seen.parts.values()),
    "empty-row-at-the-very-end": lambda seen: any('r="1048576"' in part for part in seen.parts.values()),
    "old-workbook-renamed": lambda seen: seen.content.startswith(OLE),
    "workbook-behind-a-password": lambda seen: "EncryptedPackage".encode("utf-16-le") in seen.content,
    "web-page-renamed": lambda seen: b"<table>" in seen.content,
}
# What a text file shows of them.
IN_TEXTS: dict[str, Callable[[bytes], bool]] = {
    "lone-carriage-returns": lambda text: b"\n" not in text,
    "headings-end-in-a-carriage-return": lambda text: text.index(b"\r") < text.index(b"\n") - 1,
    "in-utf-16": lambda text: b"\0" in text,
    "in-utf-8-with-a-mark": lambda text: text.startswith(b"\xef\xbb\xbf"),
    "in-utf-8-with-one-stray-byte": lambda text: b"\xe9" in text and _undecodable(text),
    "in-windows-1252": _undecodable,
    "in-macroman": _undecodable,
    "one-stray-quote": lambda text: text.count(b'"') == 1,
    "two-stray-quotes": lambda text: text.count(b'"') == 2,
    "pipe-as-separator": lambda text: text.count(b"|") > 20,
    "caret-as-separator": lambda text: text.count(b"^") > 20,
    "workbook-renamed-as-text": lambda text: text.startswith(b"PK"),
    "entities-by-number": lambda text: b"&#" in text,
    "error-as-text-in-": lambda text: b"#" in text or b"Err:" in text,
}


def made(name: str) -> Iterator[Case]:
    """Some files of one mutation."""
    for place in range(FILES):
        case = make_case(Random(f"{SEED}-{place}"), str(place), statements(SEED), CATALOGUE[name])
        if case is not None:
            yield case


def twin(case: Case) -> bytes:
    """The file that the same draft makes when nothing mutates it."""
    draft = Draft(case.draft.clean, case.draft.suffix, case.draft.again())
    content = mutated(draft, [])
    assert content is not None
    return content


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_mutation_is_in_its_file(name: str) -> None:
    """It differs from what the same draft would have been, and shows what its name says."""
    files = list(made(name))
    assert files, "no statement that it fits"
    differ = [look(case.content).comparable() != look(twin(case)).comparable() for case in files]
    assert any(differ)
    for case in files:
        seen = look(case.content)
        for beginning, shows in IN_WORKBOOKS.items():
            if case.draft.suffix == XLSX and name.startswith(beginning):
                assert shows(seen)
        for beginning, shown in IN_TEXTS.items():
            if case.draft.suffix == CSV and name.startswith(beginning):
                assert shown(case.content)


def test_there_are_a_hundred_of_them() -> None:
    assert len(CATALOGUE) >= 100
    assert len({one.family for one in CATALOGUE.values()}) >= 15
    assert {one.expect for one in CATALOGUE.values()} == {*Expect}


def test_the_same_seed_makes_the_same_files() -> None:
    """A number in the table makes its file again."""
    first, again = ([(case.number, case.draft.suffix) for case in cases(30, 3)] for _ in range(2))
    texts = [[case.content for case in cases(30, 3) if case.draft.suffix == CSV] for _ in range(2)]
    assert first == again
    assert texts[0] == texts[1]


def test_pairs_are_of_two_families_and_compose() -> None:
    pairs = [case.mutations for case in cases(60, 3) if len(case.mutations) == 2]
    assert len(pairs) >= 25
    assert all(one.family != other.family for one, other in pairs)
    assert all(one.stage <= other.stage for one, other in pairs)


def test_a_file_that_no_mutation_touches_is_right() -> None:
    """Of every log, as text and as a workbook: the judge asks for no more than careful people do."""
    for place, clean in enumerate(statements(SEED)[::4]):
        for suffix in (CSV, XLSX):
            draft = Draft(clean, suffix, Random(place))
            content = mutated(draft, [])
            assert content is not None
            assert judged(draft, content).verdict.value == "right", (clean.log, suffix)
