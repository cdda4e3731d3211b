"""The package of a release: everything that a reviewer needs to use its figures and to check them."""

from bilan.release.errors import PackageError
from bilan.release.package.making import make
from bilan.release.package.verifier import verify_package

__all__ = ["PackageError", "make", "verify_package"]
