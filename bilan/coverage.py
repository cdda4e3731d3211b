"""Nothing under a home goes unlooked at: what no check vouches for, and no reason excuses, is found."""

from fnmatch import fnmatch

from bilan.home import Home
from bilan.ledger.findings import Verdict

# Told one by one, with the reason, in docs/verification.md; a test holds the two together.
NOT_VERIFIED = (
    "inbox/*",
    "reference/*",
    "dagster/*",
    "superset/*",
    "warehouse/dbt/*",
    "keys/demo-*.key",
    "synthetic",
    ".lock",
    "*/.lock",
)
SHOWN = 5


def check_nothing_else(home: Home, verdict: Verdict) -> None:
    """Add to a verdict that is sound so far the files and links that nobody put there.

    Where something was found already, checks that depend on it were not made and vouched for nothing.
    """
    if not verdict.sound:
        return
    vouched = {file.relative_to(home.root).as_posix() for file in verdict.vouched}
    there = (path for path in sorted(home.root.rglob("*")) if path.is_symlink() or not path.is_dir())
    names = [path.relative_to(home.root).as_posix() for path in there]
    unvouched = [name for name in names if name not in vouched and not is_excused(name)]
    unknown = [name for name in unvouched if not is_left_over(name)]
    if len(unknown) < len(unvouched):
        left = sorted(set(unvouched) - set(unknown))
        verdict.notes.append(
            f"Laissés par une commande interrompue, lus par rien : {', '.join(left[:SHOWN])}."
        )
    for name in unknown[:SHOWN]:
        verdict.find("file_unknown", f"{name} n'est de personne : rien ne l'a mis là.", file=name)
    if len(unknown) > SHOWN:
        verdict.find("file_unknown", f"… et {len(unknown) - SHOWN} autres fichiers que rien n'a mis là.")


def is_excused(name: str) -> bool:
    """Whether a file, by its place below the home, is one that no verification looks at."""
    return any(fnmatch(name, pattern) for pattern in NOT_VERIFIED)


def is_left_over(name: str) -> bool:
    """Whether it lies where a command prepares what it has not put in its place yet."""
    return any(part.startswith(".") for part in name.split("/"))
