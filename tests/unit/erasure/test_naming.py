"""Whether a file names somebody, when nothing is left of her but the hashes of her keys."""

from pathlib import Path

import pytest

from bilan.erasure.naming import Naming
from bilan.home import Home
from bilan.identity.vault import open_vault
from bilan.ingest import accept_held, ingest
from bilan.intake import Answers, load_reference

HEADINGS = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif\n"
ROWS = "A1;3/4/2010;Roy;Éric;5/6/1980;autre\nA2;3/25/2010;Côté;Ana;7/8/1981;autre\n"


@pytest.mark.integration
@pytest.mark.parametrize("order", ["day-first", "month-first"])
def test_a_file_in_doubt_is_searched_in_whichever_way_it_was_taken(tmp_path: Path, order: str) -> None:
    home, content = Home(tmp_path / "home").create(), (HEADINGS + ROWS).encode()
    file = home.inbox / "SPAL" / "arrestations_2010-12-31.csv"
    file.parent.mkdir()
    file.write_bytes(content)
    [taken] = ingest(home).files
    accept_held(home, taken.held_id or "", Answers(dates=order))
    vault = open_vault(home)
    try:
        tokens = [token for (token,) in vault.rows("select token from lookups")]
        assert tokens
        for token in tokens:
            naming = Naming.of(vault, (token,), load_reference(None), None)
            assert naming.in_file(content, "SPAL", "arrestations", "2010-12-31")
            assert not naming.in_file(HEADINGS.encode(), "SPAL", "arrestations", "2010-12-31")
    finally:
        vault.close()
