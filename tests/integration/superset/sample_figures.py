"""Invented figures for every indicator of the real catalogue: months that add up, small counts hidden."""

import calendar
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from bilan.dashboards.tables import DIMENSIONS, KPI_VALUES
from bilan.disclosure.figures.small import hide_small
from bilan.release.schema import FROZEN_FIGURES, SHOWN_OF_THE_CATALOGUE, schema_of
from bilan.release.wording.labels import with_words
from bilan.release.wording.vocabulary import BREAKDOWNS
from tests.catalogue import shown_catalogue

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT / "bilan/reference"
TERRITORIES = {None: 1.0, "Longueuil": 0.6, "Brossard": 0.3, "Boucherville": 0.1}
PARTNERS = ("SPAL", "CJM", "CAVAC")
# Known months in which nothing happened: MOBILIS has a second phase because of them.
SILENT_MONTHS = 1
PROGRAMMES = {"MOBILIS": (date(2008, 9, 1), 36), "Pj": (date(2016, 10, 1), 36)}
KNOWN_AT = {"MOBILIS": date(2011, 9, 30), "Pj": date(2019, 10, 31)}
LONG = ("total", "phase", "programme_year")
NOT_YET = {("MOBILIS", "P09")}  # what MOBILIS has not received, and with it what is read from it

# Totals over the 36 months; every other count gets one by chance.
TOTALS = {
    "M02": 90, "M03": 81, "M04.concluded": 84, "M05": 238, "M05.meetings": 312, "M06": 81,
    "M06.informal": 140, "M13": 235000, "P01": 5, "P02": 337, "P02.attendances": 351, "P09": 120,
}  # fmt: skip
# value, n; every other rate or mean gets one by chance.
MEANS = {
    "M04": (1.0, 84), "M04.presented": (1.0, 81), "M07": (0.905, 86), "M08": (17.5, 80),
    "M08.outcome": (214.0, 3), "M10": (0.123, 65), "P03": (9.75, 298), "P03.relative": (0.15, 298),
}  # fmt: skip
INTERVALS = ("P03", "P08")  # and what follows a dot
VALUES = {
    "motif": ("proxénétisme", "traite de personnes", "agression sexuelle", "stupéfiants", "autre"),
    "infraction": ("proxénétisme", "traite de personnes", "agression sexuelle", "autre"),
    "issue": ("plaidoyer de culpabilité", "verdict de culpabilité"),
    "sexe": ("F", "M", "X"),
    "ressource": ("CJM", "CAVAC", "KEKPART", "autre"),
    "direction": ("CJM > SPAL", "SPAL > CJM"),
    "nature": ("proxénète présumé", "entourage", "lieu de rencontre", "véhicule", "autre"),
    "milieu": ("police", "scolaire", "communautaire", "santé et services sociaux", "municipal"),
    "raison_refus": ("manque de place", "hors territoire", "refus du jeune"),
    "axe": ("primaire", "secondaire", "tertiaire"),
    "cible": ("victime", "proxénète", "client"),
    "axe_cible": tuple(
        f"{axe} × {cible}"
        for axe in ("primaire", "secondaire", "tertiaire")
        for cible in ("victime", "proxénète", "client")
    ),
    "trajet": (
        "suivi psychosocial > hébergement", "hébergement > scolaire", "protection > hébergement",
        "travail de milieu > suivi psychosocial", "soutien aux victimes > protection",
    ),
    "service": ("hébergement", "suivi psychosocial", "soutien aux victimes", "scolaire"),
    "bailleur": ("ministère de la Sécurité publique", "CRÉ de Longueuil", "PAFARC"),
    "lieu": ("sur le territoire", "à distance"),
    "moyen": ("profil personnel", "outil dédié"),
    "activite": ("conférence de presse", "prix", "présentation"),
    "role": ("lieutenant-détective", "sergent-détective", "agent de renseignement"),
    "categorie": ("policier", "analyste", "intervenant"),
    "niveau": ("secondaire 2", "secondaire 3"),
}  # fmt: skip
Cell = dict[str, Any]


@cache
def catalogue() -> pl.DataFrame:
    """The real catalogue, as boards read it."""
    return shown_catalogue()


def figures(arrests: int, until: float) -> pl.DataFrame:
    """Every cell, in words, sorted; `until` is the share of their months that have had their events."""
    entries = catalogue()
    cells = [
        cell
        for kpi in entries.iter_rows(named=True)
        for programme in kpi["programmes"].split(", ")
        for cell in _cells(kpi, programme, arrests, until)
    ]
    hidden = hide_small(pl.DataFrame(cells, schema=schema_of(KPI_VALUES))).sort(list(DIMENSIONS))
    periods = pl.read_csv(REFERENCE / "periods.csv", try_parse_dates=True)
    words = with_words(hidden, periods, pl.read_csv(REFERENCE / "programmes.csv"))
    shown = entries.select("code", *SHOWN_OF_THE_CATALOGUE)
    return words.join(shown, on="code", maintain_order="left").select(*FROZEN_FIGURES.columns)


