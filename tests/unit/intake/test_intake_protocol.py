"""The exchange protocol: what no line permits is refused, and nothing of the person is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.contracts import CONTRACTS
from bilan.errors import PlainError
from bilan.intake import Reference, Source, Statement, load_reference, read_statement
from bilan.intake.protocol import COLUMNS, WAREHOUSE, Protocol, read_protocol

DAY = date(2012, 5, 1)
Make = dict[str, Any]


def line(sender: str, recipient: str, kind: str, **other: str) -> dict[str, str | None]:
    cells = dict.fromkeys(COLUMNS, "") | {"nominative": "yes", "consent": "not_required", "status": "assumed"}
    return {**cells, "sender": sender, "recipient": recipient, "kind": kind, **other}


@pytest.fixture
def under(make: Make, reference: Reference) -> Callable[..., Statement]:
    """under(protocol lines, log, sender, {change}...): a statement read under another protocol."""

    def read(
        lines: list[dict[str, str | None]], log: str, sender: str, *changes: dict[str, Any]
    ) -> Statement:
        grid = make["csv"](make["grid"](log, *changes))
        source = Source("x.csv", sender, log, DAY, ".csv")
        return read_statement(grid, source, replace(reference, protocol=read_protocol(lines)))

    return read


def codes(statement: Statement) -> list[str]:
    return statement.refusals["code"].to_list()


def test_nothing_is_permitted_that_no_line_permits() -> None:
    assert Protocol().permitted("SPAL", "CJM", "véhicule", DAY) is None


def test_a_sender_with_lines_of_its_own_has_those_alone() -> None:
    protocol = read_protocol([line("*", WAREHOUSE, "arrestations"), line("CAVAC", WAREHOUSE, "references")])
    assert protocol.permitted("SQ", WAREHOUSE, "arrestations", DAY)
    assert not protocol.permitted("CAVAC", WAREHOUSE, "arrestations", DAY)


def test_a_line_holds_between_its_dates() -> None:
    protocol = read_protocol([line("A", "B", "*", valid_from="2010-01-01", valid_to="2011-12-31")])
    days = [date(2009, 12, 31), date(2010, 1, 1), date(2011, 12, 31), date(2012, 1, 1)]
    assert [protocol.permitted("A", "B", "véhicule", day) is not None for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_the_line_of_a_kind_wins_over_that_of_any_kind() -> None:
    protocol = read_protocol([line("A", "B", "*"), line("A", "B", "véhicule", nominative="no")])
    found = protocol.permitted("A", "B", "véhicule", DAY)
    assert found is not None
    assert found.nominative == "no"


@pytest.mark.parametrize(
    "change",
    [{"nominative": "maybe"}, {"consent": ""}, {"status": "x"}, {"sender": ""}, {"valid_from": "hier"}],
)
def test_a_line_that_can_t_be_read_is_said(change: dict[str, str]) -> None:
    with pytest.raises(PlainError, match="ligne 2"):
        read_protocol([{**line("A", "B", "*"), **change}])


def test_the_steward_s_line_replaces_the_packaged_one(tmp_path: Path) -> None:
    cells = line("SPAL", WAREHOUSE, "arrestations", nominative="no")
    (tmp_path / "protocol.csv").write_text(
        "\n".join([",".join(COLUMNS), ",".join(str(cells[name]) for name in COLUMNS)])
    )
    found = load_reference(tmp_path).protocol.permitted("SPAL", WAREHOUSE, "arrestations", DAY)
    assert found is not None
    assert found.nominative == "no"


def test_a_line_signed_from_a_day_leaves_room_for_what_held_before(tmp_path: Path) -> None:
    before = line("CJM", "SPAL", "*", nominative="reference", valid_to="2019-12-31")
    since = line("CJM", "SPAL", "*", valid_from="2020-01-01", status="signed")
    rows = [",".join(str(cells[name]) for name in COLUMNS) for cells in (before, since)]
    (tmp_path / "protocol.csv").write_text("\n".join([",".join(COLUMNS), *rows]))
    protocol = load_reference(tmp_path).protocol
    days = (date(2019, 12, 31), date(2020, 1, 1))
    found = [protocol.permitted("CJM", "SPAL", "véhicule", day) for day in days]
    assert [one.nominative for one in found if one] == ["reference", "yes"]


@pytest.mark.parametrize("log", CONTRACTS)
def test_every_usual_sender_may_send_its_log(reference: Reference, log: str) -> None:
    for sender in CONTRACTS[log].senders or reference.partners:
        assert reference.protocol.permitted(sender, WAREHOUSE, log, DAY)


@pytest.mark.parametrize(
    ("nominative", "change", "refused"),
    [
        ("yes", {}, False),
        ("reference", {}, True),
        ("no", {}, True),
        ("reference", {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": "", "jeune_ref": "R"}, False),
        ("no", {"jeune_nom": "", "jeune_prenom": "", "jeune_naissance": "", "jeune_ref": "R"}, True),
    ],
)
def test_a_log_bears_no_more_of_a_person_than_its_line_lets_it(
    under: Callable[..., Statement], nominative: str, change: dict[str, str], *, refused: bool
) -> None:
    lines = [line("CAVAC", WAREHOUSE, "references", nominative=nominative)]
    statement = under(lines, "references", "CAVAC", change)
    assert codes(statement) == (["protocol_breach"] if refused else [])
    assert statement.breaches.height == refused
    assert statement.refused_keys["subject_key"].drop_nulls().is_empty()


def test_a_breach_whose_key_has_the_person_has_a_key_that_can_not_be_read(
    under: Callable[..., Statement],
) -> None:
    kept = under([], "jeunes_rencontres", "SPAL", {}).refused_keys
    assert kept.select("subject_key", "subject_ref", "person_readable", "key_readable").rows() == [
        (None, None, False, False)
    ]


def test_a_log_that_speaks_of_nobody_needs_no_line(reference: Reference) -> None:
    content = b"no_operation;date_operation;conduite\nO-1;2011-03-01;SPAL seul\n"
    source = Source("x.csv", "VILLE", "operations", DAY, ".csv")
    assert codes(read_statement(content, source, replace(reference, protocol=Protocol()))) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"nature": "véhicule"}, ["protocol_breach"]),
        ({"nature": "rumeur"}, ["unknown_value"]),  # a kind that can't be read is told alone
        ({"nature": "entourage, véhicule"}, ["protocol_breach"]),
        ({"consentement_nominatif": "non"}, ["consent_breach"]),
        ({"de": "SPAL", "vers": "CJM", "consentement_nominatif": "non"}, []),  # consent is not required there
    ],
)
def test_an_exchange_is_held_to_its_parties_and_kinds(
    under: Callable[..., Statement], change: dict[str, str], expected: list[str]
) -> None:
    lines = [
        line("SPAL", WAREHOUSE, "echanges"),
        line("CJM", WAREHOUSE, "echanges"),
        line("CJM", "SPAL", "entourage", consent="required"),
        line("SPAL", "CJM", "*"),
    ]
    whole = {"de": "CJM", "vers": "SPAL", "nature": "entourage", "consentement_nominatif": "oui", **change}
    assert codes(under(lines, "echanges", "CJM", whole)) == expected


SPARING, NAMING = {"nominative": "reference"}, {"nominative": "yes"}
UNTIL_MID, FROM_MID = {"valid_to": "2011-04-14"}, {"valid_from": "2011-04-15"}
CONSENT = {"consent": "required"}
NOTHING = ["consent_breach", "protocol_breach"]  # what is said of a day that no line speaks of


@pytest.mark.parametrize(
    ("held", "day", "expected"),
    [
        ([NAMING], "avril 2011", []),
        ([FROM_MID], "avril 2011", NOTHING),  # it may have been made on the first
        ([FROM_MID], "mai 2011", []),
        ([FROM_MID], "2011-04-15", []),
        ([FROM_MID], "2011", NOTHING),
        ([UNTIL_MID], "avril 2011", NOTHING),
        ([UNTIL_MID], "mars 2011", []),
        ([UNTIL_MID | SPARING, FROM_MID], "avril 2011", ["protocol_breach"]),
        ([UNTIL_MID, FROM_MID | SPARING], "avril 2011", ["protocol_breach"]),
        ([UNTIL_MID, FROM_MID], "avril 2011", []),
        ([UNTIL_MID, {"valid_from": "2011-04-16"}], "avril 2011", NOTHING),  # but on the 15th
        ([UNTIL_MID, FROM_MID | CONSENT], "avril 2011", ["consent_breach"]),
        ([UNTIL_MID | CONSENT, FROM_MID], "avril 2011", ["consent_breach"]),
        ([UNTIL_MID | CONSENT, FROM_MID], "2011-04-15", []),
        ([{"valid_to": "2012-05-01"}], "mai 2012", []),  # nobody tells what has not been yet
    ],
)
def test_a_day_in_doubt_is_permitted_if_every_day_that_it_may_be_is(
    under: Callable[..., Statement], held: list[dict[str, str]], day: str, expected: list[str]
) -> None:
    lines = [line("CJM", "SPAL", "entourage", **dates) for dates in held]
    whole = {
        "de": "CJM",
        "vers": "SPAL",
        "nature": "entourage",
        "consentement_nominatif": "non",
        "date_echange": day,
    }
    assert codes(under([line("CJM", WAREHOUSE, "echanges"), *lines], "echanges", "CJM", whole)) == expected


def test_what_the_sender_reads_names_nobody(under: Callable[..., Statement]) -> None:
    statement = under([], "echanges", "CJM", {})
    [message] = statement.refusals.filter(statement.refusals["code"] == "protocol_breach")[
        "message"
    ].unique()[:1]
    assert "Tremblay" not in message
    assert "protocole" in message
