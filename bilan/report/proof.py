"""The last page: what the document was made from, who approved it, and how to check both."""

import segno

from bilan.report.figures import Figures
from bilan.report.model import Block, Bullets, Chapter, Command, Heading, Mark, Pairs, Paragraph, Span
from bilan.report.palette import INK
from bilan.report.typography import day, typeset
from bilan.report.words import Words

_TITLE = Words("Vérifier ce bilan", "Verifying this report")
_LEAD = Words(
    "Ce bilan est tiré de la diffusion n° {number} et de rien d'autre. Il n'est pas signé lui-même : le "
    "paquet de la publication l'est, et porte chacun des chiffres d'ici. La même publication redonne ce "
    "document à l'octet près.",
    "This report is made from release No. {number} and nothing else. It is not signed itself: the release's "
    "package is, and holds each figure found here. The same release gives this document again, byte for "
    "byte.",
)
_RELEASE = Words("Diffusion", "Release")
_NUMBER = Words("n° {number}", "No. {number}")
_PUBLISHED = Words("Publiée le", "Published on")
_APPROVED = Words("Approuvée par", "Approved by")
_BY = Words("{who}, le {day}", "{who}, on {day}")
_HASH = Words("Empreinte (SHA-256) du manifeste signé", "Hash (SHA-256) of the signed manifest")
_QR = Words(
    "Code carré qui porte le numéro de la publication et l'empreinte du manifeste signé.",
    "Square code that holds the release's number and the hash of the signed manifest.",
)
_HOW = Words("Comment faire", "How to")
_STEPS = (
    Words(
        "Obtenir le paquet de la diffusion n° {number} et, par une autre voie, la clé publique du "
        "partenariat.",
        "Get the package of release No. {number} and, by another way, the partnership's public key.",
    ),
    Words(
        "Vérifier le paquet, hors ligne, avec le vérificateur qu'il contient : il répond que tout est "
        "intact, ou dit ce qui a changé.",
        "Verify the package, offline, with the verifier that it holds: it answers that all is sound, or "
        "tells what changed.",
    ),
    Words(
        "Comparer l'empreinte du manifeste avec celle de cette page : ce sont les mêmes soixante-quatre "
        "signes.",
        "Compare the manifest's hash with that of this page: the same sixty-four characters.",
    ),
)
_COMMANDS = ("python bilan-verify.py bilan-{number}.zip --key release.pub", "sha256sum manifest.json")


def proof(figures: Figures) -> Chapter:
    """The chapter."""
    source, language = figures.source, figures.language

    def said(words: Words, **names: object) -> str:
        return typeset(words.said(language).format(number=source.number, **names), language)

    content = f"bilan-release={source.number};manifest-sha256={source.manifest_sha256}"
    code = segno.make_qr(content, error="m").svg_inline(border=0, dark=INK, omitsize=True)
    approvals = [
        (said(_APPROVED), said(_BY, who=approval.who, day=day(approval.on, language)))
        for approval in source.approvals
    ]
    blocks: tuple[Block, ...] = (
        Paragraph((Span(said(_LEAD)),)),
        Pairs(
            (
                (said(_RELEASE), said(_NUMBER)),
                (said(_PUBLISHED), day(source.published_on, language)),
                *approvals,
                (said(_HASH), source.manifest_sha256),
            )
        ),
        Mark(code, said(_QR), content),
        Heading(said(_HOW)),
        Bullets(tuple((Span(said(step)),) for step in _STEPS)),
        *(Command(command.format(number=source.number)) for command in _COMMANDS),
    )
    return Chapter(said(_TITLE), blocks)
