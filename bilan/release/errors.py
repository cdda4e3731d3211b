"""What is raised when a release, or its package, may not be made."""

from bilan.errors import PlainError


class ReleaseRefusedError(PlainError):
    """A step that the gate's rules forbid. The message says which rule, in French, and what to do."""


class NothingToPublishError(PlainError):
    """The warehouse holds no figure yet."""


class PackageError(PlainError):
    """A candidate that can't be packed as it stands: nothing of a package is left behind."""
