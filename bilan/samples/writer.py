"""Writes the sample logs into a folder, and says beside them what they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from bilan.errors import PlainError
from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from bilan.samples.draw import Draw
from bilan.samples.files import encode
from bilan.samples.library import Books, make_books
from bilan.samples.sheets import Sheet, lay_out
from bilan.samples.statements import Statement, make_statements
from bilan.samples.untidy import Style, deal_styles

DEFAULT_SEED = 2008
README = "LISEZMOI.txt"
README_TEXT = """DONNÉES SYNTHÉTIQUES

Ces journaux sont inventés, du premier au dernier. Aucune personne, aucun dossier, aucun événement
n'y est réel ; les noms sont des noms courants assemblés au hasard. Ils sont faits pour que la
chaîne arrive aux chiffres publiés des bilans MOBILIS et Prévention Jeunesse.

SYNTHETIC DATA. Every person, file and event here is invented.
"""
MARKER_TEXT = "Données synthétiques : journaux d'exemple écrits par « bilan samples ».\n"

MARKER = "synthetic"

Progress = Callable[[int, int], None]


class SamplesError(PlainError):
    """Invented logs would mix with real ones."""


@dataclass(frozen=True)
class Samples:
    """All the sample files of a seed, before they are written."""

    seed: int
    books: Books
    statements: tuple[Statement, ...]
    styles: tuple[Style, ...]

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheet of each statement."""
        return tuple(
            lay_out(style, Draw.of(self.seed, "sheet", one.sender, one.log, one.date), one)
            for style, one in zip(self.styles, self.statements, strict=True)
        )

    def contents(self, *, after: date = date.min, until: date = date.max) -> Iterator[tuple[str, bytes]]:
        """The path, relative to the folder, and the bytes of each file dated in (after, until]."""
        for style, sheet, one in zip(self.styles, self.sheets, self.statements, strict=True):
            if after < one.date <= until:
                path = f"{one.sender}/{one.log}_{one.date.isoformat()}{style.suffix}"
                yield path, encode(style, sheet, one.date)


def make_samples(seed: int = DEFAULT_SEED) -> Samples:
    """The samples of that seed; the same seed always gives the same."""
    books = make_books(seed)
    statements = tuple(make_statements(seed, books))
    styles = tuple(deal_styles(Draw.of(seed, "styles"), len(statements)))
    return Samples(seed, books, statements, styles)


def write_samples(
    out: Path,
    seed: int = DEFAULT_SEED,
    *,
    home: Home | None = None,
    progress: Progress | None = None,
    after: date = date.min,
    until: date = date.max,
) -> list[Path]:
    """Write the sample logs under `out`, as `<SENDER>/<log>_<date>.csv|xlsx`; returns the paths.

    All of them, or those of the statements dated later than `after` and no later than `until`.
    Into a home's inbox, it marks that home as synthetic; elsewhere it leaves a LISEZMOI.txt.
    SamplesError for the inbox of a home that holds real data; OSError when it cannot be written.
    """
    home = home or Home.from_environment()
    samples = make_samples(seed)
    if out.resolve() == home.inbox.resolve():
        mark_synthetic(home.create())
    else:
        out.mkdir(parents=True, exist_ok=True)
        (out / README).write_text(README_TEXT, encoding="utf-8")
    paths = []
    for path, content in samples.contents(after=after, until=until):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        target.write_bytes(content)
        target.chmod(PRIVATE_FILE)
        paths.append(target)
        if progress is not None:
            progress(len(paths), len(samples.statements))
    return paths


def mark_synthetic(home: Home) -> None:
    """Say for good that this home holds invented data; SamplesError if it already holds other data.

    A ledger forgets nothing: what is invented could never be taken out of a real one again.
    """
    marker = home.root / MARKER
    if any(home.ledger.iterdir()) and not marker.exists():
        raise SamplesError(
            f"{home.root} contient déjà des données réelles : aucun journal d'exemple n'y est écrit. / "
            "This home already holds real data: no sample log is written into it."
        )
    marker.write_text(MARKER_TEXT, encoding="utf-8")
    marker.chmod(PRIVATE_FILE)
