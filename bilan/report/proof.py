"""The last page: what the document was made from, who approved it, and how to check both."""

import segno

from bilan.report.document import Block, Bullets, Chapter, Command, Heading, Mark, Pairs, Paragraph, Span
from bilan.report.figures import Figures
from bilan.report.palette import INK
from bilan.report.typography import day, typeset
from bilan.report.vocabulary import Words

_TITLE = Words("Vérifier ce bilan", "Verifying this report")
_LEAD = Words(
    "Ce bilan est tiré de la diffusion n° {number}{changes_fr}. Il n'est pas signé lui-même : le "
    "paquet de la diffusion l'est, et porte chacun des chiffres d'ici. {same_fr} redonne ce document à "
    "l'octet près.",
    "This report is made from release No. {number}{changes_en}. It is not signed itself: the release's "
    "package is, and holds each figure found here. {same_en} this document again, byte for byte.",
)
_ALONE = {
    "changes_fr": " et de rien d'autre",
    "changes_en": " and nothing else",
    "same_fr": "La même diffusion",
    "same_en": "The same release gives",
}
_AFTER = {
    "changes_fr": ", et ses écarts de la diffusion n° {previous}",
    "changes_en": ", and its changes from release No. {previous}",
    "same_fr": "Tant que toutes deux sont en vigueur, la même commande",
    "same_en": "As long as both are out, the same command gives",
}
_RELEASE = Words("Diffusion", "Release")
_NUMBER = Words("n° {number}", "No. {number}")
_PUBLISHED = Words("Publiée le", "Published on")
_APPROVED = Words("Approuvée par", "Approved by")
_BY = Words("{who}, le {day}", "{who}, on {day}")
_HASH = Words("Empreinte (SHA-256) du manifeste signé", "Hash (SHA-256) of the signed manifest")
_QR = Words(
    "Code QR qui porte le numéro de la publication et l'empreinte du manifeste signé.",
    "QR code that holds the release's number and the hash of the signed manifest.",
)
_HOW = Words("Comment faire", "How to")
_STEPS = (
    Words(
        "Obtenir le paquet de la diffusion n° {number} (page Extraits des tableaux de bord, ou l'intendance "
        "des données) et, par une autre voie, la clé publique du partenariat, release.pub, et la liste des "
        "personnes qui approuvent, approvers.txt.",
        "Get the package of release No. {number} (page Extracts of the dashboards, or the data steward) and, "
        "by another way, the partnership's public key, release.pub, and the list of the people who approve, "
        "approvers.txt.",
    ),
    Words(
        "L'ouvrir, puis le vérifier, hors ligne, avec le vérificateur qu'il contient (Python 3.9 ou plus, et "
        "son paquet cryptography) : il répond que tout est intact, ou dit ce qui a changé.",
        "Unpack it, then verify it, offline, with the verifier that it holds (Python 3.9 or later, and its "
        "package cryptography): it answers that all is sound, or tells what changed.",
    ),
    Words(
        "Comparer l'empreinte du manifeste avec celle de cette page : ce sont les mêmes soixante-quatre "
        "signes (sous Windows : certutil -hashfile, puis SHA256).",
        "Compare the manifest's hash with that of this page: the same sixty-four characters (on Windows: "
        "certutil -hashfile, then SHA256).",
    ),
)
_COMMANDS = (
    "python -m zipfile -e bilan-{number}.zip bilan-{number}",
    "python bilan-{number}/bilan-verify.py bilan-{number} --key release.pub --approvers approvers.txt",
    "sha256sum bilan-{number}/manifest.json",
)


def proof(figures: Figures) -> Chapter:
    """The chapter."""
    source, language = figures.source, figures.language
    sentence = _ALONE if source.previous is None else _AFTER
    lead = {name: text.format(previous=source.previous) for name, text in sentence.items()}

    def said(words: Words, **names: object) -> str:
        return typeset(words.said(language).format(number=source.number, **names), language)

    content = f"bilan-release={source.number};manifest-sha256={source.manifest_sha256}"
    code = segno.make_qr(content, error="m").svg_inline(border=0, dark=INK, omitsize=True)
    approvals = [
        (said(_APPROVED), said(_BY, who=approval.who, day=day(approval.on, language)))
        for approval in source.approvals
    ]
    blocks: tuple[Block, ...] = (
        Paragraph((Span(said(_LEAD, **lead)),)),
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
