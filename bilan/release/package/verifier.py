"""The verifier that ships in each package, used here too: one implementation for everyone."""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

VERIFIER = Path(__file__).resolve().parent / "shipped" / "bilan-verify.py"


def verify_package(
    package: Path, key: Path | None = None, previous: Path | None = None, approvers: Path | None = None
) -> dict[str, Any]:
    """What the shipped file finds: `verdict`, `sound`, `release`, `findings` and `warnings`."""
    verdict: dict[str, Any] = shipped().verify(package, key, previous, approvers)
    return verdict


@cache
def shipped() -> Any:
    """The shipped file as a module; its name, with a hyphen, can't be imported otherwise."""
    spec = spec_from_file_location("bilan_verify", VERIFIER)
    if spec is None or spec.loader is None:
        raise ImportError(VERIFIER.name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
