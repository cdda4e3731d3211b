"""The bilans of a real release: what they show is what was released, whoever reads them and however."""

import hashlib
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from typer.testing import CliRunner

from bilan.building.figures import refresh
from bilan.cli.main import app
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.candidate.folder import read_contents
from bilan.report.programmes import PROGRAMMES
from tests import releasing
from tests.integration.warehouse.telling import Telling, append

pytestmark = pytest.mark.integration
LANGUAGES = ("fr", "en")
HIDDEN = {"fr": "masqué pour protéger les personnes", "en": "hidden to protect persons"}
SINCE = {"fr": "+30 depuis la diffusion n° 1", "en": "+30 since release No. 1"}
SPACES = re.compile(r"\s+")
NEW_LINE_IN_A_NUMBER = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")


def told() -> Telling:
    """Three years of MOBILIS and of Pj, with months so small that they are hidden."""
    telling = Telling(on="2011-09-30")
    for number in range(40):
        month = f"{2009 + number // 20}-{1 + number % 12:02d}-15"
        telling.arrest(f"E{number}", month, f"p{number}", "proxénétisme" if number % 3 else "autre")
        telling.charge(f"C{number}", month, f"p{number}", f"E{number}")
        telling.meet(f"R{number}", month, f"y{number}", "CJM" if number % 2 else "CAVAC")
        telling.exchange(f"X{number}", month, f"y{number}")
    telling.arrest("E99", "2010-06-15", "p99", "stupéfiants")
    for number in range(60):
        telling.attend(
            f"S{number % 4}",
            f"201{7 + number % 2}-03-0{1 + number % 4}",
            f"t{number}",
            "SPAL",
            programme="Pj",
            sender="COORD",
            on="2019-06-30",
            score_avant=50 + number % 7,
            score_apres=62 + number % 5,
        )
    return telling


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two releases that are out; the second knows of more exchanges."""
    telling = told()
    home = telling.home(tmp_path_factory.mktemp("told"))
    refresh(home)
    releasing.publish(home)
    first = len(telling.rows)
    telling.on = "2011-12-31"
    for number in range(200, 230):
        telling.exchange(f"X{number}", "2010-05-15", f"z{number}")
    append(DeltaLedger(home.ledger), telling.events().filter(pl.col("sequence") > first), number=2)
    refresh(home)
    releasing.publish(home)
    return home


@pytest.fixture(scope="module")
def written(home: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Path]:
    """Each programme, in each language and format, as the command writes it."""
    folder = tmp_path_factory.mktemp("bilans")
    files = {}
    for programme, language, kind in product(PROGRAMMES, LANGUAGES, ("pdf", "html")):
        out = folder / f"{programme}-{language}.{kind}"
        arguments = ["report", "2", "--programme", programme, "--lang", language, "--out", str(out)]
        result = CliRunner().invoke(app, arguments, env={"BILAN_HOME": str(home.root)})
        assert result.exit_code == 0, result.output
        files[programme, language, kind] = out
    return files


def read(file: Path) -> str:
    """The text of a PDF, its white space evened out."""
    return SPACES.sub(" ", " ".join(page.extract_text() for page in PdfReader(file).pages))


def tags(node: Any) -> Iterator[DictionaryObject]:
    """Every element of a PDF's structure."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, DictionaryObject):
        yield node
        if "/K" in node:
            yield from tags(node["/K"])


def headline(home: Home, programme: str) -> pl.DataFrame:
    """The public figures of the programme over the period that its bilan opens with, everywhere."""
    kind = PROGRAMMES[programme].period_kind
    rows = read_contents(home, 2).public.filter(
        pl.col("territory").is_null(),
        pl.col("breakdown").is_null(),
        programme=programme,
        period_kind=kind,
    )
    return rows.filter(pl.col("period_start") == rows["period_start"].min())


