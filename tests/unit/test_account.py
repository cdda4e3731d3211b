import os
from pwd import getpwuid

import pytest

from bilan.account import current_account
from bilan.identity.access import Access

NAMELESS = 4_000_000_001  # no account of that number


def test_the_account_is_the_systems_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "quelqu'un d'autre")
    assert current_account() == getpwuid(os.getuid()).pw_name


def test_a_container_whose_account_has_no_name_still_says_who_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: NAMELESS)
    assert Access("essai").reader == f"uid {NAMELESS}"
