"""Copy the package of a release that is out to wherever its reader wants it."""

import os
import secrets
import shutil
from pathlib import Path

from bilan.durable import seal
from bilan.home import Home
from bilan.release.errors import ReleaseRefusedError
from bilan.release.package import verify_package
from bilan.release.publication.extracts import archive_file, package_folder, write_archive
from bilan.release.register.entries import read_register
from bilan.release.register.releases import releases_of
from bilan.release.register.transitions import STATES_FR, State
from bilan.signing import PUBLIC_NAME


def extract(home: Home, number: int, out: Path, *, as_zip: bool = False) -> Path:
    """Fill `out`, a new or empty folder, with the package, or with it in one file; what was written.

    ReleaseRefusedError, and nothing written, where the release is not published (a candidate, a withdrawn
    one), its package is not sound, or `out` holds something.
    """
    package = published_package(home, number)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ReleaseRefusedError(f"{out} n'est pas un dossier vide : donner un autre --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.parent / f".{out.name}.{secrets.token_hex(4)}"
    try:
        if as_zip:
            draft.mkdir(mode=0o700)
            write_archive(package, draft / archive_file(home, number).name)
        else:
            shutil.copytree(package, draft)
        seal(draft)
        os.replace(draft, out)  # noqa: PTH105 - an empty folder gives way, a full one does not
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return out / archive_file(home, number).name if as_zip else out


def published_package(home: Home, number: int) -> Path:
    """The package of a release that may be handed out; ReleaseRefusedError where it may not."""
    release = releases_of(read_register(home)).get(number)
    if release is None:
        raise ReleaseRefusedError(f"La publication n° {number} n'existe pas : « bilan release list ».")
    if release.state is not State.PUBLISHED:
        raise ReleaseRefusedError(
            f"La publication n° {number} est {STATES_FR[release.state]} : seul le paquet d'une publication "
            "en vigueur est remis."
        )
    package = package_folder(home, number)
    findings = verify_package(package, home.keys / PUBLIC_NAME)["findings"]
    if findings:
        raise ReleaseRefusedError(
            f"Le paquet de la publication n° {number} n'est plus intact : {findings[0]['fr']} Voir "
            "« bilan verify »."
        )
    return package