@pytest.mark.parametrize(("programme", "language"), list(product(PROGRAMMES, LANGUAGES)))
def test_the_pdf_is_tagged_titled_and_in_its_language(
    written: dict[tuple[str, str, str], Path], programme: str, language: str
) -> None:
    reader = PdfReader(written[programme, language, "pdf"])
    root: Any = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"].split("-")[0] == language
    assert reader.metadata is not None
    assert reader.metadata.title
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    assert 8 <= len(reader.pages) <= 20
    assert all(round(float(page.mediabox.width)) == 595 for page in reader.pages)


@pytest.mark.parametrize(("programme", "language"), list(product(PROGRAMMES, LANGUAGES)))
def test_every_drawing_says_what_it_shows(
    written: dict[tuple[str, str, str], Path], programme: str, language: str
) -> None:
    root: Any = PdfReader(written[programme, language, "pdf"]).trailer["/Root"]
    elements = list(tags(root["/StructTreeRoot"]))
    drawings = [one for one in elements if one.get("/S") == "/Figure"]
    assert len(drawings) >= 2
    assert all(str(one.get("/Alt", "")).strip() for one in drawings)
    kinds = {str(one.get("/S")) for one in elements}
    assert {"/H1", "/Table", "/TH", "/TD", "/P"} <= kinds


@pytest.mark.parametrize(("programme", "language"), list(product(PROGRAMMES, LANGUAGES)))
def test_every_key_figure_is_the_releases_and_what_is_hidden_says_so(
    home: Home, written: dict[tuple[str, str, str], Path], programme: str, language: str
) -> None:
    text = read(written[programme, language, "pdf"])
    rows = {row["code"]: row for row in headline(home, programme).iter_rows(named=True)}
    shown = [rows[code] for code in PROGRAMMES[programme].key if code in rows]
    assert shown
    for row in shown:
        name = row[f"name_{language}"].replace("'", "’")
        assert SPACES.sub(" ", name) in text, name
        if row["value"] is None:
            assert row["status"] in {"suppressed", "missing", "not_yet_reported"}
        elif row["format"] == "count":
            assert re.search(rf"(?<!\d){row['value']:.0f}(?!\d)", NEW_LINE_IN_A_NUMBER.sub("", text)), name
    assert HIDDEN[language] in text
    assert (SINCE[language] in text) == (programme == "MOBILIS")


def opened(browser: Browser, file: Path) -> tuple[Page, list[str], list[str]]:
    """The page, what it asked for beside what it carries, and what it said on its console."""
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    return page, [url for url in asked if not url.startswith("data:")], said


def test_both_formats_tell_the_same_figures(
    written: dict[tuple[str, str, str], Path], browser: Browser
) -> None:
    for programme, language in product(PROGRAMMES, LANGUAGES):
        file = written[programme, language, "html"]
        page, asked, said = opened(browser, file)
        assert asked == [file.as_uri()]
        assert said == []
        assert page.evaluate(
            "document.fonts.ready.then(() => document.fonts.check('16px \"Source Sans 3\"'))"
        )
        cards = page.locator(".cards li").all_inner_texts()
        assert cards
        paper = read(written[programme, language, "pdf"])
        for card in cards:
            figure = SPACES.sub(" ", card.split("\n")[0])
            assert figure in paper, figure
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.close()


def test_the_last_page_proves_the_release(home: Home, written: dict[tuple[str, str, str], Path]) -> None:
    package = home.releases / "2" / "package"
    digest = hashlib.sha256((package / "manifest.json").read_bytes()).hexdigest()
    last = PdfReader(written["MOBILIS", "fr", "pdf"]).pages[-1].extract_text()
    assert digest in SPACES.sub("", last)
    for who in releasing.APPROVERS:
        assert who in last
    assert "bilan-verify.py" in last


def test_the_same_command_gives_the_same_bytes(
    home: Home, written: dict[tuple[str, str, str], Path], tmp_path: Path
) -> None:
    for kind in ("pdf", "html"):
        again = tmp_path / f"again.{kind}"
        arguments = ["report", "2", "--programme", "MOBILIS", "--out", str(again)]
        assert CliRunner().invoke(app, arguments, env={"BILAN_HOME": str(home.root)}).exit_code == 0
        assert again.read_bytes() == written["MOBILIS", "fr", kind].read_bytes()
