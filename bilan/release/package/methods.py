"""How the figures were made and protected, in plain words: the texts of `texts/`, filled in."""

from dataclasses import asdict
from pathlib import Path
from string import Template
from typing import Any

from bilan.disclosure.rules import Rules
from bilan.release.package.frozen import Frozen
from bilan.release.package.statuses import STATUSES

_TEXTS = Path(__file__).with_name("texts")
_SYNTHETIC = {
    "fr": "\n> **Données synthétiques.** Aucun chiffre ne décrit une personne ou une opération réelle.\n",
    "en": "\n> **Synthetic data.** No figure describes a real person or operation.\n",
}
_UNTIL = {"fr": ", jusqu'au ", "en": ", until "}
_COARSENED = {
    "fr": "\n\nPubliés moins finement, faute de pouvoir protéger tout le détail : ",
    "en": "\n\nPublished less finely, as not all of the detail could be protected: ",
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
        words[f"coarsened_{language}"] = _coarsened(frozen.protection, language)
        words[f"statuses_{language}"] = _statuses(name)
    files = sorted(_TEXTS.glob("*.md"))
    return {file.name: Template(file.read_text("utf-8")).substitute(words) for file in files}


def _of_the_protection(protection: dict[str, Any]) -> dict[str, Any]:
    """The parameters that the report says were used, else those of the rules."""
    told = {**asdict(Rules()), **protection.get("parameters", {})}
    return {
        "least": Rules(zeros=told["zeros"]).least_hidden,
        "most": told["threshold"] - 1,
        "threshold": told["threshold"],
        "width": told["width"],
    }


def _coarsened(protection: dict[str, Any], language: str) -> str:
    """The codes of what is published less finely than usual."""
    entries = protection.get("coarsened", [])
    codes = sorted({str(entry["code"] if isinstance(entry, dict) else entry) for entry in entries})
    return f"{_COARSENED[language]}{', '.join(codes)}." if codes else ""


def _statuses(language: str) -> str:
    return "\n".join(
        f"| `{name}` | {status.obs_status} | {status.conf_status} | {getattr(status, language)} |"
        for name, status in STATUSES.items()
    )
