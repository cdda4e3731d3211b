"""The words beside each figure, periods, statuses and breakdowns, in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from bilan.release.wording.periods import day_en, day_fr, how_far, period_label, period_label_en
from bilan.release.wording.vocabulary import BREAKDOWNS, STATUSES, Said, value_said

NAMED_BY_THE_CALENDAR = ("phase", "programme_year")


def with_words(cells: pl.DataFrame, calendar: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """`cells` with the columns of `schema.WORDS` and `schema.ENGLISH_WORDS`.

    `calendar` is the reference's periods (`programme`, `kind`, `starts_on`, `label_fr`, `label_en`) and
    `programmes` its programmes (`code`, `name_fr`, `name_en`). Rows and their order are kept. ValueError
    where a period has no label.
    """
    labels = _period_labels(cells, calendar)
    names = programmes.select(programme="code", programme_name="name_fr", programme_name_en="name_en")
    return (
        cells.join(labels, on=["programme", "period_kind", "period_start"], how="left", maintain_order="left")
        .join(names, on="programme", how="left", maintain_order="left")
        .join(_values(cells), on=["breakdown", "breakdown_value"], how="left", maintain_order="left")
        .join(_provisional(cells), on=list(_FAR), how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            pl.col("status").replace_strict(_in(STATUSES, 0)).alias("status_fr"),
            pl.col("status").replace_strict(_in(STATUSES, 1)).alias("status_en"),
            pl.col("breakdown").replace(_in(BREAKDOWNS, 0)).alias("breakdown_fr"),
            pl.col("breakdown").replace(_in(BREAKDOWNS, 1)).alias("breakdown_en"),
        )
    )


def _in(words: Mapping[str, Said], place: int) -> dict[str, str]:
    """Those words in one language, French first."""
    return {name: both[place] for name, both in words.items()}


_FAR = ("period_kind", "period_start", "period_end", "covered_to", "status")


def _provisional(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct period and way of being told, with how far it is told where it is provisional."""
    ways = cells.select(_FAR).unique()
    reached = [how_far(kind, start, end, to) for kind, start, end, to, _ in ways.iter_rows()]
    shown = pl.col("status") != "not_yet_reported"
    words = [
        pl.Series(f"provisional_{language}", [both[place] for both in reached], dtype=pl.String)
        for place, language in enumerate(("fr", "en"))
    ]
    return ways.with_columns(words).with_columns(pl.when(shown).then(pl.col(one.name)) for one in words)


def _values(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct value of a breakdown, with its words."""
    values = cells.select("breakdown", "breakdown_value").drop_nulls().unique(maintain_order=True)
    worded = [value_said(breakdown, value) for breakdown, value in values.iter_rows()]
    return values.with_columns(
        pl.Series("breakdown_value_fr", [both.fr for both in worded], dtype=pl.String),
        pl.Series("breakdown_value_en", [both.en for both in worded], dtype=pl.String),
    )


def _period_labels(cells: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """One row per distinct period of `cells`, with its labels."""
    named = {
        (row["programme"], row["kind"], row["starts_on"]): (row["label_fr"], row["label_en"])
        for row in calendar.iter_rows(named=True)
    }
    periods = cells.select("programme", "period_kind", "period_start").unique()
    labels = [_labels(programme, kind, start, named) for programme, kind, start in periods.iter_rows()]
    return periods.with_columns(
        pl.Series("period_label", [french for french, _ in labels], dtype=pl.String),
        pl.Series("period_label_en", [english for _, english in labels], dtype=pl.String),
    )


def _labels(
    programme: str, kind: str, start: date, named: dict[tuple[str, str, date], tuple[str, str]]
) -> tuple[str, str]:
    if kind not in NAMED_BY_THE_CALENDAR:
        return period_label(kind, start), period_label_en(kind, start)
    try:
        return named[programme, kind, start]
    except KeyError:
        raise ValueError(f"the calendar names no {kind} of {programme} from {start}") from None


LATEST_FR, LATEST_EN = "La plus récente", "Latest"


@dataclass(frozen=True)
class Diffusion:
    """A release as readers choose it."""

    release: int
    known_at: date
    is_newest: bool

    @property
    def french(self) -> str:
        """« La plus récente », or « n° 1 · connue au 31 octobre 2018 »."""
        return LATEST_FR if self.is_newest else f"n° {self.release} · connue au {day_fr(self.known_at)}"

    @property
    def english(self) -> str:
        """Give "Latest", or "No. 1 · known at 31 October 2018"."""
        return LATEST_EN if self.is_newest else f"No. {self.release} · known at {day_en(self.known_at)}"
