"""What the package says when it can't be made."""

from bilan.errors import PlainError


class PackageError(PlainError):
    """A candidate that can't be packed as it stands: nothing of a package is left behind."""
