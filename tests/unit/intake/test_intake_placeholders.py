"""Words for nothing: blank where a blank is allowed, refused elsewhere, never a person or a link."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bilan.contracts import CONTRACTS
from bilan.intake import Reference, Statement
from bilan.intake.cells import fault
from tests.unit.intake.one_column import read_column

Rows = Callable[..., Statement]
NO_NAME = {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": ""}
WORDS = (
    *("N/D", "n/d", "n.d.", "N.D", "ND", "n/a", "N.A.", "NA", "s.o.", "S/O", "so", "Sans objet", "AUCUN"),
    *("aucune", "Néant", "neant", "NIL", "null", "none", "-", "--", "–", "—", "?", "??", "…", "...", "/"),
    *("Inconnu", "inconnue", "(inconnu)", "INCONNU", "unknown", "non disponible", "Non précisé", "à venir"),
    *("xxx", "XX", "x x x", "vide", "non\u00a0précisée", "Non-disponible"),
)
LINKS = (*WORDS, "non", "0", "NON", "x")


def codes(statement: Statement) -> list[tuple[Any, ...]]:
    return statement.refusals.select("column", "code").rows()


def each(words: Sequence[str], *columns: str, key: str) -> list[dict[str, Any]]:
    """A row for each word, which stands in these columns."""
    return [{key: f"K-{place}", **dict.fromkeys(columns, word)} for place, word in enumerate(words)]


def test_a_reference_that_says_nothing_refers_to_nobody(sent: Rows) -> None:
    people = each(LINKS, "jeune_ref", key="no_rencontre")
    names = [f"Roy{'a' * place}" for place in range(len(people))]
    accepted = sent(
        "jeunes_rencontres", *({**row, "jeune_nom": name} for row, name in zip(people, names, strict=True))
    ).accepted
    assert accepted["subject_key"].n_unique() == len(LINKS)
    assert set(accepted["subject_ref"]) == set(accepted["jeune_ref"]) == {None}


def test_a_number_that_says_nothing_links_no_row(sent: Rows) -> None:
    accepted = sent("accusations", *each(LINKS, "no_evenement", key="no_cour")).accepted
    assert accepted["no_evenement"].to_list() == [None] * len(LINKS)


@pytest.mark.parametrize("column", ["no_evenement", "suspect_nom", "suspect_naissance", "motif"])
def test_a_required_cell_that_says_nothing_is_refused(sent: Rows, column: str) -> None:
    statement = sent(
        "arrestations", *({"no_evenement": "E-2", **row} for row in each(WORDS, column, key="x"))
    )
    assert codes(statement) == [(column, "placeholder")] * len(WORDS)
    assert set(statement.refused_keys["key_readable"]) == {column == "motif"}


@pytest.mark.parametrize(
    ("log", "column"),
    [
        ("accusations", "date_issue"),
        ("accusations", "chefs"),
        ("jeunes_rencontres", "sexe"),
        ("references", "motif"),
        ("formations", "score_avant"),
        ("reseaux_sociaux", "transmise_a"),
    ],
)
def test_what_is_not_known_is_blank_where_a_blank_is_allowed(
    reference: Reference, log: str, column: str
) -> None:
    spec = CONTRACTS[log].column(column)
    read = read_column(WORDS, spec, reference)
    assert read.select(column, fault(column)).null_count().row(0) == (len(WORDS),) * 2


@pytest.mark.parametrize(
    ("log", "column"),
    [
        ("accusations", "issue"),
        ("arrestations", "territoire"),
        ("arrestations", "programme"),
        ("echanges", "rang"),
    ],
)
def test_a_default_is_for_a_blank_and_not_for_what_is_not_known(
    reference: Reference, log: str, column: str
) -> None:
    read = read_column(WORDS, CONTRACTS[log].column(column), reference)
    assert set(read[fault(column)]) == {"placeholder"}


@pytest.mark.integration
@pytest.mark.parametrize("text", ["inconnu", "Inconnu"])
def test_a_value_that_the_column_admits_is_that_value(sent: Rows, text: str) -> None:
    assert sent("arrestations", {"gang": text}).accepted["gang"].to_list() == ["inconnu"]
    assert sent("jeunes_rencontres", {"referee": "non", "fugue": "x", "ressource": ""}).accepted.select(
        "referee", "fugue"
    ).rows() == [(False, "oui")]


@pytest.mark.parametrize(
    "name", ["So", "Na", "Nil", "Null", "Nadon", "D'Aucun", "Sonia", "Xavier", "X", "Nd'Go"]
)
def test_a_name_that_looks_like_such_a_word_is_a_name(sent: Rows, name: str) -> None:
    statement = sent("arrestations", {"suspect_nom": name, "suspect_prenom": name})
    assert statement.accepted["suspect_nom"].to_list() == [name]


@pytest.mark.parametrize("number", ["E-0", "00", "01", "1", "N/A-1", "ND-7", "X-1", "SO2", "NON-3", "-7"])
def test_a_number_that_looks_like_such_a_word_is_a_number(sent: Rows, number: str) -> None:
    assert sent("accusations", {"no_evenement": number}).accepted["no_evenement"].to_list() == [number]


@pytest.mark.integration
def test_half_a_person_is_half_a_person(sent: Rows) -> None:
    assert codes(sent("jeunes_rencontres", {"jeune_prenom": "N/D"})) == [(None, "missing_if")]
    assert codes(sent("jeunes_rencontres", {"jeune_prenom": "inconnu", "jeune_ref": "J-1"})) == []
    assert codes(sent("jeunes_rencontres", {**NO_NAME, "jeune_ref": "N/D"})) == [(None, "missing_if")]


def test_nobody_s_consent_is_asked_for_a_word(sent: Rows) -> None:
    nobody = {"jeune_nom": "N/D", "jeune_prenom": "N/D", "jeune_naissance": "N/D", "jeune_ref": "aucun"}
    assert codes(sent("echanges", {**nobody, "consentement_nominatif": "s.o."})) == []


def test_a_cell_that_another_makes_necessary_is_still_empty(sent: Rows) -> None:
    assert codes(sent("jeunes_rencontres", {"ressource": "N/D"})) == [("ressource", "missing_if")]


def test_a_sign_of_yes_is_not_a_word_for_nothing(sent: Rows) -> None:
    assert codes(sent("jeunes_rencontres", {"fugue": "✓"})) == [("fugue", "unknown_value")]


@pytest.mark.parametrize("text", ["idem", "Idem", "id.", '"', "\u2019\u2019", "\u3003"])
@pytest.mark.parametrize(
    ("log", "column"), [("accusations", "date_issue"), ("jeunes_rencontres", "jeune_nom")]
)
def test_the_same_as_above_is_no_blank(sent: Rows, log: str, column: str, text: str) -> None:
    assert (column, "placeholder") in codes(sent(log, {column: text}))


@pytest.mark.parametrize("text", ["x", "anonyme", "Confidentiel"])
def test_nobody_is_nobody(sent: Rows, text: str) -> None:
    assert codes(sent("arrestations", {"suspect_nom": text})) == [("suspect_nom", "placeholder")]


def test_a_row_numbered_zero_has_no_number(sent: Rows) -> None:
    statement = sent("arrestations", {"no_evenement": "0"})
    assert statement.refusals.select("column", "code").rows() == [("no_evenement", "placeholder")]
