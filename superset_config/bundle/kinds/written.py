"""Charts that are written: HTML by a Handlebars template, read by eyes, screen readers and printers alike.

Figures stand in words beside their bars, a hidden one is hatched and says so, and nothing needs a canvas.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bundle.assets import PLACE_AND_TIME, PROGRAMME, RELEASE, TERRITORY, Chart, text
from bundle.filters import Condition, of_programme, only
from bundle.wording import Words

MOST_ROWS = 2000
BY_MILIEU = frozenset({"milieu", "ressource", "source"})  # breakdowns whose parts are milieux, or of one


@dataclass(frozen=True)
class Group:
    """One figure of several in a written chart: the key of its rows, its title, its source."""

    key: str
    title: str
    source: str


@dataclass(frozen=True)
class _Reading:
    """The rows that a written chart reads: from which dataset, which columns, in which order."""

    dataset: str
    columns: Sequence[str]
    where: Sequence[Condition] = ()
    order: Sequence[str] = ()
    reached: frozenset[str] = PLACE_AND_TIME


def state(
    words: Words, prefix: str, title: str, programme: str | None, *, twin: str, own: bool = False
) -> Chart:
    """The line of state: known at which date, which release, synthetic or not, what is awaited.

    `twin` is the slug of the same board in the other language; `own`: the title is followed by the
    name of the organisation whose file it is.
    """
    template = text("state.hbs").replace("TITLE", title).replace("TWIN", twin)
    template = template.replace("OWN", "organisation_name" if own else "no")
    columns = ["programme", "release", "synthetic", "organisation_name"]
    reading = _Reading(
        "state",
        [*columns, *_both(words, "known", "published", "awaited")],
        of_programme(programme),
        reached=frozenset({RELEASE} if programme else {RELEASE, PROGRAMME}),
    )
    return _chart(words, f"{prefix}_etat", title, template, reading)


def cards(words: Words, key: str, title: str, programme: str | None, codes: Sequence[str]) -> Chart:
    """Key figures, one card per code, in the order given."""
    columns = ["code", "status", "change_unsure"]
    shown = [
        "period",
        "territory",
        "name",
        "figure",
        "unit",
        "n",
        "interval",
        "companion",
        "change",
        "provisional",
        "status",
    ]
    reading = _Reading(
        "board_figures",
        [*columns, *_both(words, *shown)],
        [*of_programme(programme), only("code", list(codes))],
        reached=_reached(programme),
    )
    return _chart(words, key, title, _in_context("card.hbs", codes), reading)


def own_cards(words: Words, key: str, title: str, codes: Sequence[str]) -> Chart:
    """An organisation's own key figures, one card per code, each with that of all."""
    columns = ["code", "status", "change_unsure"]
    shown = ["period", "territory", "name", "own", "unit", "n", "all", "change", "provisional"]
    shown += ["status", "all_status"]
    reading = _Reading(
        "board_own",
        [*columns, *_both(words, *shown)],
        [only("code", list(codes))],
        reached=_reached(None),
    )
    return _chart(words, key, title, _in_context("own_card.hbs", codes), reading)


def _in_context(card: str, codes: Sequence[str]) -> str:
    """Cards under the period and territory that they are of."""
    return f'{text("context.hbs")}<div class="bilan-cartes">{_each("code", codes, text(card))}</div>'


def bars(words: Words, key: str, title: str, programme: str, groups: Sequence[Group]) -> Chart:
    """How figures divide: a group of horizontal bars each; keys are « code/breakdown »."""
    columns = ["part_rank", "part_key", "part", "width", "status"]
    reading = _Reading(
        "board_parts",
        [*columns, *_both(words, "part", "figure", "status", "provisional", "known")],
        [only("programme", programme), only("part_key", [group.key for group in groups])],
        ["part_rank"],
    )
    return _chart(words, key, title, _framed([_bars(group) for group in groups]), reading)


def _bars(group: Group) -> str:
    """A group of bars, in the hues of the milieux where it divides by them."""
    hue = " bilan-milieu bilan-milieu-{{part}}" if group.key.partition("/")[2] in BY_MILIEU else ""
    return _named(text("bars.hbs"), group).replace("KEY", group.key).replace("HUE", hue)


def funnel(words: Words, key: str, title: str, programme: str, codes: Sequence[str], *, source: str) -> Chart:
    """Measures that follow from one another, each a bar as long as its share of the first."""
    lines = _each("code", codes, text("funnel.hbs"))
    reading = _Reading(
        "board_funnel",
        ["code", "width", "status", *_both(words, "name", "figure", "status", "provisional", "known")],
        [only("programme", programme), only("code", list(codes))],
    )
    template = text("funnel_frame.hbs").replace("LINES", lines).replace("SOURCE", source)
    return _chart(words, key, title, template, reading)


def columns(words: Words, key: str, title: str, programme: str, groups: Sequence[Group]) -> Chart:
    """Quarter by quarter: a row of columns for each code, hidden quarters hatched."""
    shown = ["quarter", "code", "height", "is_marked", "status"]
    reading = _Reading(
        "board_quarters",
        [*shown, *_both(words, "quarter", "figure", "status", "known")],
        [only("programme", programme), only("code", [group.key for group in groups])],
        ["quarter"],
    )
    return _chart(words, key, title, _grouped(text("columns.hbs"), groups), reading)


