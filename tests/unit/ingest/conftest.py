from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home

HEADS = {
    "arrestations": "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif",
    "accusations": "no_cour;suspect_nom;suspect_prenom;suspect_naissance;date_accusation;infraction;"
    "date_issue;issue",
    "jeunes_rencontres": "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "referee;ressource",
    "references": "no_reference;date_reference;de;vers;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "motif;decision;date_decision;raison_refus;date_debut;date_fin",
    "echanges": "no_echange;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;"
    "jeune_ref;consentement_nominatif;rang",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def drop(home: Home) -> Callable[..., Path]:
    """Put a statement into the inbox, or elsewhere: name, then rows."""

    def write(name: str, *rows: str, folder: Path | None = None) -> Path:
        file = (folder or home.inbox) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        log = next((log for log in HEADS if log in name), "arrestations")
        file.write_text("\n".join([HEADS[log], *rows]) + "\n", "utf-8")
        return file

    return write
