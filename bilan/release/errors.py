"""What the gate says when it does not open."""

from bilan.errors import PlainError


class ReleaseRefusedError(PlainError):
    """A step that the gate's rules forbid. The message says which rule, in French, and what to do."""


class NothingToPublishError(PlainError):
    """The warehouse holds no figure yet."""
