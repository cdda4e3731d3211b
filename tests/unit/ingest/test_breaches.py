"""A breach is refused before anything is stored, and told by an event that speaks of nobody."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.contracts import BREACH_TYPE
from bilan.erasure.consent import ConsentError, Withdrawal, withdraw, withdrawals
from bilan.erasure.scope import ScopeError
from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity.access import Access, read_log
from bilan.identity.subjects import read_many
from bilan.identity.vault import open_vault
from bilan.ingest import FileReport, ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger

pytestmark = pytest.mark.integration

Drop = Callable[..., Path]
ROY, COTE = "Roy;Éva;1995-01-01", "Côté;Ana;1996-02-02"
MARCH, APRIL, MAY = "2010-03-31", "2010-04-30", "2010-05-31"


def exchange(number: int, person: str = ROY, ref: str = "", consent: str = "oui", **other: str) -> str:
    day = other.get("day", f"2010-03-0{number}")
    return f"E{number};{day};CJM;{other.get('vers', 'SPAL')};oui;entourage;{person};{ref};{consent}"


@pytest.fixture
def tell(home: Home, drop: Drop) -> Callable[..., FileReport]:
    """tell(day, rows..., log=, sender=): what became of a statement."""

    def run(day: str, *rows: str, log: str = "echanges", sender: str = "CJM") -> FileReport:
        drop(f"{sender}/{log}_{day}.csv", *rows)
        return ingest(home).files[0]

    return run


Tell = Callable[..., FileReport]


def breaches(home: Home) -> list[dict[str, Any]]:
    events = DeltaLedger(home.ledger).events()
    return [event for event in events.iter_rows(named=True) if event["type"] == BREACH_TYPE]


def known(home: Home) -> int:
    vault = open_vault(home)
    try:
        return int(vault.rows("select count(*) from lookups")[0][0])
    finally:
        vault.close()


def test_a_breach_is_told_once_and_speaks_of_nobody(home: Home, tell: Tell) -> None:
    report = tell(MARCH, exchange(1, consent="non"), exchange(2, COTE, vers="VILLE"), exchange(3, COTE))
    assert [refusal.code for refusal in report.refusals] == ["consent_breach", "protocol_breach"]
    assert (report.accepted, report.refused, report.asserted) == (1, 2, 1)
    found = breaches(home)
    assert [json.loads(event["data"]) for event in found] == [
        {"code": "consent_breach", "log": "echanges", "sender": "CJM"},
        {"code": "protocol_breach", "log": "echanges", "sender": "CJM"},
    ]
    assert {(e["subject"], e["time"], e["reporteddate"], e["source"], e["programme"]) for e in found} == {
        (None, date(2010, 3, 31), date(2010, 3, 31), "BILAN", "MOBILIS")
    }
    assert known(home) == 1


def test_a_breach_sent_again_is_not_counted_again_and_one_that_is_mended_stays(
    home: Home, tell: Tell
) -> None:
    tell(MARCH, exchange(1, consent="non"))
    tell(APRIL, exchange(1, consent="non"))
    assert len(breaches(home)) == 1
    tell(MAY, exchange(1, ";;", "R1", "non"))
    assert len(breaches(home)) == 1
    tell("2010-06-30", exchange(1, ";;", "R1", "non"), exchange(2, consent="non"))
    assert len(breaches(home)) == 2
    assert verify_home(home).findings == []


def test_a_breach_without_a_key_is_counted_once_wherever_its_row_has_gone(home: Home, tell: Tell) -> None:
    nameless, other = (exchange(n, consent="non").replace(f"E{n};", ";") for n in (1, 2))
    tell(MARCH, nameless)
    assert len(breaches(home)) == 1
    tell(APRIL, exchange(5, COTE), exchange(6, COTE), nameless)
    assert len(breaches(home)) == 1
    tell(MAY, other, nameless, exchange(5, COTE), exchange(6, COTE))
    assert len(breaches(home)) == 2
    tell("2010-06-30", nameless, nameless, other, exchange(5, COTE), exchange(6, COTE))
    assert len(breaches(home)) == 3, "two rows that say the same are two"


def test_a_breach_without_a_key_is_known_by_nothing_of_the_person(home: Home, tell: Tell) -> None:
    tell(MARCH, exchange(1, consent="non").replace("E1;", ";"))
    tell(APRIL, exchange(1, COTE, ref="R7", consent="non").replace("E1;", ";"))
    assert len(breaches(home)) == 1


def test_a_file_of_breaches_alone_is_taken_once(home: Home, drop: Drop, tmp_path: Path) -> None:
    file = drop(f"CJM/echanges_{MARCH}.csv", exchange(1, consent="non"), folder=tmp_path)
    first, again = ingest(home, [file]), ingest(home, [file])
    assert again.ledger_version == first.ledger_version
    assert len(breaches(home)) == 1


# --- consent withdrawn


@pytest.fixture
def take_back(home: Home) -> Callable[..., Withdrawal]:
    def run(day: str = APRIL, ref: str = "R1") -> Withdrawal:
        request = Request(Access("elle l'a demandé", "intendance"), sender="CJM", reference=ref)
        return withdraw(home, request, date.fromisoformat(day))

    return run


TakeBack = Callable[..., Withdrawal]


def test_from_then_on_her_name_is_refused_whatever_the_row_says(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"), exchange(2, COTE))
    done = take_back()
    assert (len(done.tokens), done.since, done.already) == (2, date(2010, 4, 30), False)
    since = [exchange(3, ref="R1", day="2010-04-30"), exchange(4, day="2010-05-02")]
    report = tell(MAY, exchange(1, ref="R1"), exchange(2, COTE), *since)
    assert [(r.row, r.code) for r in report.refusals] == [(4, "consent_withdrawn"), (5, "consent_withdrawn")]
    assert (report.asserted, report.corrected, report.retracted, report.unchanged) == (0, 0, 0, 2)
    assert [json.loads(event["data"])["code"] for event in breaches(home)] == ["consent_withdrawn"] * 2
    by_reference = tell(
        "2010-06-30", exchange(1, ";;", "R1"), exchange(2, COTE), exchange(3, ";;", "R1", "non", day=MAY)
    )
    assert by_reference.refusals == ()


def test_an_exchange_made_before_is_no_breach_however_late_it_is_told(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back("2010-03-20")
    report = tell(MAY, exchange(1, ref="R1"), exchange(2))
    assert (report.refusals, report.asserted, report.unchanged) == ((), 1, 1)
    assert breaches(home) == []


@pytest.mark.parametrize(
    ("day", "statement", "refused"),
    [
        ("mars 2010", MAY, False),
        ("avril 2010", MAY, True),  # it may have been made on any of its days
        ("avril 2010", "2010-04-10", False),  # nobody tells what has not been yet
        ("2010-04-14", MAY, False),
        ("2010-04-15", MAY, True),
    ],
)
def test_an_exchange_known_to_the_month_is_refused_if_one_of_its_days_would_be(
    tell: Tell, take_back: TakeBack, day: str, statement: str, *, refused: bool
) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back("2010-04-15")
    report = tell(statement, exchange(1, ref="R1"), exchange(2, day=day))
    assert [refusal.code for refusal in report.refusals] == ["consent_withdrawn"] * refused


def test_whoever_withdrew_under_a_reference_alone_is_named_beside_it_no_more(
    tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ";;", "R1"))
    take_back()
    whole, part = exchange(2, ref="R1", day=MAY), exchange(3, ";;1995-01-01", ref="R1", day=MAY)
    report = tell(MAY, exchange(1, ";;", "R1"), whole, part)
    assert [(r.row, r.code) for r in report.refusals] == [(3, "consent_withdrawn"), (4, "consent_withdrawn")]


def test_what_another_sender_tells_of_before_brings_her_cells_back_nowhere(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back()
    report = tell(
        MAY, exchange(4).replace("CJM;SPAL", "SPAL;CJM"), exchange(5, COTE, vers="CJM"), sender="SPAL"
    )
    assert report.asserted >= 1
    vault = open_vault(home)
    try:
        left = [token for (token,) in vault.rows("select token from subjects")]
        held = read_many(vault, left, Access("un essai")).values()
    finally:
        vault.close()
    assert "Roy" not in {cells["surname"] for cells in held}


def test_her_attributes_are_destroyed_and_the_others_stay(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"), exchange(2, COTE))
    gone = take_back().tokens
    vault = open_vault(home)
    try:
        left = [token for (token,) in vault.rows("select token from subjects")]
        assert not set(left) & set(gone)
        assert [cells["surname"] for cells in read_many(vault, left, Access("un essai")).values()] == ["Côté"]
        assert not list((home.vault / "landed").glob("*.bin"))
        assert {entry.why for entry in read_log(vault)} >= {"elle l'a demandé"}
    finally:
        vault.close()
    assert [one["sender"] for one in withdrawals(home)] == ["CJM", "CJM"]
    assert verify_home(home).findings == []


def test_another_sender_s_exchange_of_her_name_is_refused_too(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back()
    report = tell(MAY, exchange(4, day=MAY).replace("CJM;SPAL", "SPAL;CJM"), sender="SPAL")
    assert [refusal.code for refusal in report.refusals] == ["consent_withdrawn"]


def test_what_consent_does_not_rule_goes_on(home: Home, tell: Tell, take_back: TakeBack) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back()
    report = tell(MAY, f"F1;2010-05-01;CJM;CAVAC;{ROY};;scolaire;;;;;", log="references")
    assert (report.accepted, report.asserted) == (1, 1)


def test_a_withdrawal_is_told_once(home: Home, tell: Tell, take_back: TakeBack) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    take_back()
    before = DeltaLedger(home.ledger).version()
    assert take_back(MAY).already
    assert DeltaLedger(home.ledger).version() == before


def test_nobody_and_tomorrow_are_said(tell: Tell, take_back: TakeBack) -> None:
    tell(MARCH, exchange(1, ref="R1"))
    with pytest.raises(ScopeError):
        take_back(ref="R9")
    with pytest.raises(ConsentError):
        take_back("2999-01-01")


def test_an_erasure_after_a_withdrawal_does_not_call_clean_what_it_could_not_search(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"), exchange(2, COTE))
    take_back()
    outcome = erase(home, Request(Access("essai"), sender="CJM", reference="R1"))
    assert outcome.receipt is not None
    assert not outcome.receipt.complete
    states = {place["place"]: place["state"] for place in outcome.receipt.content["places"]}
    assert states["ledger"] == states["outbox"] == "unreachable"
    assert verify_home(home).findings == []


def test_an_erasure_does_not_forget_that_consent_was_withdrawn(
    home: Home, tell: Tell, take_back: TakeBack
) -> None:
    tell(MARCH, exchange(1, ref="R1"), exchange(2, COTE))
    take_back()
    erase(home, Request(Access("essai"), sender="CJM", reference="R1"))
    vault = open_vault(home)
    try:
        assert vault.rows("select * from withdrawals") == []
    finally:
        vault.close()
    report = tell(MAY, exchange(2, COTE), exchange(3, day=MAY), exchange(4, ";;1995-01-01", "R1", day=MAY))
    assert [(r.row, r.code) for r in report.refusals] == [(3, "consent_withdrawn"), (4, "consent_withdrawn")]
    other = tell(MAY, exchange(4, day=MAY).replace("CJM;SPAL", "SPAL;CJM"), sender="SPAL")
    assert [refusal.code for refusal in other.refusals] == ["consent_withdrawn"]
    assert verify_home(home).findings == []
