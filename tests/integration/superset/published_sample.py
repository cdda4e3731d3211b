"""A small published build made by hand: two releases that are out and one taken back, with invented figures.

All that is invented is what a candidate would freeze; what is shown of it is written by the project's own
code, as at a publication.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from bilan.dashboards.tables import KPI_VALUES
from bilan.reception import HELD, REFUSALS, REFUSED, STATEMENTS, TAKEN, Reception, Verified
from bilan.release.candidate.checks import Check
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.quality.freshness import Sent
from bilan.release.candidate.quality.making import checks_in_words, quality_of
from bilan.release.candidate.quality.tables import Quality
from bilan.release.candidate.quality.wording import LEDGER_IS_SOUND
from bilan.release.publication.publish import write_files
from bilan.release.publication.shown.build import Out, shown
from bilan.release.register.releases import Release, Signature
from bilan.release.register.transitions import State
from tests.integration.superset.sample_figures import (
    KNOWN_AT,
    PARTNERS,
    PROGRAMMES,
    REFERENCE,
    catalogue,
    figures,
)

# sender, log, statement dates that were taken; the steward sees all, each sender its own
TAKEN_STATEMENTS = {
    ("SPAL", "arrestations"): ["2008-10-31", "2009-03-31", "2010-09-30", "2011-03-31", "2011-09-30"],
    ("SPAL", "echanges"): ["2009-03-31", "2010-03-31", "2011-03-31"],
    ("SPAL", "references"): ["2009-03-31", "2011-09-30", "2017-10-31", "2019-10-31"],
    ("CJM", "echanges"): ["2008-12-31", "2009-12-31", "2010-12-31", "2011-09-30"],
    ("CJM", "effectifs"): ["2010-03-31"],
    ("CAVAC", "references"): ["2017-10-31", "2018-10-31", "2019-04-30"],
    ("CAVAC", "depistages"): ["2017-10-31", "2019-10-31"],
}
OTHER_STATEMENTS = {
    ("SPAL", "echanges", "2011-09-30"): REFUSED,
    ("CJM", "effectifs", "2011-09-30"): HELD,
    ("CAVAC", "references", "2019-10-31"): REFUSED,
}
REFUSED_ROWS = [
    ("SPAL", "arrestations", "2010-09-30", "bad_date", "date_arrestation", 3),
    ("SPAL", "arrestations", "2011-09-30", "unknown_value", "motif", 2),
    ("SPAL", "echanges", "2011-09-30", "missing_column", "nature", 1),
    ("CJM", "echanges", "2011-09-30", "consent_breach", "", 1),
    ("CAVAC", "references", "2019-10-31", "unreadable_file", "", 1),
    ("CAVAC", "references", "2019-04-30", "missing_if", "raison_refus", 4),
]
CHECK_NAMES = (
    "protection_is_safe",
    "no_small_count",
    "hidden_is_empty",
    "each_reader_its_own",
    "figures_hold_together",
)
DEFAULT_ARRESTS, EARLIER = 90, 0.7


def write_build(home: Path, number: int, *, arrests: int = DEFAULT_ARRESTS) -> None:
    """Publish build `number` under `home`, and make it the current one.

    Its releases: the newest, one before it that knew of fewer months, and one between them, taken back.
    """
    folder = home / "published" / str(number)
    folder.mkdir(parents=True)
    first, second, newest = (
        _release(rank, State.WITHDRAWN if rank == 2 else State.PUBLISHED) for rank in (1, 2, 3)
    )
    out = [Out(newest, _contents(arrests, 1.0)), Out(first, _contents(arrests, EARLIER))]
    write_files(folder, shown(out, [newest, second, first]), lambda step: None)
    switch_to(home, number)


def switch_to(home: Path, number: int) -> None:
    """Make a build current, in one step."""
    link = home / "published" / "next"
    link.symlink_to(str(number))
    link.replace(home / "published" / "current")


def _contents(arrests: int, until: float) -> Contents:
    rows = figures(arrests, until)
    entries = catalogue()
    classes = dict(entries.select("code", "disclosure").iter_rows())
    of_class = {
        name: rows.filter(pl.col("code").is_in([code for code, told in classes.items() if told == name]))
        for name in ("public", "partner", "steward")
    }
    shared = of_class["partner"].filter(pl.col("partner").is_null())
    return Contents(
        public=of_class["public"].filter(pl.col("partner").is_null()),
        partners={
            partner: pl.concat(
                [shared, *(of_class[name].filter(partner=partner) for name in ("public", "partner"))]
            )
            for partner in PARTNERS
        },
        catalogue=entries,
        steward=of_class["steward"],
        quality=_quality(rows, entries),
    )


def _quality(rows: pl.DataFrame, entries: pl.DataFrame) -> Quality:
    values = rows.select(*KPI_VALUES.columns)
    told = _reception()
    quality = quality_of(_sent(), told, values, entries)
    checks = checks_in_words([Check(name, passed=True) for name in CHECK_NAMES], told, date(2026, 11, 1))
    return Quality(**{**quality.tables, "checks": checks})


def _reception() -> Reception:
    taken = [(*pair, day, TAKEN) for pair, days in TAKEN_STATEMENTS.items() for day in days]
    others = [(*key, outcome) for key, outcome in OTHER_STATEMENTS.items()]
    return Reception(
        statements=_dated([*taken, *others], STATEMENTS),
        refusals=_dated(REFUSED_ROWS, REFUSALS),
        verified=Verified(date(2026, 11, 1), events=5872, findings=0),
    )


def _dated(rows: Sequence[tuple[object, ...]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    parsed = [tuple(date.fromisoformat(str(c)) if i == 2 else c for i, c in enumerate(row)) for row in rows]
    return pl.DataFrame(parsed, schema=schema, orient="row")


def _sent() -> Sent:
    partners = pl.read_csv(REFERENCE / "partners.csv", try_parse_dates=True, infer_schema_length=None)
    partners = partners.filter(pl.col("code").is_in(PARTNERS))
    events = [
        (programme, sender, log, date.fromisoformat(day).replace(day=1), action, count)
        for (sender, log), days in TAKEN_STATEMENTS.items()
        for day in days
        for programme in [next(p for p, known in KNOWN_AT.items() if day <= known.isoformat())]
        for action, count in (("assert", 12), ("correct", 3), ("retract", 1))
    ]
    columns = ("programme", "sender", "log", "month", "action", "events")
    return Sent(
        organisations=partners.select("code", "name_fr", "programmes", "valid_from", "valid_to").rename(
            {"name_fr": "name"}
        ),
        programmes=pl.DataFrame(
            {"programme": list(PROGRAMMES), "starts_on": [start for start, _ in PROGRAMMES.values()]}
        ),
        years=pl.DataFrame(schema={"programme": pl.String, "ends_on": pl.Date}),
        events=pl.DataFrame(events, schema=list(columns), orient="row"),
        horizons=pl.DataFrame(
            [(*pair, date.fromisoformat(max(days))) for pair, days in TAKEN_STATEMENTS.items()],
            schema=["sender", "log", "told_to"],
            orient="row",
        ),
    )


def _release(number: int, state: State) -> Release:
    day = f"2026-{8 + number:02}-01T08:00:00+00:00"
    known = {1: "2018-10-31"}.get(number, "2019-10-31")
    withdrawn = state is State.WITHDRAWN
    return Release(
        number=number,
        state=state,
        candidate_sha256="",
        made_by="intendance",
        made_at=day,
        why="",
        digest="",
        figures="",
        inputs="",
        out_when_made=(),
        partners=PARTNERS,
        knows={"until": None, "known_at": known, "ledger_version": 12, "synthetic": True},
        checks=tuple((name, True) for name in (*CHECK_NAMES, LEDGER_IS_SOUND)),
        checked_at=day,
        signatures=tuple(Signature(name, "", "", "", day) for name in ("Ana Roy", "Luc Côté")),
        published_at=day,
        withdrawn_at=day if withdrawn else None,
        notice_fr="Un relevé était faux." if withdrawn else None,
        notice_en="A statement was wrong." if withdrawn else None,
    )
