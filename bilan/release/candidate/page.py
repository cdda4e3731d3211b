"""The findings of a candidate as a page in French: what whoever approves it should have read."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from bilan.release.candidate.diff import plain
from bilan.release.candidate.findings import ROWS_FOLDER, Findings
from bilan.release.wording.vocabulary import STATUSES
from bilan.release.wording.withheld import withheld

ROWS_AT_MOST = 50  # of a kind: a page is for reading, the tables hold all of them
KINDS_FR = {"added": "Lignes nouvelles", "removed": "Lignes disparues", "changed": "Lignes changées"}


def page(findings: Findings) -> str:
    """The page, in Markdown; what it leaves out is counted, and its place told."""
    summary = findings.summary
    lines = [f"# Publication n° {summary['release']} : constats", ""]
    lines += [
        f"⚠ Les mêmes chiffres que la publication n° {one['release']}, retirée : {one['notice_fr']}"
        for one in summary["withdrawn_alike"]
    ]
    lines += [*_hidden(summary["suppressed"]), *_checks(summary["checks"])]
    if summary["difference"]:
        lines += [*_difference(summary["difference"], findings.rows), *_moved(summary["moved"])]
    return "\n".join(lines) + "\n"


def in_one_line(row: Mapping[str, Any]) -> str:
    """A row of a difference: for whom, what, and from what to what."""
    names = ("reader", "code", "programme", "territory", "partner", "period_kind", "period_start")
    words = [str(row[name]) for name in (*names, "breakdown_value") if row[name] is not None]
    now = _shown(row["status"], row["value"])
    before = f"{_shown(row['status_before'], row['value_before'])} → " if "status_before" in row else ""
    return f"{' · '.join(words)} : {before}{now}"


def _hidden(suppressed: Mapping[str, Any]) -> Iterator[str]:
    hidden, cells = suppressed["hidden"]["public"], suppressed["cells"]["public"]
    yield from (
        "## Ce qui est masqué",
        "",
        f"Public : {sum(hidden.values())} cellules masquées sur {cells}.",
        "",
    )
    yield from (f"- {code} : {count}" for code, count in hidden.items())
    yield from (f"- Retenu en entier : {level}" for level in withheld(suppressed["coarsened"], "fr"))
    yield ""


def _checks(checks: list[dict[str, Any]]) -> Iterator[str]:
    yield from ("## Contrôles", "")
    yield from (f"- {'✓' if check['passed'] else '✗'} {check['name']}" for check in checks)
    yield ""


def _difference(difference: Mapping[str, Any], rows: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    counts = difference["counts"]
    yield from (f"## Depuis la publication n° {difference['with']}", "")
    yield (
        f"{counts['added']} lignes nouvelles, {counts['removed']} disparues, {counts['changed']} changées."
    )
    yield ""
    for kind, words in KINDS_FR.items():
        if kind in rows and not rows[kind].is_empty():
            yield from (f"### {words}", "", *_first(kind, rows[kind]), "")


def _first(kind: str, rows: pl.DataFrame) -> Iterator[str]:
    yield from (f"- {in_one_line(row)}" for row in plain(rows.head(ROWS_AT_MOST)))
    if rows.height > ROWS_AT_MOST:
        yield f"- … et {rows.height - ROWS_AT_MOST} autres : `{ROWS_FOLDER}/{kind}.parquet`"


def _moved(moved: Mapping[str, Any]) -> Iterator[str]:
    explained, left_out = moved["explained"], moved["left_out"]
    yield from (f"## {len(explained) + left_out} chiffres ont bougé plus qu'attendu", "")
    yield from (f"- {in_one_line(one['figure'])}\n  {one['why']}" for one in explained)
    if left_out:
        yield f"- … et {left_out} autres : `{ROWS_FOLDER}/moved.parquet` ; « bilan explain » les explique."


def _shown(status: str, value: float | None) -> str:
    return STATUSES[status].fr if value is None else f"{value:g}"
