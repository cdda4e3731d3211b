"""Breaches and withdrawals, from partners' files to the steward's figures."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.erasure.consent import withdraw
from bilan.erasure.service import Request
from bilan.home import Home
from bilan.identity.access import Access
from bilan.ingest import ingest

pytestmark = pytest.mark.integration

HEAD = (
    "no_echange;date_echange;de;vers;formel;nature;jeune_nom;jeune_prenom;jeune_naissance;jeune_ref;"
    "consentement_nominatif;territoire"
)
Ask = Callable[..., list[dict[str, Any]]]


def exchange(number: int, consent: str = "oui", vers: str = "SPAL", ref: str = "", place: str = "") -> str:
    person = f"Roy{number};Éva;1995-01-0{number}"
    return f"E{number};2010-03-0{number};CJM;{vers};oui;entourage;{person};{ref};{consent};{place}"


def tell(home: Home, day: str, *rows: str) -> None:
    file = home.inbox / "CJM" / f"echanges_{day}.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    ingest(home)


@pytest.fixture
def ask(home: Home, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """ask("kpi", options...): the answer of a command, as JSON."""

    def run(*arguments: str) -> list[dict[str, Any]]:
        monkeypatch.setenv("BILAN_HOME", str(home.root))
        result = CliRunner().invoke(app, [*arguments, "--json"])
        assert result.exit_code == 0, result.output
        answer: list[dict[str, Any]] = json.loads(result.stdout)
        return answer

    return run


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def headline(rows: list[dict[str, Any]], **where: Any) -> Any:
    wanted = {"partner": None, "territory": None, "breakdown": None, "programme": "MOBILIS", **where}
    [row] = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return row["value"]


def test_breaches_and_withdrawals_are_counted_by_whom_and_why(home: Home, ask: Ask) -> None:
    tell(
        home, "2010-03-31",
        exchange(1, "non", place="Brossard"), exchange(2, vers="VILLE"), exchange(3, ref="R3"), exchange(4),
    )  # fmt: skip
    total = ("kpi", "--code", "V01", "--period-kind", "total")
    first = ask(*total)
    assert (headline(first), headline(first, partner="CJM"), headline(first, territory="Brossard")) == (
        2,
        2,
        1,
    )
    assert headline(first, breakdown="breach", breakdown_value="consent_breach") == 1
    assert headline(first, breakdown="breach", breakdown_value="protocol_breach") == 1
    tell(home, "2010-04-30", exchange(1, "non", place="Brossard"), exchange(3, ref="R3"), exchange(4))
    assert headline(ask(*total)) == 2

    withdraw(home, Request(Access("essai"), sender="CJM", reference="R3"), date(2010, 5, 2))
    before = exchange(3, ref="R3")  # told again: she had not withdrawn when it was made
    since = before.replace("E3;2010-03-03", "E5;2010-05-20")
    tell(home, "2010-05-31", before, exchange(4), since)
    assert headline(ask(*total), breakdown="breach", breakdown_value="consent_withdrawn") == 1
    assert headline(ask(*total)) == 3
    assert headline(ask("kpi", "--code", "V03", "--period-kind", "total")) == 1
    assert headline(ask("kpi", "--code", "V01", "--period-kind", "total", "--known-at", "2010-04-30")) == 2

    listed = ask("table", "breaches", "--programme", "MOBILIS")
    assert [
        (row["statement_date"], row["partner"], row["breach"], row["refused_rows"]) for row in listed
    ] == [
        ("2010-03-31", "CJM", "consent_breach", 1),
        ("2010-03-31", "CJM", "protocol_breach", 1),
        ("2010-05-31", "CJM", "consent_withdrawn", 1),
    ]


def test_what_bilan_tells_itself_makes_no_period_longer(home: Home, ask: Ask) -> None:
    tell(home, "2010-03-31", exchange(1, ref="R1"), exchange(2))
    before = ask("kpi", "--code", "M06")
    withdraw(home, Request(Access("essai"), sender="CJM", reference="R1"), date(2020, 1, 1))
    after = ask("kpi", "--code", "M06")
    assert after == before
    assert {row["known_at"] for row in after} == {"2010-03-31"}
