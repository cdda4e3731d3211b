"""A small published build made by hand: real tables, real disclosure, invented figures."""

import calendar
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from bilan.disclosure.small import hide_small
from bilan.release.labels import with_words
from bilan.release.schema import BUILD_INFO, KPI_AFFICHAGE, KPI_CATALOGUE, KPI_VALUES, TABLES

REFERENCE = Path(__file__).resolve().parents[3] / "bilan/reference"
TERRITORIES = ("Longueuil", "Brossard", "Boucherville")
PARTNERS = ("SPAL", "CJM", "CAVAC")
# Known months in which nothing happened: MOBILIS has a second phase because of them.
SILENT_MONTHS = 1
PROGRAMMES = {"MOBILIS": (date(2008, 9, 1), 36), "Pj": (date(2016, 10, 1), 36)}
KNOWN_AT = {"MOBILIS": date(2011, 9, 30), "Pj": date(2019, 10, 31)}

# code: (programme, name, unit, format, total over the 36 months)
COUNTS = {
    "M02": ("MOBILIS", "Arrestations", "arrestations", 90),
    "M03": ("MOBILIS", "Personnes accusées", "personnes", 81),
    "M04.concluded": ("MOBILIS", "Causes conclues", "causes", 84),
    "M05": ("MOBILIS", "Jeunes rencontrées et référées", "jeunes", 238),
    "M05.meetings": ("MOBILIS", "Rencontres", "rencontres", 312),
    "M06": ("MOBILIS", "Échanges formels", "échanges", 81),
    "M06.informal": ("MOBILIS", "Échanges informels", "échanges", 140),
    "P01": ("Pj", "Séances de formation", "séances", 5),
    "P02": ("Pj", "Personnes rejointes", "personnes", 337),
    "P02.attendances": ("Pj", "Présences aux formations", "présences", 351),
    "P09": ("Pj", "Références faites", "références", 120),
}
_OF_CASES = "Part des causes présentées conclues par une culpabilité"
# code: (programme, name, unit, format, value, denominator)
RATES = {
    "M04": (
        "MOBILIS",
        "Part des causes conclues par une culpabilité",
        "des causes conclues",
        "rate",
        1.0,
        84,
    ),
    "M04.presented": ("MOBILIS", _OF_CASES, "des causes présentées", "rate", 1.0, 81),
    "M07": ("MOBILIS", "Part des personnes arrêtées accusées", "des personnes arrêtées", "rate", 0.905, 86),
    "M08": ("MOBILIS", "Jours de l'arrestation à l'accusation", "jours", "days", 17.5, 80),
    "M08.outcome": ("MOBILIS", "Jours de l'accusation à l'issue", "jours", "days", 214.0, 3),
    "M10": ("MOBILIS", "Part des échanges sans donnée nominative", "des échanges", "rate", 0.123, 65),
    "P03": ("Pj", "Gain moyen de connaissances (points)", "points", "points", 9.75, 298),
    "P03.relative": ("Pj", "Gain moyen de connaissances (relatif)", "du résultat avant", "rate", 0.15, 298),
}

BREAKDOWNS = {
    ("M02", "motif"): ("proxénétisme", "traite de personnes", "agression sexuelle", "stupéfiants", "autre"),
    ("M03", "infraction"): ("proxénétisme", "traite de personnes", "agression sexuelle", "autre"),
    ("M04.concluded", "issue"): ("plaidoyer de culpabilité", "verdict de culpabilité", "retrait"),
    ("M05", "sexe"): ("F", "M", "X"),
    ("M05", "ressource"): ("CJM", "CAVAC", "KEKPART", "autre"),
    ("M06", "direction"): ("CJM > SPAL", "SPAL > CJM"),
    ("M06", "nature"): ("proxénète présumé", "entourage", "lieu de rencontre", "véhicule", "autre"),
    ("P02", "milieu"): ("police", "scolaire", "communautaire", "santé et services sociaux", "municipal"),
    ("P09.refused", "raison_refus"): ("manque de place", "hors territoire", "refus du jeune"),
}


