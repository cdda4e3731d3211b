"""No name, birth date or reference is found in clear under the home, nor in what a run prints."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from bilan.home import Home
from bilan.identity.tokens import Persons
from bilan.ingest import ingest
from bilan.ingest import taking as taking_module
from bilan.ingest.service import IngestError
from tests.commands import bilan

pytestmark = pytest.mark.integration

# planted in accepted, repeated, refused, breached, held and crashing rows alike
CANARIES = ("Zyxwallace", "Quöndrexia", "19870613", "1987-06-13", "13/06/1987", "REFZZ-4471", "Kwxtitre")
FOLDED = ("zyxwallace", "quondrexia", "refzz-4471", "REFZZ4471", "kwxtitre", "QUÖNDREXIA")
NUMBER = "NUMZQ-90817"

YOUTH = "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;referee;ressource;note"
EXCHANGE = (
    "no_echange;date_echange;de;vers;formel;nature;"
    "jeune_nom;jeune_prenom;jeune_naissance;consentement_nominatif"
)
TRAINING = "no_session;date_session;titre;participant_nom;participant_prenom;organisation;score_avant"
PERSON = "Zyxwallace;Quöndrexia;1987-06-13"


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def plant(folder: Path) -> None:
    write(
        folder,
        "SPAL/jeunes_rencontres_2010-03-31.csv",
        YOUTH,
        f"{NUMBER};2010-03-01;{PERSON};REFZZ-4471;non;;vue avec Zyxwallace",
        f"{NUMBER};2010-03-01;{PERSON};REFZZ-4471;non;;",
        "M2;2010-03-01;Zyxwallace;Quöndrexia;13/06/1987;;non;;",
        "M3;Zyxwallace;Zyxwallace;Quöndrexia;Zyxwallace;;Quöndrexia;Zyxwallace;",
        f"M4;2010-03-01;{PERSON};;oui;autre : Zyxwallace;",
        f"M5;2010-03-02;{PERSON};;non;;",
        f"M5;2010-03-03;{PERSON};;non;;",
    )
    write(
        folder,
        "CJM/echanges_2010-03-31.csv",
        EXCHANGE,
        f"E1;2010-03-01;CJM;SPAL;oui;entourage;{PERSON};non",
        f"E2;2010-03-01;CJM;SPAL;oui;Zyxwallace;{PERSON};oui",
        f"E3;2010-03-01;CJM;SPAL;oui;entourage;{PERSON};oui",
    )
    write(
        folder,
        "COORD/formations_2016-11-30.csv",
        TRAINING,
        "S1;2016-11-02;Kwxtitre;Zyxwallace;Quöndrexia;SPAL;70",
    )
    write(
        folder, "SPAL/jeunes_rencontres_2010-02-28.csv", YOUTH, f"M1;2010-02-01;{PERSON};;non;;"
    )  # held: older
    write(folder, "SPAL/arrestations_2010-03-31.csv", f"{PERSON};x", f"{PERSON};y")  # no header
    (folder / "SPAL" / "accusations_2010-03-31.xlsx").write_bytes(b"PK\x03\x04 Zyxwallace")  # unreadable
    write(folder, "INCONNU/notes_2010-03-31.csv", PERSON)


def plant_sheet(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Zyxwallace")
        heads = (
            "no_evenement",
            "date_arrestation",
            "suspect_nom",
            "suspect_prenom",
            "suspect_naissance",
            "motif",
        )
        for column, head in enumerate(heads):
            sheet.write(0, column, head)
            sheet.write(
                1, column, (NUMBER, "2010-03-02", "Zyxwallace", "Quöndrexia", "1987-06-13", "autre")[column]
            )


def forms(canary: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "cp1252", "utf-16-le"):
        yield canary.encode(encoding)
    yield json.dumps(canary)[1:-1].encode()


def found_in(content: bytes) -> set[str]:
    return {c for c in (*CANARIES, *FOLDED, NUMBER) for form in forms(c) if form in content}


def search(home: Home) -> dict[str, set[str]]:
    """Which canaries stand in which file, read raw and, for Parquet, decoded; the inbox apart."""
    found = {}
    for file in home.root.rglob("*"):
        if not file.is_file() or file.is_relative_to(home.inbox):
            continue
        content = file.read_bytes()
        if file.suffix == ".parquet":
            content += pl.read_parquet(file).write_json().encode()
        if hit := found_in(content) | found_in(str(file).encode()):
            found[str(file.relative_to(home.root))] = hit
    return found


def run(home: Home, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return bilan(*arguments, environment={"BILAN_HOME": str(home.root)})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home").create()
    plant(made.inbox)
    plant_sheet(made.inbox / "SPAL" / "arrestations_2010-04-30.xlsx")
    return made


def test_the_search_finds_what_is_there(home: Home) -> None:
    """Each check has a test in which it fails."""
    (home.outbox / "leak").write_text("… Quöndrexia …", "utf-8")
    pl.DataFrame({"a": ["1987-06-13"] * 3}).write_parquet(home.ledger / "x.parquet", compression="zstd")
    assert search(home) == {"outbox/leak": {"Quöndrexia"}, "ledger/x.parquet": {"1987-06-13"}}


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_nothing_is_left_in_clear(home: Home, options: tuple[str, ...]) -> None:
    for command in (("ingest",), ("ingest",), ("held", "list"), ("verify",)):
        done = run(home, *command, *options)
        assert done.returncode in {0, 3}, done.stderr.decode()
        assert found_in(done.stdout + done.stderr) == set()
    assert search(home) == {}
    assert [file.name for file in home.inbox.rglob("*") if file.is_file()] == ["notes_2010-03-31.csv"]
    assert len(list((home.vault / "landed").iterdir())) == 7


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """An unforeseen failure whose message and frames hold the persons."""

    def arm() -> None:
        def fail(vault: object, connection: object, persons: Persons) -> None:
            raise ValueError(f"{CANARIES} {persons.fresh}")

        monkeypatch.setattr(taking_module, "write_persons", fail)

    return arm


def test_a_crash_tells_nothing(home: Home, crash: Callable[[], None]) -> None:
    crash()
    with pytest.raises(IngestError) as caught:
        ingest(home)
    assert found_in(str(caught.value).encode()) == set()
    assert "ValueError" in str(caught.value)
    assert caught.value.__suppress_context__
    assert search(home) == {}


def test_a_wrong_key_tells_nothing(home: Home) -> None:
    assert run(home, "ingest").returncode == 3
    (home.keys / "master.key").write_text("ab" * 32)
    done = run(home, "ingest")
    assert done.returncode == 1
    assert b"cl\xc3\xa9 ma\xc3\xaetresse" in done.stderr
    assert found_in(done.stdout + done.stderr) == set()


def test_paths_given_are_left_alone_and_nothing_of_them_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    plant(tmp_path / "files")
    before = sorted(tmp_path.joinpath("files").rglob("*"))
    report = ingest(home, [tmp_path / "files"])
    assert {file.statement_date for file in report.files} >= {date(2010, 3, 31)}
    assert sorted(tmp_path.joinpath("files").rglob("*")) == before
    assert search(home) == {}
