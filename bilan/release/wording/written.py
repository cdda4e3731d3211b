"""Numbers as readers write them: « 88,5 % » and "88.5%", « 45 000 $ » and "$45,000"."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

NO_BREAK, MINUS = "\u00a0", "\u2212"
WHOLE = frozenset({"count", "amount"})


@dataclass(frozen=True)
class Language:
    """How one language writes numbers."""

    decimal: str
    thousands: str
    percent: str
    dollars: tuple[str, str]  # before and after


FRENCH = Language(",", NO_BREAK, f"{NO_BREAK}%", ("", f"{NO_BREAK}$"))
ENGLISH = Language(".", ",", "%", ("$", ""))


def rounded(value: float, kind: str) -> float:
    """A figure as it is displayed: whole counts and amounts, percents and the others to a tenth."""
    if kind in WHOLE:
        return float(math.copysign(math.floor(abs(value) + 0.5), value))
    return round(100 * value if kind == "rate" else value, 1)


def written(value: float, kind: str, language: Language, *, signed: bool = False) -> str:
    """A figure of that format (`rate` is a fraction), with its unit where it is a sign."""
    number = rounded(value, kind)
    text = plain(number, language)
    if kind == "rate":
        text += language.percent
    elif kind == "amount":
        text = f"{language.dollars[0]}{text}{language.dollars[1]}"
    return sign_of(number, always=signed) + text


def plain(number: float, language: Language) -> str:
    """A number without its sign, to a tenth at most."""
    whole, _, tenth = f"{abs(number):,.1f}".partition(".")
    text = whole.replace(",", language.thousands)
    return text if tenth == "0" else text + language.decimal + tenth


def sign_of(number: float, *, always: bool = True) -> str:
    """« − », « + » where it is asked for, or nothing."""
    if number < 0:
        return MINUS
    return "+" if always and number > 0 else ""


def with_texts(
    rows: pl.DataFrame, of: Sequence[str], texts: dict[str, Callable[..., str | None]]
) -> pl.DataFrame:
    """`rows` with a column for each of `texts`, computed once for each distinct tuple of the columns `of`.

    A text is null where one of those is; what was there under its name is replaced.
    """
    distinct = rows.select(of).drop_nulls().unique()
    cells: list[tuple[Any, ...]] = list(distinct.iter_rows())
    made = distinct.with_columns(
        pl.Series(name, [text(*cell) for cell in cells], dtype=pl.String) for name, text in texts.items()
    )
    return rows.drop(list(texts), strict=False).join(made, on=list(of), how="left", maintain_order="left")


def with_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Frozen `rows`, with `signed` ('yes' or '') as their entries say it, and what is written of them.

    Adds `figure_*` (null where there is none), `n_*`, `interval_*`, `link_rate_*` ('' where there is none).
    """
    shown = pl.col("value").is_not_null()
    rows = rows.with_columns(
        _signed=pl.col("signed") == "yes",
        _n=pl.when(shown).then(pl.col("denominator")),
        _link=pl.when(shown).then(pl.col("link_rate")),
    )
    rows = with_texts(
        rows, ("value", "format", "_signed"), {"figure_fr": _figure(FRENCH), "figure_en": _figure(ENGLISH)}
    )
    rows = with_texts(rows, ("_n",), {"n_fr": _n(FRENCH), "n_en": _n(ENGLISH)})
    rows = with_texts(
        rows, ("low", "high", "format"), {"interval_fr": _interval_fr, "interval_en": _interval_en}
    )
    rows = with_texts(rows, ("_link",), {"link_rate_fr": _share(FRENCH), "link_rate_en": _share(ENGLISH)})
    asides = [f"{name}_{language}" for name in ("n", "interval", "link_rate") for language in ("fr", "en")]
    return rows.with_columns(pl.col(asides).fill_null("")).drop("_signed", "_n", "_link")


def _figure(language: Language) -> Callable[[float, str, bool], str]:
    return lambda value, kind, signed: written(value, kind, language, signed=signed)


def _n(language: Language) -> Callable[[float], str]:
    return lambda count: f"n = {written(count, 'count', language)}"


def _share(language: Language) -> Callable[[float], str]:
    return lambda share: written(share, "rate", language)


def _interval_fr(low: float, high: float, kind: str) -> str:
    bounds = (written(bound, kind, FRENCH) for bound in (low, high))
    return "intervalle à 95{0}%{0}: de {1} à {2}".format(NO_BREAK, *bounds)


def _interval_en(low: float, high: float, kind: str) -> str:
    return "95% interval: {} to {}".format(*(written(bound, kind, ENGLISH) for bound in (low, high)))