def years(words: Words, key: str, title: str, programme: str, groups: Sequence[Group]) -> Chart:
    """Through the years of the programme: a shaded table for each group, whatever period is chosen.

    A group's key is that of a measure by a breakdown, or several codes joined by `+`.
    """
    keys = [one for group in groups for one in group.key.split("+")]
    order = ["line_key", "line_rank", "year_rank"]
    reading = _Reading(
        "board_years",
        [
            *order,
            *("shade", "status", "is_first_year", "is_last_year"),
            *_both(words, "line", "year", "figure", "provisional", "status", "known"),
        ],
        [only("programme", programme), only("line_key", keys)],
        order,
        reached=frozenset({TERRITORY, RELEASE}),
    )
    return _chart(words, key, title, _framed([_through_years(group) for group in groups]), reading)


def _through_years(group: Group) -> str:
    keys = group.key.split("+")
    asked = " ".join(f"(eq line_key '{key}')" for key in keys)
    condition = f"(or {asked})" if len(keys) > 1 else asked
    return _named(text("years.hbs"), group).replace("CONDITION", condition).replace("FIRST", keys[0])


def matrix(words: Words, key: str, title: str, programme: str, *, source: str) -> Chart:
    """Axis by target: youths detected and served in each box, holes named."""
    order = ["axis_rank", "target_rank"]
    shown = ["axis", "target", "detected", "served", "status", "served_status", "known"]
    reading = _Reading(
        "board_matrix",
        [*order, "is_hole", "status", "served_status", *_both(words, *shown)],
        [only("programme", programme)],
        order,
    )
    return _chart(words, key, title, text("matrix.hbs").replace("SOURCE", source), reading)


def dated(words: Words, key: str, title: str, programme: str, part_key: str, *, source: str) -> Chart:
    """What happened when, as a list; of what counts nobody."""
    reading = _Reading(
        "board_dated",
        ["month", *_both(words, "month", "part", "figure")],
        [only("programme", programme), only("part_key", part_key)],
        ["month"],
        reached=frozenset({TERRITORY, RELEASE}),
    )
    return _chart(words, key, title, text("dated.hbs").replace("SOURCE", source), reading)


def own(words: Words, key: str, title: str, codes: Sequence[str]) -> Chart:
    """An organisation's own figures beside the total of all."""
    columns = ["code", "share", "status", "all_status", "change_unsure"]
    shown = ["name", "unit", "own", "all", "status", "all_status", "n", "change", "provisional"]
    reading = _Reading(
        "board_own",
        [*columns, *_both(words, *shown)],
        [only("code", list(codes))],
        ["code"],
        reached=_reached(None),
    )
    return _chart(words, key, title, text("own.hbs"), reading)


def definitions(words: Words, prefix: str, codes: Sequence[str]) -> Chart:
    """Definitions and sources, word for word from the catalogue."""
    reading = _Reading(
        "kpi_catalogue",
        ["code", "source", *_both(words, "name", "definition", "numerator", "denominator")],
        [only("code", list(codes))],
        ["code"],
        reached=frozenset(),
    )
    return _chart(words, f"{prefix}_definitions", words["definitions"], text("definitions.hbs"), reading)


def listed(
    words: Words,
    key: str,
    title: str,
    template: str,
    dataset: str,
    *,
    columns: Sequence[str],
    order: Sequence[str],
    reached: frozenset[str],
) -> Chart:
    """The rows of a table, written by a template of their own."""
    return _chart(words, key, title, text(template), _Reading(dataset, columns, (), order, reached))


def _each(column: str, values: Sequence[str], template: str) -> str:
    """The template once for each value, in their order, filled by the row whose column is that value."""
    return "".join(
        f"{{{{#each data}}}}{{{{#if (eq {column} '{value}')}}}}{template}{{{{/if}}}}{{{{/each}}}}"
        for value in values
    )


def _grouped(template: str, groups: Sequence[Group]) -> str:
    return _framed([_named(template, group).replace("KEY", group.key) for group in groups])


def _framed(parts: Sequence[str]) -> str:
    return f'<div class="bilan-groupes">{"".join(parts)}</div>'


def _named(template: str, group: Group) -> str:
    return template.replace("TITLE", group.title).replace("SOURCE", group.source)


def _reached(programme: str | None) -> frozenset[str]:
    return PLACE_AND_TIME if programme else PLACE_AND_TIME | {PROGRAMME}


def _both(words: Words, *names: str) -> list[str]:
    """Columns of the language, by their names without its suffix."""
    return [name + words.suffix for name in names]


def _chart(words: Words, key: str, title: str, template: str, reading: _Reading) -> Chart:
    params = {
        "query_mode": "raw",
        "all_columns": list(dict.fromkeys(reading.columns)),
        "row_limit": MOST_ROWS,
        "handlebarsTemplate": words.fill(template),
        "styleTemplate": "",
        "adhoc_filters": list(reading.where),
    }
    if reading.order:
        params["order_by_cols"] = [f'["{column}", true]' for column in reading.order]
    return Chart(key, title, "handlebars", reading.dataset, params, reading.reached)
