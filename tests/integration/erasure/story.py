"""A small home: one youth known to SPAL by name and reference, to CJM by name, and others around her."""

from collections.abc import Sequence
from pathlib import Path

from bilan.home import Home

MET = "no_rencontre;date_rencontre;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;referee;ressource"
SUSPECT = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif"
CHARGED = (
    "no_cour;no_evenement;suspect_nom;suspect_prenom;suspect_naissance;date_accusation;infraction;"
    "date_issue;issue"
)
EXCHANGED = (
    "no_echange;rang;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "consentement_nominatif"
)
TRAINED = "no_session;date_session;participant_nom;participant_prenom;organisation;theme"

NAMED, REFERRED, BOTH = "Morin;Zoé;1996-05-06;", ";;;REF-77", "Morin;Zoé;1996-05-06;REF-77"
OTHERS_MET = ("M2;2010-03-06;Pelletier;Ève;1995-04-05;;non;", "M4;2010-03-08;Roy;Lina;1995-01-02;;non;")
FIRST, SECOND, THIRD = "2010-03-31", "2010-04-30", "2010-05-31"


def met(alias: str, *numbers: str) -> list[str]:
    """Rows that meet the youth under an alias, on the days that the story gives those meetings."""
    days = {"M1": "2010-03-05", "M3": "2010-03-07", "M9": "2010-05-20"}
    return [f"{number};{days[number]};{alias};oui;CAVAC" for number in numbers]


def drop(home: Home, name: str, head: str, rows: Sequence[str]) -> Path:
    """A statement in the inbox."""
    file = home.inbox / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return file


def drop_story(home: Home) -> None:
    """The files that make the home: she is met by reference, then once under both, then by name."""
    drop(home, f"SPAL/jeunes_rencontres_{FIRST}.csv", MET, [*met(REFERRED, "M1"), *OTHERS_MET])
    rows = [*met(BOTH, "M1"), *met(NAMED, "M3"), *OTHERS_MET]
    drop(home, f"SPAL/jeunes_rencontres_{SECOND}.csv", MET, rows)
    drop(
        home,
        f"SPAL/arrestations_{SECOND}.csv",
        SUSPECT,
        [
            "A1;2010-03-01;Morin;Zoé;1996-05-06;autre",
            "A1;2010-03-01;Gagnon;Luc;1984-02-03;autre",
            "A2;2010-03-02;Morin;Zoé;1996-05-06;stupéfiants",
            "A3;2010-03-03;Gagnon;Luc;1984-02-03;stupéfiants",
        ],
    )
    drop(
        home,
        f"CJM/echanges_{SECOND}.csv",
        EXCHANGED,
        [
            "E1;1;2010-03-07;CJM;SPAL;oui;entourage;Morin;Zoé;1996-05-06;;oui",
            "E2;1;2010-03-08;CJM;SPAL;oui;entourage;Pelletier;Ève;1995-04-05;;oui",
        ],
    )
