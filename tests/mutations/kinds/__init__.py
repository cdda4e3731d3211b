"""The mutations by kind; importing this enters them all in the catalogue."""

from tests.mutations.kinds import (  # noqa: F401
    canaries,
    copies,
    dates,
    encodings,
    errors,
    excess,
    files,
    headings,
    lives,
    looks,
    numbers,
    placeholders,
    quotes,
    separators,
    sheets,
    spellings,
    tables,
    titles,
)
