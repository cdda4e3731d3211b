"""Files outside the vault's database that it vouches for: what went back to senders, receipts.

The vault notes the digest of each, under its place below the home. Around a writing it notes both what was
there and what will be, so that a run cut in between leaves nothing that would be called altered.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bilan.identity.store import write
from bilan.identity.vault import Vault

ABSENT = "absent"  # in place of a digest: there is no such file
_PREFIX = "file|"  # of the names in the vault's meta


@contextmanager
def noting(vault: Vault, name: str, content: bytes | None) -> Iterator[None]:
    """Note that the file of that name is written, or removed, by what is done meanwhile."""
    before = noted(vault).get(name, (ABSENT,))
    after = hashlib.sha256(content).hexdigest() if content is not None else ABSENT
    if before == (after,):
        yield
        return
    _note(vault, name, (after, *before))
    yield
    _note(vault, name, (after,))


def note_what_is_there(vault: Vault, root: Path, folders: Iterable[Path]) -> None:
    """Note every file of some folders as it is now, and none that is not there."""
    found = {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }
    for name in {*found, *noted(vault)}:
        _note(vault, name, (found.get(name, ABSENT),))


def noted(vault: Vault) -> dict[str, tuple[str, ...]]:
    """What each file may be: digests, or `ABSENT`; one alone unless a run was cut short."""
    rows = vault.rows("select name, value from meta where name like :start", start=f"{_PREFIX}%")
    return {name.removeprefix(_PREFIX): tuple(value.split(" ")) for name, value in rows}


def _note(vault: Vault, name: str, states: tuple[str, ...]) -> None:
    with vault.transaction() as connection:
        if states == (ABSENT,):
            write(connection, "delete from meta where name = :name", {"name": f"{_PREFIX}{name}"})
            return
        write(
            connection,
            "insert into meta values (:name, :value) on conflict (name) do update set value = excluded.value",
            {"name": f"{_PREFIX}{name}", "value": " ".join(dict.fromkeys(states))},
        )
