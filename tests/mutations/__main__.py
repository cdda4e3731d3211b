"""`python -m tests.mutations [--files 10000] [--seed 1] [--only NAME]`: files right, loud and silent.

One line per mutation, then the silent ones, each with why and the number that makes it again.
"""

import argparse
import sys

from tests.mutations import kinds  # noqa: F401 - fills the catalogue
from tests.mutations.running import run
from tests.mutations.table import table


def main() -> None:
    """Judge files and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="the mutations whose name begins so")
    asked = parser.parse_args()
    sys.stdout.write(table(run(asked.files, asked.seed, asked.only)))


if __name__ == "__main__":
    main()
