"""The figures of the final tables, recomputed in plain Python from the definitions of the domain."""

from collections.abc import Mapping
from decimal import Decimal

from bilan.samples.facts import Row
from bilan.samples.library import Books, of_log
from tests.oracles.figures_others import distinct, figures_of_others

Figures = dict[tuple[str, str], float]
GUILTY = {"plaidoyer de culpabilité", "verdict de culpabilité"}
NOT_PRESENTED = {"retrait", "arrêt des procédures"}
PJ_LOGS_BEGIN = "2016-10-01"


def figures_of(books: Books) -> Figures:
    """Each KPI's headline over the whole programme, by (programme, code), as `Target.figure` writes it.

    Everything of MOBILIS lies in phase 1, so that phase 1 and the total say the same.
    """
    tables = {log: rows_of(books, log) for log in {log for _, log in books}}
    mobilis = {
        **_court(tables["arrestations"], tables["accusations"]),
        **_youths(tables["jeunes_rencontres"]),
        **_exchanges(tables["echanges"]),
    }
    figures = {("MOBILIS", code): float(value) for code, value in mobilis.items()}
    figures.update({("Pj", code): float(value) for code, value in _trainings(tables["formations"]).items()})
    told_by = {
        log: [(sender, row) for sender, book in of_log(books, log).items() for row in book.final_rows()]
        for log in tables
    }
    figures.update(figures_of_others(told_by))
    for programme, rows in _by_programme(books).items():
        figures.update({(programme, code): float(value) for code, value in _referrals(rows).items()})
    return figures


def rows_of(books: Books, log: str) -> list[Row]:
    """The final rows of a log, of all its senders."""
    return [row for book in of_log(books, log).values() for row in book.final_rows()]


def _court(arrests: list[Row], charges: list[Row]) -> Mapping[str, float]:
    concluded = [row for row in charges if row["issue"] != "en cours"]
    guilty = [row for row in concluded if row["issue"] in GUILTY]
    arrested = {row.who for row in arrests}
    return {
        "M02": distinct(arrests, "no_evenement", "who"),
        "M03": distinct(charges, "who"),
        "M04": len(guilty) / len(concluded),
        "M04.concluded": distinct(concluded, "no_cour", "who"),
        "M04.presented": len(guilty) / sum(row["issue"] not in NOT_PRESENTED for row in concluded),
        "M07": len(arrested & {row.who for row in charges}) / len(arrested),
    }


def _youths(meetings: list[Row]) -> Mapping[str, float]:
    return {
        "M05": distinct((row for row in meetings if row["referee"]), "who"),
        "M05.met": distinct(meetings, "who"),
        "M05.meetings": distinct(meetings, "no_rencontre", "who"),
    }


def _exchanges(rows: list[Row]) -> Mapping[str, float]:
    about = {row["no_echange"] for row in rows if row.who is not None}
    without_name = {row["no_echange"] for row in rows if row["consentement_nominatif"] is False}
    return {
        "M06": distinct((row for row in rows if row["formel"]), "no_echange"),
        "M06.informal": distinct((row for row in rows if not row["formel"]), "no_echange"),
        "M10": len(without_name) / len(about),
    }


def _trainings(rows: list[Row]) -> Mapping[str, float | Decimal]:
    # The same person at the same session counts once, whoever lists her.
    attendances = {(row["no_session"], row.who): (row["score_avant"], row["score_apres"]) for row in rows}
    pairs = [
        (before, after)
        for before, after in attendances.values()
        if isinstance(before, Decimal) and isinstance(after, Decimal)
    ]
    gain = sum((after - before for before, after in pairs), Decimal(0)) / len(pairs)
    mean_before = sum((before for before, _ in pairs), Decimal(0)) / len(pairs)
    return {
        "P01": distinct(rows, "no_session"),
        "P02": distinct(rows, "who"),
        "P02.attendances": len(attendances),
        "P03": gain,
        "P03.relative": gain / mean_before,
        "P03.n_attendances": len(pairs),
        "P03.mean_before": mean_before,
    }


def _by_programme(books: Books) -> dict[str, list[Row]]:
    """Referrals are each sender's own: their number is made its own too."""
    by_programme: dict[str, list[Row]] = {"MOBILIS": [], "Pj": []}
    for sender, book in of_log(books, "references").items():
        for row in book.final_rows():
            made = row.day("date_reference").isoformat()
            programme = "MOBILIS" if made < PJ_LOGS_BEGIN else "Pj"
            by_programme[programme].append(row.but({"no_reference": f"{sender}|{row['no_reference']}"}))
    return by_programme


def _referrals(rows: list[Row]) -> Mapping[str, float]:
    return {
        "P09": distinct(rows, "no_reference"),
        "P09.accepted": sum(row["decision"] == "acceptée" for row in rows),
        "P09.refused": sum(row["decision"] == "refusée" for row in rows),
        "P09.started": sum(row["date_debut"] is not None for row in rows),
    }
