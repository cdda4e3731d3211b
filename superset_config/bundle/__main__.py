"""Rewrite the assets (from the root: `PYTHONPATH=superset_config python -m bundle`)."""

from bundle.write import ASSETS, BARS, write

if __name__ == "__main__":
    write(ASSETS, BARS)
