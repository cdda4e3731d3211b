"""The figures of the eleven logs beside the core ones, recomputed in plain Python from their definitions."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from statistics import median

from bilan.samples.calendars import PJ_START
from bilan.samples.facts import Day, Row, Value

Figures = dict[tuple[str, str], float]
Table = list[tuple[str, Row]]  # the final rows of a log, each with its sender
Told = dict[str, float]

VISIT, PRESENTATION = "visite de classe", "présentation conjointe"


def distinct(rows: Iterable[Row], *headings: str) -> int:
    """How many different combinations of those cells and of the person (`who`) there are."""
    return len({tuple(row.who if heading == "who" else row[heading] for heading in headings) for row in rows})


def figures_of_others(tables: Mapping[str, Table]) -> Figures:
    """The headlines of both programmes and the breakdowns that were published, as `Target.figure` names them.

    A number of « Sans P ni E » belongs to the partnership; those of the other logs are their sender's own.
    """
    figures: Figures = {}
    for programme, started in (("MOBILIS", False), ("Pj", True)):
        staff = [one for one in tables["effectifs"] if (one[1].day("date_debut") >= PJ_START) is started]
        grants = _dated(tables["financements"], "date_octroi", started=started)
        outreach = _dated(tables["rayonnement"], "date_activite", started=started)
        told = {**_funding(grants), **_outreach(outreach), **({} if started else _staff(staff))}
        figures.update({(programme, code): value for code, value in told.items()})
    mobilis = {
        **_schools(_rows(tables["sans_p_ni_e"])),
        "M09": _disclosures(_rows(tables["jeunes_rencontres"])),
        "M15": len(tables["operations"]),
    }
    pj = {
        **_subcommittee(_rows(tables["sous_comite"])),
        **_detections(_rows(tables["depistages"])),
        **_networks(_rows(tables["reseaux_sociaux"])),
        **_housing(_rows(tables["hebergements"])),
        **_trajectories(_rows(tables["trajectoires"])),
        **_table(_rows(tables["concertation"])),
    }
    figures.update({("MOBILIS", code): value for code, value in mobilis.items()})
    figures.update({("Pj", code): value for code, value in pj.items()})
    return figures


def _rows(table: Table) -> list[Row]:
    return [row for _, row in table]


def _dated(table: Table, heading: str, *, started: bool) -> list[Row]:
    """The rows of the programme that had started by then, or of the one before it."""
    return [row for _, row in table if (row.day(heading) >= PJ_START) is started]


def _of(rows: Iterable[Row], heading: str, value: Value) -> list[Row]:
    return [row for row in rows if row[heading] == value]


def _present(rows: Iterable[Row], heading: str) -> int:
    return sum(row[heading] is not None for row in rows)


def _total(rows: Iterable[Row], heading: str) -> float:
    amounts = (row[heading] for row in rows)
    return float(sum(amount for amount in amounts if isinstance(amount, Decimal | int)))


def _staff(table: Table) -> Told:
    """Persons assigned, by sender, category and role."""
    told: Told = {"M01": distinct(_rows(table), "who")}
    for sender in {sender for sender, _ in table}:
        told[f"M01@{sender}"] = distinct((row for by, row in table if by == sender), "who")
    for heading in ("categorie", "role"):
        for value in {row[heading] for _, row in table}:
            told[f"M01/{heading}={value}"] = distinct(_of(_rows(table), heading, value), "who")
    return told


def _schools(rows: list[Row]) -> Told:
    """Each activity once, whoever tells of it; both tell the same."""
    activities = [*{row["no_activite"]: row for row in rows}.values()]
    return {
        "M11": distinct(activities, "no_ecole"),
        "M11.classes": distinct(_of(activities, "activite", VISIT), "no_classe"),
        "M11.youths": _total(activities, "jeunes_rejoints"),
        "M12": len(_of(activities, "activite", PRESENTATION)),
    }


def _disclosures(rows: list[Row]) -> float:
    """Days from each day on which a youth confided to her first meeting since, both known to the day."""
    meetings = [(row.who, met) for row in rows if (met := _exact(row["date_rencontre"]))]
    confidences = {(row.who, told) for row in rows if (told := _exact(row["date_devoilement"]))}
    waits = []
    for who, told in confidences:
        since = [met for met_one, met in meetings if met_one == who and met >= told]
        if since:
            waits.append((min(since) - told).days)
    return float(median(waits))


def _exact(value: Value) -> date | None:
    """A day that is known as such."""
    return value.first if isinstance(value, Day) and value.precision == "day" else None


def _funding(rows: list[Row]) -> Told:
    return {"M13": _total(rows, "montant"), "M13.grants": len(rows)}


def _outreach(rows: list[Row]) -> Told:
    return {"M14": len(rows), "M14.reached": _total(rows, "personnes_rejointes")}


def _subcommittee(rows: list[Row]) -> Told:
    present, actions = _of(rows, "objet", "présence"), _of(rows, "objet", "action concertée")
    return {
        "P05": distinct(present, "no_reunion"),
        "P05.members": distinct(present, "who"),
        "P05.concerns": len(_of(rows, "objet", "préoccupation")),
        "P06": len(actions),
        "P06.completed": _present(actions, "date_realisation"),
    }


def _detections(rows: list[Row]) -> Told:
    return {"P07": distinct(rows, "who"), "P07.detections": len(rows)}


def _trajectories(rows: list[Row]) -> Told:
    return {
        "P09.requested": len(rows),
        "P09.declined": len(_of(rows, "decision", "critères non satisfaits")),
        "P09.served": _present(rows, "date_debut"),
        "P10.transfers": len(_of(rows, "decision", "transférée")),
    }


def _networks(rows: list[Row]) -> Told:
    return {
        "P11": len(rows),
        "P11.flagged": _present(rows, "date_signalement"),
        "P11.transmitted": _present(rows, "date_transmission"),
        "P11.followed": _present(rows, "date_suivi"),
    }


def _housing(rows: list[Row]) -> Told:
    return {
        "P12": len(rows),
        "P12.offered": len(_of(rows, "decision", "offerte")),
        "P12.refused": len(_of(rows, "decision", "refusée")),
        "P12.no_place": len(_of(rows, "raison_refus", "manque de place")),
    }


def _table(rows: list[Row]) -> Told:
    """Nobody left the table: those who ever joined it are those around it."""
    return {
        "P14.partners": distinct(_of(rows, "objet", "partenaire"), "organisation"),
        "P14.meetings": len(_of(rows, "objet", "rencontre de la table")),
    }
