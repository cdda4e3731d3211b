"""A release's public rows, written one by one."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.dashboards.tables import CATALOGUE
from bilan.release.publication.shown.figures import Frozen, figures
from bilan.release.schema import FROZEN_FIGURES, SHOWING, schema_of
from bilan.release.wording.labels import Diffusion
from bilan.release.wording.periods import period_label, period_label_en
from bilan.release.wording.vocabulary import STATUSES
from bilan.report.reading import Approval, Source
from bilan.report.typography import Language

Row = dict[str, Any]
KNOWN_AT = date(2011, 9, 30)
BEGINNING, END = date(2008, 9, 1), date(2011, 8, 31)
METHODS = (
    "# Méthodes\n\n## Deux horloges\n\nUn **compte** de `1` à 4 est masqué : toujours.\n\n- un\n- deux\n"
)
METHODS_EN = "# Methods\n\n## Two clocks\n\nA **count** of `1` to 4 is suppressed.\n"
SINCE = {"period_label": "Depuis le début", "period_label_en": "Since the beginning"}
WORDS = ("breakdown", "breakdown_value")
FORMATS = {"M04": "rate", "M08": "days", "M10": "rate", "M13": "amount", "P03": "points"}
ADDS_UP = ("M02", "M06")
LOGS = {"M02": "arrestations", "M03": "accusations", "M06": "echanges", "M13": "financements"}
NAMES = {
    "M02": ("Arrestations", "Arrests", "arrestations", "arrests"),
    "M03": ("Personnes accusées", "Persons charged", "personnes", "persons"),
    "M04": ("Part des causes", "Conviction rate", "des causes conclues", "of concluded cases"),
    "M06": ("Échanges d'information", "Exchanges", "échanges", "exchanges"),
    "M13": ("Montants octroyés", "Amounts granted", "dollars", "dollars"),
}


def row(code: str, value: float | None, status: str = "value", **more: Any) -> Row:
    """A row of the phase, everywhere; `status` of what has no value is the caller's to say."""
    told: Row = {
        **dict.fromkeys(FROZEN_FIGURES.columns),
        "code": code,
        "programme": "MOBILIS",
        "programme_name": "MOBILIS",
        "programme_name_en": "MOBILIS",
        "period_kind": "phase",
        "period_start": BEGINNING,
        "period_end": END,
        "period_label": "Phase 1",
        "period_label_en": "Phase 1",
        "value": value,
        "status": status,
        "status_fr": STATUSES[status].fr,
        "status_en": STATUSES[status].en,
        "known_at": KNOWN_AT,
        "format": FORMATS.get(code, "count"),
        **dict(zip(("name_fr", "name_en", "unit_fr", "unit_en"), NAMES[code], strict=True)),
    }
    named = {f"{name}_{language}": more[name] for name in more if name in WORDS for language in ("fr", "en")}
    return {**told, **named, **more}


def quarter(code: str, year: int, number: int, value: float | None, status: str = "value") -> Row:
    """A row of a quarter."""
    start = date(year, 3 * number - 2, 1)
    end = date(year + number // 4, 3 * number % 12 + 1, 1)
    return row(
        code,
        value,
        status,
        period_kind="quarter",
        period_start=start,
        period_end=date.fromordinal(end.toordinal() - 1),
        period_label=period_label("quarter", start),
        period_label_en=period_label_en("quarter", start),
    )


def year(code: str, number: int, value: float | None, status: str = "value", **more: Any) -> Row:
    """A row of a programme year, the first of which is 1."""
    start = date(2007 + number, 9, 1)
    end = date(2008 + number, 8, 31)
    place = {"period_kind": "programme_year", "period_start": start, "period_end": end}
    names = {"period_label": f"Année {number}", "period_label_en": f"Year {number}"}
    return row(code, value, status, **{**place, **names, **more})


def total(code: str, value: float | None, status: str = "value") -> Row:
    """A row since the beginning."""
    return row(code, value, status, period_kind="total", period_end=KNOWN_AT, **SINCE)


ROWS = (
    total("M02", 90.0),
    row("M02", 90.0),
    row("M03", 81.0),
    row("M04", 1.0, denominator=66.0),
    row("M13", 45000.0),
    row("M06", None, "suppressed"),
    row("M03", 50.0, breakdown="infraction", breakdown_value="autre"),
    row("M03", 26.0, breakdown="infraction", breakdown_value="proxénétisme"),
    row("M03", None, "suppressed", breakdown="infraction", breakdown_value="stupéfiants"),
    row("M02", None, "suppressed", breakdown="motif", breakdown_value="autre"),
    *(year("M02", number, 30.0) for number in (1, 2, 3)),
    year("M03", 1, None, "suppressed"),
    year("M03", 2, 40.0),
    year("M03", 3, None, "not_yet_reported"),
    year("M04", 1, None, "missing"),
)

Make = Callable[..., Source]


def catalogue() -> pl.DataFrame:
    """An entry a code."""
    entries = []
    for code, (name_fr, name_en, unit_fr, unit_en) in NAMES.items():
        entry = {name: f"{name} de {code}" for name in CATALOGUE}
        entry |= dict.fromkeys(SHOWING, "") | {"adds_up": "yes" if code in ADDS_UP else ""}
        entry |= {"name_fr": name_fr, "name_en": name_en, "unit_fr": unit_fr, "unit_en": unit_en}
        entry |= {"code": code, "format": FORMATS.get(code, "count"), "logs": LOGS.get(code, "accusations")}
        entries.append(entry)
    return pl.DataFrame(entries)


def frozen(number: int, rows: Iterable[Row]) -> Frozen:
    """Rows as they were frozen for the public."""
    told = pl.DataFrame(list(rows), schema=schema_of(FROZEN_FIGURES))
    return Frozen(Diffusion(number, KNOWN_AT, is_newest=False), {"public": told})


def release(rows: Iterable[Row] = ROWS, before: Iterable[Row] | None = None, **changes: Any) -> Source:
    """The release of those rows, after one of the rows `before`."""
    told_before = [] if before is None else [frozen(6, before)]
    shown = figures([frozen(7, rows), *told_before], catalogue())["public"]
    told: Row = {
        "number": 7,
        "previous": None if before is None else 6,
        "programme": "MOBILIS",
        "known_at": KNOWN_AT,
        "published_on": date(2011, 10, 14),
        "synthetic": True,
        "manifest_sha256": "ab" * 32,
        "approvals": (Approval("Ana Roy", date(2011, 10, 13)), Approval("Luc Côté", date(2011, 10, 14))),
        "methods": {Language.FR: METHODS, Language.EN: METHODS_EN},
        "rows": shown.filter(pl.col("release") == 7),
        "catalogue": catalogue(),
    }
    return Source(**{**told, **changes})


@pytest.fixture
def make() -> Make:
    return release


@pytest.fixture
def source() -> Source:
    return release()
