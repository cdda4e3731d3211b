"""A small home with history: several senders, corrections, withdrawals, refusals, links."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.ingest import ingest

SUSPECT = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif;gang"
YOUTH = "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;referee;ressource"
EXCHANGE = (
    "no_echange;rang;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "consentement_nominatif"
)
FILES = {
    "SPAL/arrestations_2010-03-31.csv": [
        SUSPECT,
        "A1;2010-03-01;Tremblay-Roy;Éric;1985-02-03;proxénétisme;oui",
        "A2;2010-03-02;Gagnon;Luc;1984-02-03;stupéfiants;",
        "A3;2010-13-02;Lavoie;Jean;1983-02-03;autre;",
        "A4;2010-03-04;Bouchard;Guy;1982-02-03;autre;non",
    ],
    "SPAL/arrestations_2010-04-30.csv": [
        SUSPECT,
        "A1;2010-03-01;tremblay roy;Eric;1985-02-03;traite de personnes;oui",
        "A2;2010-03-02;Gagnon;Luc;1984-02-03;stupéfiants;",
        "A5;2010-04-04;Côté;Rémi;1981-02-03;autre;non",
    ],
    "SPAL/jeunes_rencontres_2010-03-31.csv": [
        YOUTH,
        "M1;2010-03-05;;;;REF-77;oui;CAVAC",
        "M2;2010-03-06;Pelletier;Ève;1995-04-05;;non;",
    ],
    "SPAL/jeunes_rencontres_2010-04-30.csv": [
        YOUTH,
        "M1;2010-03-05;Morin;Zoé;1996-05-06;REF-77;oui;CAVAC",
        "M2;2010-03-06;Pelletier;Ève;1995-04-05;;non;",
    ],
    "CJM/echanges_2010-03-31.csv": [
        EXCHANGE,
        "E1;1;2010-03-07;CJM;SPAL;oui;entourage;Pelletier;Ève;1995-04-05;;oui",
        "E2;1;2010-03-08;CJM;SPAL;oui;véhicule;Fortin;Léa;1994-06-07;;non",
        "E3;1;2010-03-09;CJM;SPAL;non;entourage;;;;REF-9;non",
    ],
    "CJM/echanges_2010-04-30.csv": [EXCHANGE],
}
NAMES = (
    "Tremblay",
    "Gagnon",
    "Lavoie",
    "Bouchard",
    "Côté",
    "Pelletier",
    "Morin",
    "Fortin",
    "REF-77",
    "REF-9",
)


def write_files(folder: Path) -> None:
    for name, lines in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="session")
def fill() -> Callable[[Path], None]:
    """Write the files of the story into a folder."""
    return write_files


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that took the whole story from its inbox. Copy it before changing it."""
    home = Home(tmp_path_factory.mktemp("taken") / "home").create()
    write_files(home.inbox)
    ingest(home)
    return home


@pytest.fixture
def home(taken: Home, tmp_path: Path) -> Home:
    """A copy of that home, to tamper with."""
    shutil.copytree(taken.root, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")