def write_build(home: Path, number: int, *, arrests: int = 90) -> None:
    """Publish build `number` under `home`, and make it the current one."""
    folder = home / "published" / str(number)
    (folder / "partners").mkdir(parents=True)
    cells = _protected(arrests)
    _write_file(folder / "public.duckdb", cells.filter(pl.col("partner").is_null()), number)
    for partner in PARTNERS:
        own = cells.filter(pl.col("partner").is_null() | (pl.col("partner") == partner))
        _write_file(folder / "partners" / f"{partner}.duckdb", own, number)
    switch_to(home, number)


def switch_to(home: Path, number: int) -> None:
    """Make a build current, in one step."""
    link = home / "published" / "next"
    link.symlink_to(str(number))
    link.replace(home / "published" / "current")


def _protected(arrests: int) -> pl.DataFrame:
    rows = list(_all_cells(arrests))
    schema = {name: _POLARS[kind] for name, kind in KPI_VALUES.columns.items()}
    return hide_small(pl.DataFrame(rows, schema=schema, orient="row"))


_POLARS = {"VARCHAR": pl.String, "DATE": pl.Date, "DOUBLE": pl.Float64, "BIGINT": pl.Int64}
Cell = tuple[object, ...]


def _all_cells(arrests: int) -> Iterator[Cell]:
    for code, (programme, _, _, total) in COUNTS.items():
        yield from _count_cells(code, programme, arrests if code == "M02" else total)
    for code, (programme, _, _, _, value, n) in RATES.items():
        for kind, start, end in _periods(programme):
            if kind in {"total", "phase", "programme_year"}:
                for place in (None, *TERRITORIES):
                    yield _cell(code, programme, place, None, (kind, start, end), value=value, denominator=n)
    for programme in PROGRAMMES:
        yield from _referrals(programme)


def _referrals(programme: str) -> Iterator[Cell]:
    status = "not_yet_reported" if programme == "MOBILIS" else None
    for kind, start, end in _periods(programme):
        if kind not in {"total", "phase", "programme_year"}:
            continue
        period = (kind, start, end)
        for rank, partner in enumerate((None, *PARTNERS)):
            count = None if status else 120.0 / (rank + 1)
            if status or partner:  # the months of `COUNTS` give what is public
                yield _cell("P09", programme, None, partner, period, value=count, status=status)
            yield _cell(
                "P09.started", programme, None, partner, period, value=count and count // 2, status=status
            )
            share = None if status else 0.5 + rank / 10
            yield _cell(
                "P09.accepted_share",
                programme,
                None,
                partner,
                period,
                value=share,
                denominator=count,
                status=status,
            )
            missing = "missing" if partner == "CAVAC" else status
            days = None if missing else 12.0
            yield _cell(
                "P09.days_to_decision",
                programme,
                None,
                partner,
                period,
                value=days,
                denominator=count,
                status=missing,
            )
    if programme == "Pj":
        yield from _parts("P09.refused", programme, 24)


def _count_cells(code: str, programme: str, total: int) -> Iterator[Cell]:
    """Months that add up to the total, each period the sum of its months, places and breakdowns."""
    by_month = _months(code, programme, total)
    for place, share in ((None, 1.0), ("Longueuil", 0.6), ("Brossard", 0.3), ("Boucherville", 0.1)):
        for kind, start, end in _periods(programme):
            value = sum(count for month, count in by_month.items() if start <= month <= end)
            yield _cell(code, programme, place, None, (kind, start, end), value=float(round(value * share)))
    yield from _parts(code, programme, total)


def _parts(code: str, programme: str, total: int) -> Iterator[Cell]:
    for (of, breakdown), values in BREAKDOWNS.items():
        if of != code:
            continue
        for kind, start, end in _periods(programme):
            if kind in {"total", "phase", "programme_year"}:
                for rank, value in enumerate(values, 1):
                    part = float(round(total / 2**rank))
                    yield _cell(
                        code,
                        programme,
                        None,
                        None,
                        (kind, start, end),
                        breakdown=(breakdown, value),
                        value=part,
                    )


