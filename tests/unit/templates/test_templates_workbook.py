"""What a template shows to the person who opens it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl.utils import get_column_letter

from bilan.contracts import CONTRACTS, Kind
from bilan.contracts.version import version_of
from bilan.intake import Reference
from bilan.intake.tables import EXAMPLE_MARK
from bilan.templates import template
from bilan.templates.checks import LONGEST_MESSAGE
from tests.unit.templates.opened import EXAMPLE_ROW, HEADINGS_ROW, Book

Open = Callable[[str], Book]

every_log = pytest.mark.parametrize("log", CONTRACTS)


@every_log
def test_the_headings_are_the_contract_s_in_its_order(book: Open, log: str) -> None:
    assert book(log).headings == [column.name for column in CONTRACTS[log].columns]


@every_log
def test_each_column_says_what_it_means_and_whether_it_is_required(book: Open, log: str) -> None:
    sheet = book(log).sheet
    for place, column in enumerate(CONTRACTS[log].columns, start=1):
        mark = sheet.cell(HEADINGS_ROW - 2, place).value
        assert sheet.cell(HEADINGS_ROW - 1, place).value == column.meaning
        assert mark.startswith("obligatoire") == column.required
        assert mark.endswith("(N)") == (column.name in CONTRACTS[log].subject.columns)


@every_log
def test_what_is_shown_while_typing_fits_in_its_box(book: Open, log: str) -> None:
    """A longer message makes the program that opens the file say that it is damaged."""
    opened = book(log)
    for column in CONTRACTS[log].columns:
        check = opened.check(column.name)
        assert check.promptTitle == column.name
        assert check.prompt.startswith(column.meaning)
        assert max(map(len, (check.prompt, check.error, check.formula1 or ""))) <= LONGEST_MESSAGE
        if column.kind is Kind.CHOICES:
            assert all(value in check.prompt for value in column.choices)


@every_log
def test_the_checks_stop_what_is_wrong_and_let_blank_cells_be(book: Open, log: str) -> None:
    opened = book(log)
    wanted = {
        Kind.CHOICE: "list",
        Kind.PARTNER: "list",
        Kind.YES_NO: "list",
        Kind.YES_NO_UNKNOWN: "list",
        Kind.DATE: "custom",
        Kind.BIRTH_DATE: "custom",
        Kind.INTEGER: "whole",
        Kind.DECIMAL: "decimal",
    }
    for column in CONTRACTS[log].columns:
        check = opened.check(column.name)
        assert check.type == wanted.get(column.kind)
        assert check.errorStyle in (None, "stop")
        assert check.allowBlank
        assert not check.showDropDown  # in this format, true hides the arrow


def test_a_list_is_the_contract_s_or_the_reference_data_s(book: Open, reference: Reference) -> None:
    opened = book("trajectoires")
    column = CONTRACTS["trajectoires"].column("service")
    assert opened.listed("service") == list(column.choices)
    assert opened.listed("fournisseur") == [*reference.partners, "autre"]
    assert opened.listed("programme") == list(reference.programmes)
    assert opened.listed("territoire") == list(reference.territories)
    assert opened.listed("meneur") == ["oui", "non"]
    assert book("echanges").listed("de") == list(reference.partners)


def test_a_territory_that_the_steward_added_can_be_chosen(reference: Reference) -> None:
    wider = replace(reference, territories=(*reference.territories, "Varennes"))
    contract = CONTRACTS["operations"]
    opened = Book(contract, "SPAL", template(contract, "SPAL", wider))
    assert opened.listed("territoire")[-1] == "Varennes"


def test_the_principal_date_is_held_between_its_programme_and_today(book: Open) -> None:
    opened = book("depistages")
    formula = opened.check("date_depistage").formula1
    programme = f"${get_column_letter(opened.headings.index('programme') + 1)}{EXAMPLE_ROW}"
    assert f'>=IF({programme}="MOBILIS",DATE(2008,9,1),DATE(2016,10,1))' in formula
    assert f"B{EXAMPLE_ROW}<TODAY()+1" in formula
    other = opened.check("date_changement").formula1
    assert "TODAY" not in other
    assert "IF(" not in other


def test_what_prepares_a_programme_may_be_dated_before_it(book: Open) -> None:
    assert "IF(" not in book("concertation").check("date_debut").formula1
    assert "DATE(2016,10,1)" not in book("concertation").check("date_debut").formula1


def test_a_year_typed_as_a_number_is_stopped(book: Open) -> None:
    """2010 is a day of 1905 to a spreadsheet program: cells of dates must not let it in."""
    assert ">=DATE(1910,1,1)" in book("arrestations").check("suspect_naissance").formula1


@every_log
def test_the_headings_stay_in_sight_and_the_example_is_marked(book: Open, log: str) -> None:
    opened = book(log)
    assert opened.sheet.freeze_panes == f"B{EXAMPLE_ROW}"
    assert opened.example[0].startswith(EXAMPLE_MARK)


def test_cells_have_the_format_of_what_they_hold(book: Open) -> None:
    opened = book("financements")
    formats = dict(
        zip(opened.headings, (cell.number_format for cell in opened.sheet[EXAMPLE_ROW]), strict=True)
    )
    columns = opened.sheet.column_dimensions
    assert formats["date_octroi"] == "yyyy-mm-dd"
    assert formats["montant"] == "0.00"
    assert formats["no_subvention"] == "@"  # « 001 » stays « 001 »
    assert columns["B"].number_format == "yyyy-mm-dd"


@every_log
def test_the_sheet_says_the_contract_s_version_and_the_file_s_name(book: Open, log: str) -> None:
    opened = book(log)
    title, naming = (opened.sheet.cell(row, 1).value for row in (1, 2))
    assert version_of(CONTRACTS[log]) in title
    assert opened.sender in title
    assert f"{log}_AAAA-MM-JJ.xlsx" in naming


def test_a_changed_contract_changes_the_version_that_is_shown(reference: Reference) -> None:
    contract = CONTRACTS["arrestations"]
    changed = replace(contract, columns=(replace(contract.columns[0], required=False), *contract.columns[1:]))
    shown = Book(contract, "SPAL", template(changed, "SPAL", reference)).sheet.cell(1, 1).value
    assert version_of(changed) in shown
    assert version_of(contract) not in shown


def test_the_same_contract_gives_the_same_bytes(reference: Reference) -> None:
    contract = CONTRACTS["echanges"]
    assert template(contract, "CJM", reference) == template(contract, "CJM", reference)


def test_the_help_sheet_tells_every_column_and_how_the_person_is_named(book: Open) -> None:
    opened = book("jeunes_rencontres")
    texts = [cell for row in opened.workbook["Aide"].iter_rows(values_only=True) for cell in row if cell]
    assert set(opened.headings) <= set(texts)
    assert (
        "chaque ligne la nomme en entier ou donne sa référence ; de 4 à 30 ans à la date principale" in texts
    )
    assert not any("`" in text for text in texts)
