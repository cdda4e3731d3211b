"""Charts that are written: HTML by a Handlebars template, read by eyes, screen readers and printers alike.

Figures stand in words beside their bars, a hidden one is hatched and says so, and nothing needs a canvas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bundle.kinds.conditions import Condition, of_programme, only
from bundle.model import PLACE_AND_TIME, PROGRAMME, RELEASE, TERRITORY, Chart, text
from bundle.words import Words

MOST_ROWS = 2000


@dataclass(frozen=True)
class Group:
    """One figure of several in a written chart: the key of its rows, its title, and a note under it."""

    key: str
    title: str
    source: str
    note: str = ""


def state(
    words: Words, prefix: str, title: str, programme: str | None, *, twin: str, own: bool = False
) -> Chart:
    """The line of state: known at which date, which release, synthetic or not, what is awaited.

    `twin` is the slug of the same board in the other language; `own`: the title is followed by the name of the organisation whose file it is.
    """
    template = text("state.hbs").replace("TITLE", title).replace("TWIN", twin)
    template = template.replace("OWN", "organisation_name" if own else "no")
    columns = ["programme", *_both(words, "known", "published", "awaited"), "release", "synthetic"]
    return _chart(
        words,
        f"{prefix}_etat",
        title,
        "state",
        template,
        [*columns, "organisation_name"],
        of_programme(programme),
        reached=frozenset({RELEASE} if programme else {RELEASE, PROGRAMME}),
    )


def cards(words: Words, key: str, title: str, programme: str | None, codes: Sequence[str]) -> Chart:
    """Key figures, one card per code, in the order given."""
    card = text("card.hbs")
    each = "".join(
        f"{{{{#each data}}}}{{{{#if (eq code '{code}')}}}}{card}{{{{/if}}}}{{{{/each}}}}" for code in codes
    )
    columns = [
        "code",
        "status",
        "change_unsure",
        *_both(words, "name", "figure", "unit", "n", "interval", "companion"),
    ]
    return _chart(
        words,
        key,
        title,
        "board_figures",
        f'<div class="bilan-cartes">{each}</div>',
        [*columns, *_both(words, "change", "status")],
        [*of_programme(programme), only("code", list(codes))],
        reached=_reached(programme),
    )


def bars(words: Words, key: str, title: str, programme: str | None, groups: Sequence[Group]) -> Chart:
    """How figures divide: a group of horizontal bars each; keys are « code/breakdown »."""
    return _grouped(words, key, title, "bars.hbs", "part_key", groups, ("board_parts", ["part_rank"]), [
        "part_key", "part", "width", "status", *_both(words, "part", "figure", "status", "known"),
    ], of_programme(programme), reached=_reached(programme))  # fmt: skip


def funnel(words: Words, key: str, title: str, programme: str, codes: Sequence[str], source: str) -> Chart:
    """Measures that follow from one another, each a bar as long as its share of the first."""
    line = text("funnel.hbs")
    each = "".join(
        f"{{{{#each data}}}}{{{{#if (eq code '{code}')}}}}{line}{{{{/if}}}}{{{{/each}}}}" for code in codes
    )
    template = text("funnel_frame.hbs").replace("LINES", each).replace("SOURCE", source)
    return _chart(
        words, key, title, "board_funnel", template,
        ["code", "width", "status", *_both(words, "name", "figure", "status", "known")],
        [only("programme", programme), only("code", list(codes))],
    )  # fmt: skip


def columns(words: Words, key: str, title: str, programme: str, groups: Sequence[Group]) -> Chart:
    """Quarter by quarter: a row of columns for each code, hidden quarters hatched."""
    return _grouped(words, key, title, "columns.hbs", "code", groups, ("board_quarters", ["quarter"]), [
        "code", "quarter", "height", "is_marked", "status", *_both(words, "quarter", "figure", "status", "known"),
    ], of_programme(programme))  # fmt: skip


def years(words: Words, key: str, title: str, programme: str, groups: Sequence[Group]) -> Chart:
    """Through the years of the programme: a table for each group, shaded; the period chosen leaves it alone.

    A group's key is that of a measure by a breakdown, or several codes joined by `+`.
    """
    keys = [one for group in groups for one in group.key.split("+")]
    return _chart(
        words, key, title, "board_years", _groups([_through_years(group) for group in groups]),
        ["line_key", "line_rank", "year_rank", "shade", "status", "is_first_year", "is_last_year",
         *_both(words, "line", "year", "figure", "status", "known")],
        [only("programme", programme), only("line_key", keys)],
        order=["line_key", "line_rank", "year_rank"],
        reached=frozenset({TERRITORY, RELEASE}),
    )  # fmt: skip


def _through_years(group: Group) -> str:
    keys = group.key.split("+")
    asked = " ".join(f"(eq line_key '{key}')" for key in keys)
    condition = f"(or {asked})" if len(keys) > 1 else asked
    return _named(text("years.hbs"), group).replace("CONDITION", condition).replace("FIRST", keys[0])


def matrix(words: Words, key: str, title: str, programme: str, source: str) -> Chart:
    """Axis by target: youths detected and served in each box, holes named."""
    template = text("matrix.hbs").replace("SOURCE", source)
    return _chart(
        words, key, title, "board_matrix", template,
        ["axis_rank", "target_rank", "is_hole", "status", "served_status",
         *_both(words, "axis", "target", "detected", "served", "status", "served_status", "known")],
        of_programme(programme),
        order=["axis_rank", "target_rank"],
    )  # fmt: skip


def dated(words: Words, key: str, title: str, programme: str, part_key: str, source: str) -> Chart:
    """What happened when, as a list; of what counts nobody."""
    template = text("dated.hbs").replace("SOURCE", source)
    return _chart(
        words, key, title, "board_dated", template, ["month", *_both(words, "month", "part", "figure")],
        [only("programme", programme), only("part_key", part_key)],
        order=["month"], reached=frozenset({TERRITORY, RELEASE}),
    )  # fmt: skip


def own(words: Words, key: str, title: str, codes: Sequence[str]) -> Chart:
    """An organisation's own figures beside the total of all."""
    return _chart(
        words, key, title, "board_own", text("own.hbs"),
        ["code", "share", "status", "all_status", "change_unsure",
         *_both(words, "name", "unit", "own", "all", "status", "all_status", "n", "change")],
        [only("code", list(codes))], order=["code"], reached=_reached(None),
    )  # fmt: skip


