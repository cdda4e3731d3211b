import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bilan.contracts import LINK_TYPE, STATEMENT_TYPE
from bilan.home import Home
from bilan.identity.vault import open_vault
from bilan.ingest import FileReport, HeldError, Report, accept_held, held_files, ingest, refuse_held
from bilan.ingest.service import IngestError
from bilan.intake import Answers
from bilan.ledger.delta import DeltaLedger

Drop = Callable[..., Path]
ROY, COTE = "Roy;Éric;1990-01-01", "Côté;Ana;1991-02-02"


def arrest(number: int, person: str = ROY, motif: str = "autre", day: str = "2010-03-01") -> str:
    return f"A{number};{day};{person};{motif}"


def arrests(count: int) -> list[str]:
    return [arrest(number) for number in range(count)]


def counts(file: FileReport) -> tuple[int, int, int, int]:
    return file.asserted, file.corrected, file.retracted, file.unchanged


def events(home: Home) -> pl.DataFrame:
    return DeltaLedger(home.ledger).events()


def test_the_inbox_is_taken_and_emptied(home: Home, drop: Drop) -> None:
    file = drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
    report = ingest(home)
    [taken] = report.files
    assert (taken.path, taken.sender, taken.log) == (
        "SPAL/arrestations_2010-03-31.csv",
        "SPAL",
        "arrestations",
    )
    assert counts(taken) == (3, 0, 0, 0)
    assert (report.exit_code, report.ledger_version) == (0, 1)
    assert not file.exists()
    assert ingest(home).files == []


def test_a_path_is_left_alone(home: Home, drop: Drop, tmp_path: Path) -> None:
    file = drop("SPAL/arrestations_2010-03-31.csv", *arrests(3), folder=tmp_path)
    assert ingest(home, [file]).files[0].path == file.as_posix()
    assert file.exists()
    assert not (home.vault / "landed").exists()


def test_what_the_path_does_not_say_the_steward_says(home: Home, drop: Drop, tmp_path: Path) -> None:
    file = drop("export.csv", *arrests(1), folder=tmp_path)
    assert ingest(home, [file]).files[0].refusals[0].code == "unreadable_file"
    [taken] = ingest(home, [file], sender="SPAL", log="arrestations", statement_date=date(2010, 3, 31)).files
    assert (taken.accepted, taken.statement_date) == (1, date(2010, 3, 31))


@pytest.mark.integration
def test_the_same_file_again_is_no_news(home: Home, drop: Drop, tmp_path: Path) -> None:
    rows = [*arrests(3), "A9;;x;y;z;autre"]
    file = drop("SPAL/arrestations_2010-03-31.csv", *rows, folder=tmp_path)
    first, again = ingest(home, [file]), ingest(home, [file])
    assert again.ledger_version == first.ledger_version
    assert counts(again.files[0]) == (0, 0, 0, 3)
    assert again.files[0].refusals == first.files[0].refusals


@pytest.mark.integration
def test_an_old_file_already_taken_is_not_held(home: Home, drop: Drop, tmp_path: Path) -> None:
    old = drop("SPAL/arrestations_2010-03-31.csv", *arrests(3), folder=tmp_path)
    new = drop("SPAL/arrestations_2010-04-30.csv", *arrests(4), folder=tmp_path)
    assert [counts(file) for file in ingest(home, [new, old]).files] == [(3, 0, 0, 0), (1, 0, 0, 3)]
    [again] = ingest(home, [old]).files
    assert (again.held, counts(again)) == (False, (0, 0, 0, 3))


