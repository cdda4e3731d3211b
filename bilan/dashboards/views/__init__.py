"""The views that boards read: the published tables, turned the way each kind of chart draws them.

Views hold nothing of their own: whatever proves the tables proves what the boards show.
"""

from functools import cache
from pathlib import Path


@cache
def views() -> dict[str, str]:
    """The query of each view, by its name."""
    return {file.stem: file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("*.sql"))}
