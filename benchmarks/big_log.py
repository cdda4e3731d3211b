"""A log of arrests of any length, to measure intake with: synthetic, seeded, tidy but for its spellings."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

FIRST_DAY = date(2009, 1, 1)
STATEMENT_DATE = date(2011, 6, 30)
MOTIFS = ("proxénétisme", "Traite de personnes", "AGRESSION SEXUELLE", "stupefiants", "autre")
SURNAMES = ("Tremblay", "Gagnon", "Roy-Côté", "Bouchard", "O'Brien", "Lefèbvre", "Dubé", "Pépin")
GIVEN_NAMES = ("Éric", "Marie-Ève", "Noël", "Zoé", "Luc", "Anaïs", "Guy", "Léa")
DAYS_OF_ARREST = 900
DAYS_OF_BIRTH = 9000


def write_big_log(folder: Path, rows: int, *, persons_share: int = 5) -> Path:
    """Write `SPAL/arrestations_2011-06-30.csv` with that many rows, one person for every few of them."""
    path = folder / "SPAL" / f"arrestations_{STATEMENT_DATE}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    persons = max(rows // persons_share, 1)
    index = pl.int_range(rows, eager=True)
    person = (index * 7919) % persons
    pl.DataFrame(
        {
            "No événement": "EV" + index.cast(pl.String).str.zfill(8),
            "Date arrestation": _dates(FIRST_DAY, index, DAYS_OF_ARREST),
            "suspect_nom": _pick(SURNAMES, person) + (person // 64).cast(pl.String),
            "suspect_prenom": _pick(GIVEN_NAMES, person // 8),
            "suspect_naissance": _dates(date(1970, 1, 1), person, DAYS_OF_BIRTH),
            "motif": _pick(MOTIFS, index),
            "gang": _pick(("oui", "Non", "inconnu", "x"), index),
        }
    ).write_csv(path, separator=";")
    return path


def _pick(values: tuple[str, ...], index: pl.Series) -> pl.Series:
    return pl.Series(values).gather(index % len(values))


def _dates(first: date, index: pl.Series, days: int) -> pl.Series:
    calendar = pl.date_range(first, first + timedelta(days=days - 1), eager=True)
    return calendar.gather(index % days).dt.to_string("%d/%m/%Y")