def _cells(kpi: Cell, programme: str, arrests: int, until: float) -> Iterator[Cell]:
    """Those of one indicator in one programme."""
    code = kpi["code"]
    base = {"code": code, "programme": programme, "known_at": KNOWN_AT[programme]}
    waits = any(programme == of and code.split(".")[0] == awaited for of, awaited in NOT_YET)
    partners = (None, *PARTNERS) if "partner" in kpi["grain"] else (None,)
    places = TERRITORIES if "territory" in kpi["grain"] else {None: 1.0}
    chance = random.Random(code + programme)
    total = arrests if code == "M02" else TOTALS.get(code, chance.randrange(20, 160))
    by_month = _months(code, programme, total, until)
    value, n = MEANS.get(code, (_mean(kpi["format"], chance), chance.randrange(8, 120)))
    for kind, start, end in _periods(programme):
        period = {**base, "period_kind": kind, "period_start": start, "period_end": end}
        counted = float(sum(count for month, count in by_month.items() if start <= month <= end))
        for rank, partner in enumerate(partners):
            for place, share in places.items() if partner is None else [(None, 1.0)]:
                cell = {**period, "partner": partner, "territory": place}
                if waits:
                    yield {**cell, "status": "not_yet_reported"}
                elif kpi["format"] in ("count", "amount"):
                    yield _count(cell, counted * share / (rank + 1))
                elif kind in LONG:
                    told = round(value * (1 - rank / 10 - (1 - until) / 3), 4)
                    yield _mean_cell(cell, told, n * until)
        if kpi["format"] in ("count", "amount") and kind in LONG and not waits:
            yield from _parts(kpi, period, counted)


def _parts(kpi: Cell, period: Cell, counted: float) -> Iterator[Cell]:
    for breakdown in filter(None, (kpi["breakdowns"] or "").split(", ")):
        assert breakdown in BREAKDOWNS, breakdown
        for rank, value in enumerate(VALUES.get(breakdown, ("autre",)), 1):
            yield _count({**period, "breakdown": breakdown, "breakdown_value": value}, counted / 2**rank)


def _count(cell: Cell, value: float) -> Cell:
    whole = float(round(value))
    return {**cell, "value": whole, "status": "value" if whole else "true_zero"}


def _mean_cell(cell: Cell, value: float, n: float) -> Cell:
    told = {"value": value, "denominator": float(round(n)), "status": "value"}
    if cell["code"].split(".")[0] in INTERVALS:
        told |= {"low": round(value * 0.85, 4), "high": round(value * 1.15, 4)}
    if value <= 1:
        told["numerator"] = value * told["denominator"]  # type: ignore[operator]
    return {**cell, **told}


def _mean(kind: str, chance: random.Random) -> float:
    return round(chance.uniform(0.2, 0.9) if kind == "rate" else chance.uniform(3, 90), 3)


def _months(code: str, programme: str, total: int, until: float) -> dict[date, int]:
    start, length = PROGRAMMES[programme]
    chance = random.Random(code)
    months = [_add_months(start, rank) for rank in range(length)]
    weights = [1 + 2 * rank / length + (6 if rank % 7 == 3 else 0) for rank in range(length)]
    counts = dict.fromkeys(months, 0)
    for month in chance.choices(months, weights, k=min(total, 1000)):
        counts[month] += max(1, total // 1000)
    return {month: count for rank, (month, count) in enumerate(counts.items()) if rank < until * length}


def _periods(programme: str) -> list[tuple[str, date, date]]:
    start, length = PROGRAMMES[programme]
    length += SILENT_MONTHS
    last = _month_end(_add_months(start, length - 1))
    months = [_add_months(start, rank) for rank in range(length)]
    quarters = months[::3]  # the programme counts them from its own first month
    years = sorted({date(m.year if m.month >= 4 else m.year - 1, 4, 1) for m in months})
    calendar_rows = pl.read_csv(REFERENCE / "periods.csv", try_parse_dates=True)
    named = [
        (row["kind"], row["starts_on"], row["ends_on"] or last)
        for row in calendar_rows.iter_rows(named=True)
        if row["programme"] == programme and row["starts_on"] <= last
    ]
    return [
        ("total", start, last),
        *named,
        *(("fiscal_year", y, date(y.year + 1, 3, 31)) for y in years),
        *(("quarter", q, _month_end(_add_months(q, 2))) for q in quarters),
        *(("month", m, _month_end(m)) for m in months),
    ]


def _add_months(start: date, months: int) -> date:
    rank = start.year * 12 + start.month - 1 + months
    return date(rank // 12, rank % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