def _months(code: str, programme: str, total: int) -> dict[date, int]:
    start, length = PROGRAMMES[programme]
    chance = random.Random(code)
    months = [_add_months(start, rank) for rank in range(length)]
    weights = [1 + 2 * rank / length + (6 if rank % 7 == 3 else 0) for rank in range(length)]
    counts = dict.fromkeys(months, 0)
    for month in chance.choices(months, weights, k=total):
        counts[month] += 1
    return counts


def _cell(
    code: str,
    programme: str,
    place: str | None,
    partner: str | None,
    period: tuple[str, date, date],
    *,
    breakdown: tuple[str | None, str | None] = (None, None),
    value: float | None,
    denominator: float | None = None,
    status: str | None = None,
) -> Cell:
    status = status or ("true_zero" if value == 0 else "value")
    numerator = value * denominator if value is not None and denominator is not None and value <= 1 else None
    known = KNOWN_AT[programme]
    return (
        code,
        programme,
        place,
        partner,
        *period,
        *breakdown,
        value,
        None,
        None,
        numerator,
        denominator,
        None,
        None,
        status,
        known,
    )


def _periods(programme: str) -> list[tuple[str, date, date]]:
    start, length = PROGRAMMES[programme]
    length += SILENT_MONTHS
    last = _month_end(_add_months(start, length - 1))
    months = [_add_months(start, rank) for rank in range(length)]
    quarters = sorted({date(m.year, 3 * ((m.month - 1) // 3) + 1, 1) for m in months})
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


def _catalogue() -> pl.DataFrame:
    named = {code: (name, unit, "count") for code, (_, name, unit, _) in COUNTS.items()}
    named |= {code: (name, unit, kind) for code, (_, name, unit, kind, _, _) in RATES.items()}
    named |= {
        "P09.accepted_share": ("Part des références acceptées", "des références décidées", "rate"),
        "P09.days_to_decision": ("Délai de décision", "jours", "days"),
        "P09.started": ("Services commencés", "services", "count"),
        "P09.refused": ("Références refusées", "références", "count"),
    }
    rows = []
    for code, (name, unit, kind) in named.items():
        row = dict.fromkeys(KPI_CATALOGUE.columns, "")
        row |= {
            "code": code,
            "name_fr": name,
            "unit_fr": unit,
            "format": kind,
            "definition_fr": f"{name} : ce que l'on compte, dit en une phrase entière, comme au catalogue.",
            "numerator_fr": f"{unit} comptées",
            "source": "[MOB]" if code.startswith("M") else "[PJ]",
        }
        rows.append(row)
    return pl.DataFrame(rows)


def _write_file(path: Path, cells: pl.DataFrame, number: int) -> None:
    periods = pl.read_csv(REFERENCE / "periods.csv", try_parse_dates=True)
    programmes = pl.read_csv(REFERENCE / "programmes.csv")
    catalogue = _catalogue()
    shown = with_words(cells, periods, programmes).join(
        catalogue.select(
            "code", "name_fr", "name_en", "unit_fr", "unit_en", "format", "definition_fr",
            "numerator_fr", "denominator_fr", "source",
        ),
        on="code",
    )  # fmt: skip
    tables = {
        KPI_VALUES.name: cells,
        KPI_CATALOGUE.name: catalogue,
        KPI_AFFICHAGE.name: shown.select(list(KPI_AFFICHAGE.columns)),
        BUILD_INFO.name: pl.DataFrame(
            [(number, datetime(2026, 11, 1, 8, tzinfo=UTC), 12, date(2019, 10, 31), True, None, None)],
            orient="row",
        ),
    }
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            connection.execute(table.ddl)
            connection.register("rows", tables[table.name].to_arrow())
            connection.execute(f"INSERT INTO {table.name} SELECT * FROM rows")
            connection.unregister("rows")
