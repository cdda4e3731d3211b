"""A steward's two months, through the command line alone: untidy files, answers worked out by hand."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

pytestmark = pytest.mark.integration

BILAN = Path(sys.executable).with_name("bilan")

ARRESTS_MARCH = """\
Service de police de l’agglomération;;;;;;;
Journal des arrestations – mars 2010;;;;;;;

MOTIF;No Événement;Date_Arrestation;SUSPECT NOM;Suspect prénom;suspect-naissance;Gang;Remarque
Proxenetisme;2010-001;12/03/2010;Tremblay-Roy;Éric;1985-02-03;oui;vue deux fois
Traite de personnes;2010-001;12 mars 2010;Gagnon;Luc;04/02/1980;N;
proxénétisme;2010-002;mars 2010;TREMBLAY ROY;eric;3 février 1985;x;
AUTRE ;2010-003;30\u00a0mars\u00a02010;Dubé;Anne;29255;;

vol;2010-004;2010-03-02;Roy;Jean;1990-01-01;oui;
stupéfiants;2010-005;31/02/2010;Roy;Jean;1990-01-01;;
stupéfiants;2010-006;2010-04-02;Roy;Jean;1990-01-01;;
stupéfiants;2010-007;2008-08-31;Roy;Jean;1990-01-01;;
stupéfiants;2010-008;2010-03-05;;Jean;1990-01-01;peut-être;
proxénétisme;2010-009;2010-03-06;Côté;Guy;1991-01-01;;
autre;2010-009;2010-03-06;COTE;GUY;1991-01-01;;
Proxénétisme;2010-001;2010-03-12;tremblay roy;ERIC;1985-02-03;O;autre remarque
Total;13;;;;;;
"""
REFUSED_ARRESTS = [
    (10, "motif", "unknown_value"),
    (11, "date_arrestation", "bad_date"),
    (12, "date_arrestation", "date_in_future"),
    (13, "date_arrestation", "date_before_programme"),
    (14, "suspect_nom", "missing_value"),
    (14, "gang", "unknown_value"),
    (15, None, "duplicate_key"),
    (16, None, "duplicate_key"),
]
ARREST_HEADINGS = [
    "no_evenement",
    "date_arrestation",
    "suspect_nom",
    "suspect_prenom",
    "suspect_naissance",
    "motif",
    "gang",
    "territoire",
]
ARRESTS_APRIL: list[list[object]] = [
    ["2010-001", date(2010, 3, 12), "TREMBLAY-ROY", "ÉRIC", date(1985, 2, 3), "autre", True, ""],
    ["2010-002", "mars 2010", "tremblay roy", "éric", date(1985, 2, 3), "proxénétisme", 1, None],
    ["2010-003", date(2010, 3, 30), "Dube", "Anne", 29255, "autre", "", ""],
    ["2010-009", date(2010, 3, 6), "Côté", "Guy", date(1991, 1, 1), "proxénétisme", "", "Brossard"],
    ["2010-010", date(2010, 4, 20), "Gagnon", "Luc", date(1980, 2, 4), "stupéfiants", "non", "BROSSARD"],
]
CHARGES_MARCH = """\
no_cour,no_evenement,suspect_nom,suspect_prenom,suspect_naissance,date_accusation,chefs,infraction,issue
C-1,2010-001,Tremblay Roy,Eric,1985-02-03,2010-03-20,"2,0",proxénétisme,
C-2,2010-001,Gagnon,Luc,1980-02-04,2010-03-22,1.5,autre,en cours
C-3,2010-003,Dubé,Anne,1980-02-04,2010-03-31,1,autre,Plaidoyer de culpabilite
"""
CHARGES_APRIL = """\
no_cour,no_evenement,suspect_nom,suspect_prenom,suspect_naissance,date_accusation,chefs,infraction,issue,date_issue
C-1,2010-001,Tremblay Roy,Eric,1985-02-03,2010-03-20,2,proxénétisme,Retrait,2010-04-19
C-2,2010-001,Gagnon,Luc,1980-02-04,2010-03-22,1,autre,en cours,
C-3,2010-003,Dubé,Anne,1980-02-04,2010-03-31,1,autre,plaidoyer de culpabilité,
"""
EXCHANGES = """\
no_echange;rang;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;\
consentement_nominatif
E-1;;2010-02-01;cjm;SPAL;oui;proxénète présumé / véhicule;;;;;
E-2;1;2010-02-02;CJM;SPAL;OUI;"entourage; jeune a risque";Roy;Léa;1995-05-05;;oui
E-2;2;2010-02-02;CJM;SPAL;OUI;entourage;;;;J-9;non
E-3;1;2010-02-03;CJM;SPAL;oui;entourage;Roy;Léa;1995-05-05;;non
E-4;1;2010-02-04;CJM;SPAL;oui;entourage;Roy;Léa;;;oui
E-5;1;2010-02-05;CJM;SPAL;oui;entourage;;;;J-9;
E-6;0;2010-02-05;CJM;SPAL;non;entourage;;;;;
E-7;1;2010-02-06;CJM;SPAL;non;autre : rumeur;;;;;
E-8;1;2010-02-06;CJM;autre : GRC;non;entourage;;;;;
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def bilan(home: Path, *arguments: str) -> tuple[int, Any]:
    done = subprocess.run(
        [BILAN, *arguments, "--json"],
        env={**os.environ, "BILAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def put(home: Path, sender: str, name: str, content: bytes) -> None:
    folder = home / "inbox" / sender
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def put_workbook(home: Path, sender: str, name: str, headings: list[str], rows: list[list[object]]) -> None:
    folder = home / "inbox" / sender
    folder.mkdir(parents=True, exist_ok=True)
    workbook = xlsxwriter.Workbook(folder / name, {"default_date_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet("Feuille")
    sheet.write_row(2, 1, headings)
    for index, row in enumerate(rows):
        sheet.write_row(4 + index, 1, row)
    workbook.close()


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    names = ("rows", "accepted", "refused", "asserted", "corrected", "retracted", "unchanged")
    return tuple(report[name] for name in names)


def refusals(report: dict[str, Any]) -> list[tuple[int | None, str | None, str]]:
    return [(entry["row"], entry["column"], entry["code"]) for entry in report["refusals"]]


def headline(values: list[dict[str, Any]], code: str, **where: object) -> dict[str, Any]:
    wanted: dict[str, object] = {
        "code": code,
        "period_kind": "total",
        "territory": None,
        "partner": None,
        "breakdown": None,
    }
    wanted |= {"programme": "MOBILIS"} | where
    found = [v for v in values if all(v[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (code, where, found)
    return found[0]


def test_two_months_of_untidy_files(home: Path) -> None:
    put(home, "SPAL", "arrestations_2010-03-31.csv", ARRESTS_MARCH.encode("cp1252"))
    put(home, "SPAL", "accusations_2010-03-31.csv", CHARGES_MARCH.encode("utf-8-sig"))
    put(home, "CJM", "echanges_2010-03-31.csv", EXCHANGES.encode("utf-8"))
    code, march = bilan(home, "ingest")
    assert code == 3
    by_log = {report["log"]: report for report in march["files"]}
    assert counts(by_log["arrestations"]) == (12, 5, 7, 4, 0, 0, 0)
    assert refusals(by_log["arrestations"]) == REFUSED_ARRESTS
    assert counts(by_log["accusations"]) == (3, 2, 1, 3, 0, 0, 0)
    assert refusals(by_log["accusations"]) == [(3, "chefs", "bad_number")]
    assert counts(by_log["echanges"]) == (9, 4, 5, 4, 0, 0, 0)
    assert refusals(by_log["echanges"]) == [
        (5, None, "consent_breach"),
        (6, None, "missing_if"),
        (7, None, "missing_if"),
        (8, "rang", "bad_number"),
        (10, "vers", "unknown_value"),
    ]
    assert not any((home / "inbox").rglob("*.csv")), "what was taken in leaves the inbox"

    put_workbook(home, "SPAL", "arrestations_2010-04-30.xlsx", ARREST_HEADINGS, ARRESTS_APRIL)
    put(home, "SPAL", "accusations_2010-04-30.csv", CHARGES_APRIL.encode())
    code, april = bilan(home, "ingest")
    assert code == 0
    by_log = {report["log"]: report for report in april["files"]}
    assert counts(by_log["arrestations"]) == (5, 5, 0, 2, 1, 1, 2)
    assert counts(by_log["accusations"]) == (3, 3, 0, 2, 0, 0, 1)
    assert bilan(home, "verify")[0] == 0

    _, now = bilan(home, "kpi")
    assert headline(now, "M02")["value"] == 5
    assert headline(now, "M02", territory="Brossard")["value"] == 2
    assert headline(now, "M02", period_kind="month", period_start="2010-03-01")["value"] == 4
    assert headline(now, "M03")["value"] == 3
    concluded = headline(now, "M04")
    assert (concluded["value"], concluded["numerator"], concluded["denominator"]) == (0.5, 1, 2)
    assert headline(now, "M04.presented")["value"] == 1
    assert headline(now, "M05")["status"] == "not_yet_reported"
    assert headline(now, "M06")["value"] == 2
    assert headline(now, "M07")["value"] == 3 / 4
    # 8 days from 12 to 20 March, 1 from 30 to 31 March; the arrest that C-2 cites was withdrawn
    assert headline(now, "M08")["value"] == 4.5
    assert headline(now, "M08.outcome")["value"] == 30
    assert headline(now, "M10")["value"] == 1

    _, then = bilan(home, "kpi", "--known-at", "2010-03-31")
    assert headline(then, "M02")["value"] == 4
    assert headline(then, "M02", breakdown="motif", breakdown_value="proxénétisme")["value"] == 2
    assert headline(then, "M03")["value"] == 2
    assert headline(then, "M04")["denominator"] == 1
    assert headline(then, "M04", period_kind="month", period_start="2010-03-01")["value"] == 1
