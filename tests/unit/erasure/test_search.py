"""Looking for a person in a database: rows are read whole only where every piece of a name is somewhere."""

import unicodedata
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.erasure.places import Place, duckdb_names
from bilan.erasure.sought import Sought, fold, pieces_of
from bilan.identity.subjects import Attributes

PERSON: Attributes = {
    "surname": "Mac-Donald",
    "given_name": "Éva",
    "birth_date": "1995-01-02",
    "reference": "REF-4471",
}
SOUGHT = Sought.of([PERSON])


@given(st.text())
def test_folding_takes_away_case_and_every_mark(text: str) -> None:
    parts = unicodedata.normalize("NFKD", text)
    assert fold(text) == "".join(one for one in parts if not unicodedata.combining(one)).lower()


def test_the_pieces_of_a_pattern_are_its_words() -> None:
    assert sorted({piece for pattern in SOUGHT.patterns for piece in pieces_of(pattern)}) == [
        "01", "02", "1995", "4471", "donald", "eva", "mac", "ref",
    ]  # fmt: skip


@pytest.mark.integration
@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (("MacDonald", "eva", None), True),
        (("MacDonaldson", "eva", None), False),
        (("mac donald", "EVA", None), True),
        (("MAC", "Donald, Éva", None), True),  # her surname over two cells
        (("mac donald", "Evangeline", None), False),  # her given name within another
        (("x", "y", "ref 4471"), True),
        (("x", "y", "ref 44710"), False),
        (("Donald", "Eva", "Mac"), False),
    ],
)
def test_a_row_is_found_as_if_it_were_read_whole(
    tmp_path: Path, cells: tuple[str | None, ...], named: bool
) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("create table t (a varchar, b varchar, c varchar, n integer)")
        connection.execute("insert into t values (?, ?, ?, 1), ('mac', null, null, 2)", list(cells))
        [(record,)] = connection.execute("select concat_ws(' ', a, b, c, n) from t where n = 1").fetchall()
    assert SOUGHT.is_named(record) == named
    assert duckdb_names(tmp_path / "x.duckdb", SOUGHT, Place("warehouse")) == named
