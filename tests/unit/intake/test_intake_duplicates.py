"""The same key twice in one file, and who is the same person within it."""

from collections.abc import Callable
from typing import Any

import pytest

from bilan.intake import Statement

Read = Callable[..., Statement]
NO_NAME = {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": ""}
NAMED, OTHER = {"jeune_ref": ""}, {"jeune_nom": "Roy"}
REF, BOTH = {**NO_NAME, "jeune_ref": "J-1"}, {"jeune_ref": " j-1"}

# two rows of one key that say the same: the first counts, the second is its repeat
REPEATS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("arrestations", {}, {}),
    ("arrestations", {"no_evenement": "a  1"}, {"no_evenement": "A 1"}),
    ("arrestations", {"suspect_nom": "Roy-Côté"}, {"suspect_nom": "ROY COTE"}),
    ("arrestations", {"date_arrestation": "2010-03-12"}, {"date_arrestation": "12 mars 2010"}),
    ("arrestations", {"motif": "autre : un"}, {"motif": "autre : deux"}),
    ("arrestations", {"territoire": ""}, {"territoire": "LONGUEUIL", "programme": "mobilis"}),
    ("arrestations", {"remarque": "un"}, {"remarque": "deux"}),
    ("accusations", {"chefs": "1"}, {"chefs": "1,0"}),
    ("accusations", {"issue": "", "date_issue": ""}, {"issue": "en cours", "date_issue": "2010-09-01"}),
    ("formations", {"titre": "un"}, {"titre": "deux"}),
    ("formations", {"score_avant": "60"}, {"score_avant": "60,0"}),
    ("references", {"motif": "scolaire, protection"}, {"motif": "Protection/Scolaire"}),
    ("references", {"decision": "acceptée", "raison_refus": ""}, {"decision": "acceptee"}),
    ("references", REF, BOTH),
    ("echanges", {"rang": ""}, {"rang": "1"}),
    ("jeunes_rencontres", NAMED, BOTH),
    ("jeunes_rencontres", REF, BOTH),
]
# two rows of one key that contradict each other
CONTRADICTIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("arrestations", {"motif": "autre"}, {}),
    ("arrestations", {"gang": ""}, {"gang": "inconnu"}),
    ("arrestations", {"date_arrestation": "2010-03-01"}, {"date_arrestation": "mars 2010"}),
    ("arrestations", {"territoire": "Brossard"}, {}),
    ("accusations", {"issue": "acquittement"}, {"issue": "retrait"}),
    ("accusations", {"date_issue": ""}, {}),
    ("accusations", {"no_evenement": ""}, {}),
    ("formations", {"score_apres": ""}, {}),
    ("formations", {"organisation": "VILLE"}, {"organisation": "CAVAC"}),
    ("references", {"date_fin": "2010-06-01"}, {}),
    ("references", NAMED, OTHER),
    ("references", NAMED, REF),
    ("echanges", {}, {"jeune_prenom": "Ève"}),
    ("echanges", {}, {**NO_NAME, "jeune_ref": ""}),
    ("echanges", {"consentement_nominatif": "oui", **REF}, {"consentement_nominatif": "non", **REF}),
]
# rows that share a number and no key
DISTINCT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("arrestations", {}, {"suspect_prenom": "Érica", "motif": "autre"}),
    ("arrestations", {}, {"suspect_naissance": "1990-06", "motif": "autre"}),
    ("formations", {}, {"participant_nom": "Roi", "theme": "autre"}),
    ("echanges", {}, {"rang": "2", "nature": "autre"}),
    ("jeunes_rencontres", NAMED, {**REF, "sexe": "M"}),
]


@pytest.mark.parametrize(("log", "one", "two"), REPEATS)
def test_an_exact_repeat_counts_once(rows: Read, log: str, one: dict[str, Any], two: dict[str, Any]) -> None:
    statement = rows(log, one, two)
    assert statement.refusals.is_empty()
    assert statement.accepted.select("row", "repeat").rows() == [(2, False), (3, True)]