def definitions(words: Words, prefix: str, codes: Sequence[str]) -> Chart:
    """Definitions and sources, word for word from the catalogue."""
    return _chart(
        words, f"{prefix}_definitions", words["definitions"], "kpi_catalogue", text("definitions.hbs"),
        ["code", "source", *_both(words, "name", "definition", "numerator", "denominator")],
        [only("code", list(codes))], order=["code"], reached=frozenset(),
    )  # fmt: skip


def listed(
    words: Words,
    key: str,
    template: str,
    dataset: str,
    columns: Sequence[str],
    order: Sequence[str],
    *,
    title: str,
    reached: frozenset[str],
) -> Chart:
    """Rows of a table of the steward's, written by a template of their own."""
    return _chart(
        words, key, title, dataset, text(template), list(columns), [], order=list(order), reached=reached
    )


def _grouped(
    words: Words,
    key: str,
    title: str,
    template: str,
    column: str,
    groups: Sequence[Group],
    rows: tuple[str, list[str]],
    shown: list[str],
    where: list[Condition],
    *,
    reached: frozenset[str] = PLACE_AND_TIME,
) -> Chart:
    """A written chart of several groups, each the rows whose `column` is its key."""
    dataset, order = rows
    parts = [_named(text(template), group).replace("KEY", group.key) for group in groups]
    conditions = [*where, only(column, [group.key for group in groups])]
    return _chart(
        words, key, title, dataset, _groups(parts), [*order, *shown], conditions, order=order, reached=reached
    )


def _groups(parts: Sequence[str]) -> str:
    return f'<div class="bilan-groupes bilan-groupes-{min(len(parts), 3)}">{"".join(parts)}</div>'


def _named(template: str, group: Group) -> str:
    note = f'<p class="bilan-note">{group.note}</p>' if group.note else ""
    return template.replace("TITLE", group.title).replace("SOURCE", group.source).replace("NOTE", note)


def _reached(programme: str | None) -> frozenset[str]:
    return PLACE_AND_TIME if programme else PLACE_AND_TIME | {PROGRAMME}


def _both(words: Words, *names: str) -> list[str]:
    """Columns of the language, by their names without its suffix."""
    return [name + words.suffix for name in names]


def _chart(
    words: Words,
    key: str,
    title: str,
    dataset: str,
    template: str,
    columns: list[str],
    where: list[Condition],
    *,
    order: Sequence[str] = (),
    reached: frozenset[str] = PLACE_AND_TIME,
) -> Chart:
    params: Mapping[str, Any] = {
        "query_mode": "raw",
        "all_columns": list(dict.fromkeys(columns)),
        "row_limit": MOST_ROWS,
        "handlebarsTemplate": words.fill(template),
        "styleTemplate": "",
        "adhoc_filters": where,
    }
    sorting = {"order_by_cols": [f'["{column}", true]' for column in order]} if order else {}
    return Chart(key, title, "handlebars", dataset, {**params, **sorting}, reached)
