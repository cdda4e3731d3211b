"""Small logs of every kind, their first run, and one process of Great Expectations for all tests."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from expectations.examiner import Examiner
from tests.integration.flow.other_logs import other_logs
from tests.releasing import release

CANARY = "Zyxwcanari"  # a surname that stands in every log, in accepted rows and in refused ones

ARRESTS = ["no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif;gang;territoire"]
ARRESTS += [
    f"E-{n};2010-03-{n:02};{CANARY}{chr(96 + n)};Jean;1980-01-{n:02};proxénétisme;oui;Brossard"
    for n in range(1, 8)
]
ARRESTS += [
    "E-8;mars 2010;Roy;Anne;1981-02-03;autre;;",
    f"E-9;2010-03-09;{CANARY};Paul;1980-01-01;vol;;",
]
CHARGES = [
    "no_cour;no_evenement;suspect_nom;suspect_prenom;suspect_naissance;date_accusation;chefs;infraction;issue"
]
CHARGES += [
    f"C-{n};E-{n};{CANARY}{chr(96 + n)};Jean;1980-01-{n:02};2010-03-2{n};{n};proxénétisme;{issue}"
    for n, issue in enumerate(["plaidoyer de culpabilité"] * 5 + ["en cours"], start=1)
]
MEETINGS = [
    "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;sexe;fugue;referee;ressource"
]
MEETINGS += [
    f"R-{n};2010-03-{n:02};{CANARY}{chr(96 + n)};Léa;1995-01-{n:02};;F;non;oui;CJM" for n in range(1, 7)
]
MEETINGS += ["R-7;2010-03-07;;;;REF-7;X;inconnu;non;"]
REFERRALS = [
    "no_reference;date_reference;de;vers;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;motif;decision;"
    "date_decision;raison_refus;date_debut;date_fin",
    f"N-1;2010-03-01;SPAL;CJM;{CANARY};Léa;1995-01-01;;hébergement, scolaire;acceptée;2010-03-05;;2010-03-09",
    "N-2;2010-03-02;SPAL;KEKPART;;;;REF-2;scolaire;refusée;2010-03-04;manque de place;;",
    "N-3;2010-03-03;SPAL;CJM;;;;REF-3;;;;;;",
]
EXCHANGES = [
    "no_echange;rang;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "consentement_nominatif",
    f"X-1;1;2010-03-01;CJM;SPAL;oui;proxénète présumé / véhicule;{CANARY};Léa;1995-01-01;;oui",
    "X-2;1;2010-03-02;SPAL;CJM;oui;recruteur potentiel;;;;REF-9;non",
    "X-3;1;2010-03-03;SPAL;CJM;non;entourage;;;;;",
    f"X-4;1;2010-03-04;CJM;SPAL;oui;véhicule;{CANARY};Zoé;1996-01-01;;non",
]
TRAINING = [
    "no_session;date_session;titre;theme;participant_nom;participant_prenom;organisation;score_avant;score_apres"
]
TRAINING += [
    f"S-1;2017-02-10;Atelier {CANARY};victimologie;{CANARY}{chr(96 + n)};Luc;CSMV;50,5;{60 + n}"
    for n in range(1, 7)
]
FILES = {
    "SPAL/arrestations_2010-03-31.csv": ARRESTS,
    "SPAL/accusations_2010-03-31.csv": CHARGES,
    "SPAL/jeunes_rencontres_2010-03-31.csv": MEETINGS,
    "SPAL/references_2010-03-31.csv": REFERRALS,
    "CJM/echanges_2010-03-31.csv": EXCHANGES,
    "COORD/formations_2017-03-31.csv": TRAINING,
    **other_logs(CANARY),
}


SAID = ["source", "log", "type", "action", "time", "reporteddate", "programme", "territory"]
RUN = [str(Path(sys.executable).with_name("bilan")), "run", "--json"]


def told_of(home: Home) -> dict[str, str]:
    """The environment of a command that works on that home."""
    environment = {**os.environ, "BILAN_HOME": str(home.root)}
    environment.pop("DAGSTER_HOME", None)
    return environment


def events_of(home: Home) -> pl.DataFrame:
    """All that was told, without what is random."""
    return DeltaLedger(home.ledger).events().select(SAID).sort(SAID)


def given(root: Path, logs: dict[str, bytes]) -> Home:
    """A home whose inbox holds those files."""
    home = Home(root).create()
    for name, content in logs.items():
        (home.inbox / name).parent.mkdir(exist_ok=True)
        (home.inbox / name).write_bytes(content)
    return home


class FirstRun:
    """What `bilan run --json` did to a home, and said."""

    def __init__(self, home: Home) -> None:
        done = subprocess.run(RUN, env=told_of(home), capture_output=True, text=True, check=False, umask=0)
        self.home, self.code, self.told = home, done.returncode, done.stderr
        assert done.stdout, done.stderr
        self.answer: dict[str, Any] = json.loads(done.stdout)
        self.events = events_of(home)
        self.published_by_itself = any(home.published.iterdir())
        release(home, self.answer["release"])


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, small_logs: dict[str, bytes]) -> FirstRun:
    return FirstRun(given(tmp_path_factory.mktemp("flow") / "home", small_logs))


@pytest.fixture(scope="session")
def canary() -> str:
    """The surname that may be nowhere outside the vault."""
    return CANARY


@pytest.fixture(scope="session")
def small_logs() -> dict[str, bytes]:
    """One small file per log, by its place in the inbox."""
    return {name: "\n".join(lines).encode() for name, lines in FILES.items()}


@pytest.fixture(scope="session")
def examiner() -> Iterator[Examiner]:
    """Great Expectations, imported once."""
    examiner = Examiner().warm()
    yield examiner
    examiner.close()


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    """A home with empty folders."""
    return Home(tmp_path / "home").create()
