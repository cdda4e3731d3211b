"""Lives that can't be: births, ages, ends, decisions, and dates to come."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bilan.intake import Statement

Rows = Callable[..., Statement]
ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("jeunes_rencontres", {"jeune_naissance": "1996"}),
    ("jeunes_rencontres", {"jeune_naissance": "2006-03-12"}),  # four years old that day
    ("jeunes_rencontres", {"jeune_naissance": "mars 2006"}),
    ("jeunes_rencontres", {"jeune_naissance": "2006"}),
    ("jeunes_rencontres", {"jeune_naissance": "1979-03-13"}),  # thirty years old that day
    ("jeunes_rencontres", {"jeune_naissance": "1979"}),
    ("jeunes_rencontres", {"date_devoilement": "2010-01-05"}),
    ("arrestations", {"suspect_naissance": "1998-03-12"}),
    ("accusations", {"date_issue": "2010-04-01"}),
    ("accusations", {"date_issue": "avril 2010"}),
    ("accusations", {"date_accusation": "avril 2010", "date_issue": "2010-04-01"}),
    ("accusations", {"date_issue": "2011"}),
    ("references", {"date_debut": "2010-03-12", "date_fin": "2010-03-12"}),
    ("references", {"date_debut": "", "date_fin": "2010-05-01"}),
    ("references", {"date_decision": "2010"}),
]
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("jeunes_rencontres", {"jeune_naissance": "2010-03-13"}, "jeune_naissance", "birth_after_fact"),
    ("jeunes_rencontres", {"jeune_naissance": "2010-03-12"}, "jeune_naissance", "birth_after_fact"),
    ("jeunes_rencontres", {"jeune_naissance": "avril 2010"}, "jeune_naissance", "birth_after_fact"),
    ("jeunes_rencontres", {"jeune_naissance": "2031-01-01"}, "jeune_naissance", "date_in_future"),
    ("jeunes_rencontres", {"jeune_naissance": "1926-05-01"}, "jeune_naissance", "age_out_of_range"),
    ("jeunes_rencontres", {"jeune_naissance": "2006-03-13"}, "jeune_naissance", "age_out_of_range"),
    ("jeunes_rencontres", {"jeune_naissance": "1979-03-12"}, "jeune_naissance", "age_out_of_range"),
    ("jeunes_rencontres", {"jeune_naissance": "1978"}, "jeune_naissance", "age_out_of_range"),
    ("jeunes_rencontres", {"date_devoilement": "2031-01-01"}, "date_devoilement", "date_in_future"),
    ("jeunes_rencontres", {"date_devoilement": "1910-01-01"}, "date_devoilement", "date_before_programme"),
    ("references", {"date_decision": "2010-03-11"}, "date_decision", "date_out_of_order"),
    ("references", {"date_decision": "février 2010"}, "date_decision", "date_out_of_order"),
    ("references", {"date_decision": "2009"}, "date_decision", "date_out_of_order"),
    ("references", {"date_debut": "2010-06-02", "date_fin": "2010-06-01"}, "date_fin", "date_out_of_order"),
    ("references", {"date_debut": "", "date_fin": "2010-03-01"}, "date_fin", "date_out_of_order"),
    ("references", {"date_fin": "2101-01-01"}, "date_fin", "date_in_future"),
    # the date that is wrong is told by its own cell, and not held against the others
    ("references", {"date_reference": "2011-12-01"}, "date_reference", "date_in_future"),
    ("arrestations", {"date_arrestation": "2001-01-01"}, "date_arrestation", "date_before_programme"),
]


@pytest.mark.parametrize(("log", "change"), ACCEPTED)
def test_a_life_that_can_be(sent: Rows, log: str, change: dict[str, Any]) -> None:
    assert sent(log, change).refusals.is_empty()


@pytest.mark.parametrize(("log", "change", "column", "code"), REFUSED)
def test_a_life_that_can_t_be(sent: Rows, log: str, change: dict[str, Any], column: str, code: str) -> None:
    assert sent(log, change).refusals.select("column", "code").rows() == [(column, code)]


GRANT = "no_subvention;date_octroi;bailleur;volet;montant;periode_debut;periode_fin;date_cessation\n"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("2011-09-01;PAFARC;activités;1000;2012-01-01;2015-12-31;", []),
        ("2011-09-01;PAFARC;activités;1000;2012-01-01;2031-12-31;", [("periode_fin", "date_in_future")]),
        ("2011-09-01;PAFARC;activités;1000;2012-01-01;2011-12-31;", [("periode_fin", "date_out_of_order")]),
        (
            "2010-09-01;PAFARC;activités;1000;2010-09-01;2011-12-31;2012-01-01",
            [("date_cessation", "date_in_future")],
        ),
        (
            "1910-09-01;PAFARC;activités;1000;2010-09-01;2011-12-31;",
            [("date_octroi", "date_before_programme")],
        ),
    ],
)
def test_what_is_planned_may_be_to_come(read: Rows, dates: str, expected: list[tuple[str, str]]) -> None:
    found = read("financements", f"{GRANT}G-1;{dates}\n", statement_date=date(2011, 9, 30))
    assert found.refusals.select("column", "code").rows() == expected
