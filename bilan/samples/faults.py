"""Rows that one statement gets wrong and the next one repairs: what is typed, and which refusals follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.facts import Row, Value

Typed = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """One way of getting a row wrong.

    `typed` gives the cells as typed instead of the true ones; `refusals` the expected (column,
    code) of each; `key_readable` whether it can still be told which row it was. With `twin`, the
    true row stands in the sheet as well, so that the two contradict each other.
    """

    refusals: tuple[tuple[str | None, str], ...]
    typed: Callable[[Row, date], Typed]
    applies: Callable[[Row], bool] = lambda _row: True
    key_readable: bool = True
    twin: bool = False


def cell(heading: str, code: str, text: str, *, key_readable: bool = True) -> Fault:
    """One faulty cell, in a row where that cell is not empty."""
    return Fault(
        ((heading, code),),
        lambda _row, _statement: {heading: text},
        lambda row: row[heading] is not None,
        key_readable=key_readable,
    )


def future(heading: str) -> Fault:
    """A date after the statement's own."""
    return Fault(
        ((heading, "date_in_future"),),
        lambda _row, statement: {heading: f"{statement + timedelta(40):%d/%m/%Y}"},
    )


def contradiction(heading: str, one: str, other: str, *, value: Value = None) -> Fault:
    """The same key twice: where the row holds `one` (as `value`, if it is typed), `other` is added."""
    true = one if value is None else value
    return Fault(
        ((None, "duplicate_key"),),
        lambda row, _statement: {heading: other if row[heading] == true else one},
        lambda row: row[heading] is not None,
        twin=True,
    )


def named(row: Row) -> bool:
    """Whether the row names a youth."""
    return row["jeune_nom"] is not None and row["jeune_ref"] is None


def breach() -> Fault:
    """A name beside a consent that was refused: the row leaks what it must not hold."""
    return Fault(
        ((None, "consent_breach"),),
        lambda _row, _statement: {"consentement_nominatif": "non"},
        lambda row: named(row) and row["consentement_nominatif"] is True,
    )


def half_named(*, key_readable: bool) -> Fault:
    """A youth whose given name is missing, with no reference instead."""
    return Fault(((None, "missing_if"),), lambda _row, _statement: {"jeune_prenom": ""}, named, key_readable)


def two_cells(*faulty: tuple[str, str, str]) -> Fault:
    """Several faulty cells (heading, code, text) in one row: one refusal for each."""
    return Fault(
        tuple((heading, code) for heading, code, _ in faulty),
        lambda _row, _statement: {heading: text for heading, _, text in faulty},
    )


UNKNOWN, MISSING, BAD_DATE, BAD_NUMBER = "unknown_value", "missing_value", "bad_date", "bad_number"
TOO_EARLY = "date_before_programme"

FAULTS: dict[str, tuple[Fault, ...]] = {
    "arrestations": (
        cell("motif", MISSING, ""),
        cell("motif", UNKNOWN, "fraude"),
        cell("gang", UNKNOWN, "peut-être"),
        cell("territoire", UNKNOWN, "Montréal"),
        cell("date_arrestation", BAD_DATE, "31/02/2010"),
        cell("date_arrestation", TOO_EARLY, "2001-03-12"),
        future("date_arrestation"),
        cell("suspect_naissance", BAD_DATE, "1985-02-30", key_readable=False),
        cell("suspect_prenom", MISSING, "", key_readable=False),
        contradiction("motif", "stupéfiants", "proxénétisme"),
        two_cells(("date_arrestation", BAD_DATE, "12/03/10"), ("motif", UNKNOWN, "vol qualifié")),
    ),
    "accusations": (
        cell("chefs", BAD_NUMBER, "0"),
        cell("chefs", BAD_NUMBER, "2,5"),
        cell("infraction", MISSING, ""),
        cell("issue", UNKNOWN, "coupable"),
        cell("date_accusation", BAD_DATE, "2010-13-05"),
        cell("date_accusation", TOO_EARLY, "15/06/2002"),
        future("date_accusation"),
        cell("no_cour", MISSING, "", key_readable=False),
        contradiction("infraction", "traite de personnes", "agression sexuelle"),
    ),
    "jeunes_rencontres": (
        Fault(
            (("ressource", "missing_if"),),
            lambda _row, _statement: {"ressource": ""},
            lambda row: row["referee"] is True,
        ),
        half_named(key_readable=False),
        cell("referee", MISSING, ""),
        cell("sexe", UNKNOWN, "fille"),
        cell("fugue", UNKNOWN, "souvent"),
        cell("date_rencontre", BAD_DATE, "le 32 mai 2010"),
        future("date_rencontre"),
        contradiction("sexe", "F", "M"),
    ),
    "references": (
        Fault(
            (("raison_refus", "missing_if"),),
            lambda _row, _statement: {"raison_refus": ""},
            lambda row: row["decision"] == "refusée",
        ),
        cell("vers", UNKNOWN, "GRC"),
        cell("de", MISSING, ""),
        cell("date_reference", BAD_DATE, "30 février 2010"),
        cell("date_reference", TOO_EARLY, "2006-11-03"),
        future("date_reference"),
        half_named(key_readable=True),
        cell("decision", UNKNOWN, "peut-être"),
    ),
    "echanges": (
        breach(),
        breach(),
        Fault(((None, "missing_if"),), lambda _row, _statement: {"consentement_nominatif": ""}, named),
        cell("nature", UNKNOWN, "rumeur"),
        cell("formel", MISSING, ""),
        cell("rang", BAD_NUMBER, "0", key_readable=False),
        cell("date_echange", BAD_DATE, "2010-02-30"),
        cell("date_echange", TOO_EARLY, "2004-05-06"),
        cell("vers", UNKNOWN, "Interpol"),
        contradiction("formel", "non", "oui", value=False),
    ),
    "formations": (
        cell("score_avant", BAD_NUMBER, "105"),
        cell("score_apres", BAD_NUMBER, "quatre-vingts"),
        cell("organisation", MISSING, ""),
        cell("titre", MISSING, ""),
        cell("date_session", BAD_DATE, "31 avril 2018"),
    ),
}
