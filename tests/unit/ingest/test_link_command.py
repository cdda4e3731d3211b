import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home
from bilan.identity.links import find_links, write_links
from bilan.identity.tokens import ATTRIBUTES, Whose, resolve, write_persons
from bilan.ingest import ingest
from bilan.ingest.service import opened

pytestmark = pytest.mark.integration


@pytest.fixture
def bilan(home: Home, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    drop("SPAL/references_2010-03-31.csv", "R1;2010-01-02;SPAL;CAVAC;Gagnon;Noémie;1990-05-12;;;;;;;")
    drop("CJM/references_2010-04-30.csv", "R1;2010-01-02;SPAL;CAVAC;Gagnon;Xavier;1990-05-12;;;;;;;")
    ingest(home)
    monkeypatch.setenv("BILAN_HOME", str(home.root))

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["link", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def test_a_pair_from_run_to_undo(bilan: Callable[..., str]) -> None:
    assert json.loads(bilan("run", "--json")) == {"tokens": 2, "linked": 0, "waiting": 1}
    assert "Gagnon" not in bilan("run")
    assert "Xavier" in bilan("review")
    [pair] = json.loads(bilan("review", "--json"))
    assert {person["given_name"] for person in pair["persons"]} == {"Noémie", "Xavier"}
    assert "acceptée" in bilan("accept", str(pair["number"]), "--why", "vérifié")
    one, other = (person["token"] for person in pair["persons"])
    parted = json.loads(bilan("undo", one, other, "--why", "erreur", "--json"))
    assert parted == {"token": one, "other": other, "still_one": False}
    [pair] = json.loads(bilan("list", "--json"))
    assert (pair["state"], pair["why"]) == ("parted", "erreur")
    assert "Gagnon" not in bilan("list")
    assert "Aucune paire" in bilan("review")


def test_a_refused_pair_is_asked_no_more(bilan: Callable[..., str]) -> None:
    bilan("run")
    bilan("refuse", "1", "--why", "jumeaux")
    assert json.loads(bilan("run", "--json"))["waiting"] == 0


def told_before(home: Home, reference: str) -> None:
    """Two youths under one reference, as files were once read."""
    people = pl.DataFrame(
        [(f"name|{name}", reference, "Roy", name, "1995-01-01", reference) for name in ("Ana", "Éva")],
        schema=("subject_key", "subject_ref", *ATTRIBUTES),
        orient="row",
    )
    with opened(home) as (vault, taker):
        persons = resolve(vault, people, Whose("SPAL", "references", "person", date(2010, 3, 31)))
        links = find_links(vault, persons)

        def write(connection: Connection, _: str) -> None:
            write_persons(vault, connection, persons)
            write_links(connection, links)

        taker.batches.append(taker.link_drafts(links), (), write)


@pytest.mark.parametrize("word", ["N/D", "idem"])
def test_links_made_by_a_word_for_nothing_are_listed_until_they_are_undone(
    bilan: Callable[..., str], home: Home, word: str
) -> None:
    told_before(home, "REF-7")
    assert json.loads(bilan("list", "--json")) == []
    told_before(home, word)
    found = json.loads(bilan("list", "--json"))
    assert [entry["state"] for entry in found] == ["of_nothing"] * 2
    printed = bilan("list")
    for entry in found:
        assert f"bilan link undo {entry['token']} {entry['other']}" in printed
        bilan("undo", entry["token"], entry["other"], "--why", "un mot qui ne dit rien")
    assert {entry["state"] for entry in json.loads(bilan("list", "--json"))} == {"parted"}
    assert "À défaire" not in bilan("list")
