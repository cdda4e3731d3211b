"""How the figures were made and protected, in plain words: the texts of `texts/`, filled in."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from string import Template
from typing import Any

from bilan.disclosure.rules import Rules
from bilan.release.package.frozen import Frozen
from bilan.release.package.statuses import STATUSES
from bilan.release.wording.withheld import exceptions, withheld

_TEXTS = Path(__file__).with_name("texts")
_SYNTHETIC = {
    "fr": "\n> **Données synthétiques.** Aucun chiffre ne décrit une personne ou une opération réelle.\n",
    "en": "\n> **Synthetic data.** No figure describes a real person or operation.\n",
}
_UNTIL = {"fr": ", jusqu'au ", "en": ", until "}
_WITHHELD = {
    "fr": "\n\nNiveaux retenus en entier dans cette publication, zéros compris :\n\n",
    "en": "\n\nLevels withheld whole in this release, zeros included:\n\n",
}
_EXCEPTIONS = {
    "fr": "\n\nExceptions en vigueur (un taux de 0 ou de 100 % montré par décision) :\n\n",
    "en": "\n\nExceptions in force (a rate of 0 or 100% shown by decision; reasons in French):\n\n",
}


def texts(frozen: Frozen) -> dict[str, str]:
    """METHODES.md, METHODS.md and LISEZMOI.md, by name."""
    words = {
        **_of_the_protection(frozen.protection),
        "release": frozen.release,
        "known_at": frozen.provenance["known_at"],
    }
    for language, name in (("fr", "french"), ("en", "english")):
        until = frozen.provenance["until"]
        words[f"synthetic_{language}"] = _SYNTHETIC[language] if frozen.synthetic else ""
        words[f"until_{language}"] = _UNTIL[language] + until if until else ""
        lines = withheld(frozen.protection["coarsened"], language)
        words[f"withheld_{language}"] = _listed(_WITHHELD[language], lines)
        taken = exceptions(frozen.protection.get("exceptions", []))
        words[f"exceptions_{language}"] = _listed(_EXCEPTIONS[language], taken)
        words[f"statuses_{language}"] = _statuses(name)
    files = sorted(_TEXTS.glob("*.md"))
    return {file.name: Template(file.read_text("utf-8")).substitute(words) for file in files}


def _of_the_protection(protection: dict[str, Any]) -> dict[str, Any]:
    """The parameters that the report says were used, else those of the rules."""
    parameters = {**asdict(Rules()), **protection.get("parameters", {})}
    return {
        "least": Rules(zeros=parameters["zeros"]).least_hidden,
        "most": parameters["threshold"] - 1,
        "threshold": parameters["threshold"],
        "width": parameters["width"],
    }


def _listed(title: str, lines: Sequence[str]) -> str:
    """A title and its lines; nothing where there is none."""
    return title + "\n".join(f"- {line}" for line in lines) if lines else ""


def _statuses(language: str) -> str:
    return "\n".join(
        f"| `{name}` | {status.obs_status} | {status.conf_status} | {getattr(status, language)} |"
        for name, status in STATUSES.items()
    )