@pytest.mark.parametrize(("log", "one", "two"), CONTRADICTIONS)
def test_a_contradiction_refuses_both(rows: Read, log: str, one: dict[str, Any], two: dict[str, Any]) -> None:
    statement = rows(log, one, two)
    assert statement.refusals.select("row", "column", "code").rows() == [
        (2, None, "duplicate_key"),
        (3, None, "duplicate_key"),
    ]
    assert statement.accepted.is_empty()
    assert statement.refused_keys["key_readable"].to_list() == [True, True]


@pytest.mark.parametrize(("log", "one", "two"), DISTINCT)
def test_other_keys_are_let_be(rows: Read, log: str, one: dict[str, Any], two: dict[str, Any]) -> None:
    statement = rows(log, one, two)
    assert statement.accepted.select("row", "repeat").rows() == [(2, False), (3, False)]


def test_a_third_row_that_differs_refuses_all_three(rows: Read) -> None:
    statement = rows("arrestations", {}, {}, {"motif": "autre"}, {"no_evenement": "E-2"})
    assert statement.refusals["row"].to_list() == [2, 3, 4]
    assert statement.accepted["row"].to_list() == [5]


def test_rows_refused_for_themselves_take_no_part(rows: Read) -> None:
    statement = rows("arrestations", {}, {"motif": "bof"}, {})
    assert statement.refusals.select("row", "code").rows() == [(3, "unknown_value")]
    assert statement.accepted.select("row", "repeat").rows() == [(2, False), (4, True)]


@pytest.mark.parametrize("change", [{"date_arrestation": "2010-03-01"}, {"gang": "oui"}])
def test_a_row_refused_for_itself_contradicts_where_it_can_be_read(
    rows: Read, change: dict[str, Any]
) -> None:
    statement = rows("arrestations", {}, {"motif": "bof", **change}, {"no_evenement": "E-2"})
    refused = statement.refusals.select("row", "code").rows()
    assert refused == [(2, "duplicate_key"), (3, "unknown_value")]
    assert statement.accepted["row"].to_list() == [4]


def test_a_cell_that_could_not_be_read_contradicts_a_blank_one(rows: Read) -> None:
    statement = rows("formations", {"score_apres": "beaucoup"}, {"score_apres": ""}, {"no_session": "S-2"})
    assert statement.refusals.select("row", "code").rows() == [(2, "bad_number"), (3, "duplicate_key")]
    assert statement.accepted["row"].to_list() == [4]


@pytest.mark.parametrize("change", [{"no_evenement": "bof #N/A"}, {"suspect_prenom": "Érica"}])
def test_a_refused_row_of_another_key_contradicts_nobody(rows: Read, change: dict[str, Any]) -> None:
    statement = rows("arrestations", {}, {"motif": "bof", "gang": "oui", **change})
    assert statement.accepted["row"].to_list() == [2]


def test_a_tie_elsewhere_in_the_file_makes_one_person(rows: Read) -> None:
    tie = {"no_rencontre": "R-2", **BOTH}
    statement = rows("jeunes_rencontres", NAMED, {**REF, "sexe": "M"}, tie)
    assert statement.refusals.select("row", "code").rows() == [(2, "duplicate_key"), (3, "duplicate_key")]


def test_ties_run_along_chains(rows: Read) -> None:
    chain = [
        {"no_rencontre": "R-2", "jeune_ref": "J-1"},
        {"no_rencontre": "R-3", **OTHER, "jeune_ref": "J-1"},
        {"no_rencontre": "R-4", **OTHER, "jeune_ref": "J-2"},
        {"no_rencontre": "R-5", "jeune_nom": "Zola", "jeune_ref": "J-2"},
    ]
    statement = rows("jeunes_rencontres", NAMED, {"jeune_nom": "Zola"}, *chain)
    assert statement.accepted.select("row", "repeat").rows()[:2] == [(2, False), (3, True)]


def test_a_tie_in_a_refused_row_ties_nobody(rows: Read) -> None:
    tie = {"no_rencontre": "R-2", **BOTH, "sexe": "fille"}
    statement = rows("jeunes_rencontres", NAMED, {**REF, "sexe": "M"}, tie)
    assert statement.accepted["row"].to_list() == [2, 3]