@pytest.mark.integration
def test_files_are_taken_by_statement_date(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-04-30.csv", *arrests(3))
    drop("SPAL/arrestations_2010-03-31.csv", *arrests(2))
    report = ingest(home)
    assert [file.statement_date for file in report.files] == [date(2010, 3, 31), date(2010, 4, 30)]
    assert not any(file.held for file in report.files)


@pytest.mark.integration
def test_a_statement_corrects_and_withdraws(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", *arrests(4))
    drop("SPAL/arrestations_2010-04-30.csv", arrest(0, motif="stupéfiants"), *arrests(3)[1:], arrest(7))
    assert counts(ingest(home).files[1]) == (1, 1, 1, 2)
    assert events(home)["action"].to_list() == ["assert"] * 4 + ["correct", "assert", "retract"]


def test_an_exact_repeat_counts_once(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", *arrests(2), arrest(0, person="ROY ;eric;1990-01-01"))
    [taken] = ingest(home).files
    assert (taken.rows, taken.accepted, taken.asserted) == (3, 3, 2)


class TestHeld:
    @pytest.mark.parametrize(
        ("name", "rows", "reason"),
        [
            ("SPAL/arrestations_2010-04-30.csv", [], "empty"),
            ("SPAL/arrestations_2010-04-30.csv", arrests(1), "withdraws"),
            ("SPAL/arrestations_2010-02-28.csv", [arrest(0, day="2010-02-01")], "older"),
        ],
    )
    def test_it_waits_and_changes_nothing(
        self, home: Home, drop: Drop, name: str, rows: list[str], reason: str
    ) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        before = ingest(home)
        drop(name, *rows)
        report = ingest(home)
        [taken] = report.files
        assert (taken.held, counts(taken), report.exit_code) == (True, (0, 0, 0, 0), 3)
        assert report.ledger_version == before.ledger_version
        [held] = held_files(home)
        assert (held.id, held.reason) == (taken.held_id, reason)
        assert not list(home.inbox.rglob("*.csv"))

    def test_sent_again_it_waits_once(self, home: Home, drop: Drop, tmp_path: Path) -> None:
        file = drop("SPAL/arrestations_2010-04-30.csv", folder=tmp_path)
        assert [ingest(home, [file]).files[0].held_id for _ in range(2)] == [held_files(home)[0].id] * 2

    @pytest.mark.parametrize("rows", [[], arrests(1)])
    def test_accepted_it_is_taken(self, home: Home, drop: Drop, rows: list[str]) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        drop("SPAL/arrestations_2010-04-30.csv", *rows)
        ingest(home)
        report = accept_held(home, held_files(home)[0].id)
        assert counts(report.files[0]) == (0, 0, 3 - len(rows), len(rows))
        assert held_files(home) == []

    def test_refused_it_is_set_aside(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-04-30.csv")
        ingest(home)
        refuse_held(home, held_files(home)[0].id)
        assert held_files(home) == []
        assert events(home).is_empty()

    def test_an_older_statement_can_only_be_refused(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        ingest(home)
        drop("SPAL/arrestations_2010-02-28.csv", arrest(0, day="2010-02-01"))
        ingest(home)
        with pytest.raises(HeldError, match="2010-03-31"):
            accept_held(home, held_files(home)[0].id)
        assert len(held_files(home)) == 1

    def test_an_unknown_number_is_said(self, home: Home) -> None:
        with pytest.raises(HeldError):
            refuse_held(home, "nope")

    def test_nobody_is_remembered_from_it(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        drop("SPAL/arrestations_2010-04-30.csv", arrest(9, person=COTE))
        ingest(home)
        vault = open_vault(home)
        assert vault.rows("select count(*) from subjects") == [(1,)]
        vault.close()

    def test_dates_that_can_be_read_in_two_ways_wait_for_an_answer(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", arrest(1, day="3/4/2010"), arrest(2, day="3/25/2010"))
        [taken] = ingest(home).files
        assert (taken.held, taken.rows, taken.accepted, taken.refused) == (True, 2, 0, 0)
        assert "--dates month-first" in (taken.held_reason or "")
        assert [(r.row, r.code) for r in taken.refusals] == [(None, "date_order")]
        assert "bilan held" not in taken.refusals[0].message  # it goes back to the sender
        with pytest.raises(HeldError, match="--dates"):
            accept_held(home, taken.held_id or "")
        assert accept_held(home, taken.held_id or "", Answers(dates="month-first")).exit_code == 0
        days = events(home).filter(pl.col("type") != STATEMENT_TYPE)["time"].sort()
        assert days.to_list() == [date(2010, 3, 4), date(2010, 3, 25)]

    def test_an_answer_holds_for_every_date_of_the_file(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", arrest(1, day="3/4/2010"), arrest(2, day="3/25/2010"))
        [taken] = ingest(home).files
        report = accept_held(home, taken.held_id or "", Answers(dates="day-first"))
        assert [(r.row, r.code) for r in report.files[0].refusals] == [(2, "date_in_future"), (3, "bad_date")]

    def test_what_was_left_out_goes_back_to_the_sender_too(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(1), *(["A9;;;;;"] * 3))
        [taken] = ingest(home).files
        assert [warning.code for warning in taken.warnings] == ["filled_down"]
        account = Report([taken]).to_dict()["files"][0]["accounted"]
        for what in ("sheets", "rows", "cells"):
            left_out = sum(one["count"] for one in account["ignored"] if one["what"] == what)
            assert account[what] == account["read"][what] + left_out
        reply = (home.outbox / "SPAL" / "arrestations_2010-03-31.refus.csv").read_text("utf-8-sig")
        assert [line.split(";")[4:6] for line in reply.splitlines()[1:]] == [["avis", "filled_down"]]


class TestRefused:
    def test_the_key_of_a_refused_row_stands(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        drop("SPAL/arrestations_2010-04-30.csv", *arrests(2), arrest(2, motif="inconnu au bataillon"))
        taken = ingest(home).files[1]
        assert (taken.refused, counts(taken)) == (1, (0, 0, 0, 2))

    def test_a_key_that_can_not_be_read_forbids_withdrawals(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(4))
        drop("SPAL/arrestations_2010-04-30.csv", *arrests(3), f";2010-03-01;{ROY};autre")
        assert counts(ingest(home).files[1]) == (0, 0, 0, 3)

    def test_a_file_without_its_columns_takes_nothing_and_withdraws_nothing(
        self, home: Home, drop: Drop, tmp_path: Path
    ) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(3))
        ingest(home)
        bad = tmp_path / "SPAL" / "arrestations_2010-04-30.csv"
        bad.parent.mkdir()
        bad.write_text("no_evenement;date_arrestation\nA1;2010-03-01\n")
        [taken] = ingest(home, [bad]).files
        assert (taken.rows, taken.refused, taken.held) == (1, 1, False)
        assert {refusal.code for refusal in taken.refusals} == {"missing_column"}
        assert ingest(home, [bad]).files[0].refusals == taken.refusals

    def test_the_sender_reads_why_in_the_outbox_until_it_is_mended(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", arrest(1), "A2;2010-13-01;Roy;Éric;1990-01-01;autre")
        [taken] = ingest(home).files
        outbox = home.outbox / "SPAL" / "arrestations_2010-03-31.refus.csv"
        heading, line = csv.reader(outbox.read_text("utf-8-sig").splitlines(), delimiter=";")
        assert heading == ["fichier", "feuille", "ligne", "colonne", "genre", "code", "motif"]
        assert line[1:6] == ["", "3", "date_arrestation", "refus", "bad_date"]
        assert line[6] == taken.refusals[0].message
        drop("SPAL/arrestations_2010-03-31.csv", arrest(1), arrest(2))
        assert ingest(home).exit_code == 0
        assert not outbox.exists()

    def test_a_file_of_nobody_stays_and_is_told(self, home: Home, drop: Drop) -> None:
        file = drop("INCONNU/arrestations_2010-03-31.csv", *arrests(1))
        drop("SPAL/arrestations_2010-03-31.csv", *arrests(1))
        report = ingest(home)
        assert [f.log for f in report.files] == ["arrestations", None]
        assert [r.code for r in report.files[1].refusals] == ["unreadable_file"]
        assert report.exit_code == 3
        assert file.exists()

    def test_a_path_that_is_not_there_is_told(self, home: Home, tmp_path: Path) -> None:
        report = ingest(home, [tmp_path / "SPAL" / "arrestations_2010-03-31.csv"])
        assert (report.files[0].refusals[0].code, report.exit_code) == ("unreadable_file", 3)


def youth(number: int, person: str, reference: str = "") -> str:
    return f"M{number};2010-03-01;{person};{reference};non;"


class TestPersons:
    NOBODY = ";;"

    def test_a_name_added_to_a_reference_is_no_new_key(self, home: Home, drop: Drop) -> None:
        for month, row in enumerate(
            [youth(1, self.NOBODY, "R1"), youth(1, ROY, "R1"), youth(1, ROY), youth(1, self.NOBODY, "R1")], 3
        ):
            drop(f"SPAL/jeunes_rencontres_2010-{month:02d}-28.csv", row)
        counted = [counts(file) for file in ingest(home).files]
        assert counted == [(1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1)]
        kinds = events(home).filter(pl.col("type") != STATEMENT_TYPE)["type"]
        assert kinds.to_list() == ["mobilis.youth.met.v1", LINK_TYPE]

    def test_two_rows_that_an_earlier_tie_makes_one_key(self, home: Home, drop: Drop) -> None:
        drop("SPAL/jeunes_rencontres_2010-03-31.csv", youth(1, ROY, "R1"), youth(2, ROY))
        same = [youth(1, ROY), youth(1, self.NOBODY, "R1"), youth(2, ROY)]
        drop("SPAL/jeunes_rencontres_2010-04-30.csv", *same)
        other = [youth(1, ROY), "M1;2010-03-02;;;;R1;non;", youth(2, ROY)]
        drop("SPAL/jeunes_rencontres_2010-05-31.csv", *other)
        _, again, differing = ingest(home).files
        assert (again.accepted, counts(again)) == (3, (0, 0, 0, 2))
        assert (differing.refused, counts(differing)) == (2, (0, 0, 0, 1))
        assert [(r.row, r.code) for r in differing.refusals] == [(2, "duplicate_key"), (3, "duplicate_key")]

    def test_a_name_spelled_otherwise_is_no_correction(self, home: Home, drop: Drop) -> None:
        drop("SPAL/arrestations_2010-03-31.csv", arrest(1, "Tremblay-Roy;Éric;1990-01-01"))
        drop("SPAL/arrestations_2010-04-30.csv", arrest(1, "tremblay roy;ERIC;01/01/1990"))
        assert counts(ingest(home).files[1]) == (0, 0, 0, 1)

    def test_the_same_youth_at_two_senders_is_linked_at_the_later_date(self, home: Home, drop: Drop) -> None:
        row = f"R1;2010-01-02;SPAL;CAVAC;{ROY};;;;;;;"
        drop("SPAL/references_2010-03-31.csv", row)
        drop("CJM/references_2010-01-31.csv", row)
        ingest(home)
        [link] = events(home).filter(pl.col("type") == LINK_TYPE).iter_rows(named=True)
        assert (link["reporteddate"], link["time"], link["log"]) == (date(2010, 3, 31),) * 2 + ("identity",)
        assert link["subject"] < pl.Series([link["data"]]).str.json_path_match("$.other")[0]


def charge(issue: str, day: str = "") -> str:
    return f"C1;{ROY};2010-02-01;autre;{day};{issue}"


@pytest.mark.integration
def test_an_outcome_is_a_second_event_with_a_frozen_month(home: Home, drop: Drop) -> None:
    steps = ["en cours", "acquittement", "acquittement", "retrait", ""]
    for month, issue in enumerate(steps, 3):
        drop(f"SPAL/accusations_2010-{month:02d}-28.csv", charge(issue))
    counted = [counts(file) for file in ingest(home).files]
    assert counted == [(1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0), (0, 0, 1, 0)]
    conclusions = events(home).filter(pl.col("type") == "mobilis.case.concluded.v1")
    assert conclusions["time"].to_list() == [date(2010, 4, 1)] * 3
    assert conclusions["time_precision"].to_list() == ["month"] * 3


@pytest.mark.integration
def test_a_failure_is_told_by_its_place_alone(
    home: Home, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Roy")

    drop("SPAL/arrestations_2010-03-31.csv", *arrests(1))
    monkeypatch.setattr("bilan.ingest.taking.find_links", fail)
    with pytest.raises(IngestError) as caught:
        ingest(home)
    assert "Roy" not in str(caught.value)
    assert "ingest/taking.py" in str(caught.value)
    monkeypatch.undo()
    assert counts(ingest(home).files[0]) == (1, 0, 0, 0)


@pytest.mark.integration
def test_progress_is_told(home: Home, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", *arrests(1))
    seen: list[tuple[int, int]] = []
    ingest(home, progress=lambda done, total, name: seen.append((done, total)))
    assert seen == [(0, 1), (1, 1)]
