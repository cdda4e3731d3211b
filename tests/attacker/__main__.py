"""`python -m tests.attacker HOME [SECONDS]`: attack what a finished home publishes, and say what was found.

As the public, then as each partner; first release alone, then all of them. SECONDS are for programmes, per
attacker (0, by default: bounds are only passed along).
"""

import sys
from pathlib import Path

from tests.attacker.homes import PUBLIC, Published
from tests.attacker.report import summary


def main(home: Path, seconds: float) -> None:
    """Attack the current build of a home as everybody."""
    published = Published(home)
    for name, some in (("first release", slice(0, 1)), ("all releases", slice(None))):
        known = published.known(some)
        for attacker in (PUBLIC, *published.partners):
            told = known.attacked(attacker, seconds)
            found = summary(told, 25 if attacker == PUBLIC else 5)
            sys.stdout.write(f"{name}, {attacker}\n{found}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)
