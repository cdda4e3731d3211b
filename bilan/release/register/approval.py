"""Who may approve what: two different people, neither of whom made it, and nothing came out since."""

from collections.abc import Mapping, Sequence

from bilan.release.errors import ReleaseRefusedError
from bilan.release.register.approvers import Approver, approvers_of, is_signed
from bilan.release.register.entries import Entry
from bilan.release.register.releases import Release, Signature, as_approver, makers, out, valid_signatures

SIGNATURES_NEEDED = 2


def check_not_overtaken(release: Release, releases: Mapping[int, Release]) -> None:
    """ReleaseRefusedError where a release is out that the candidate's protection knows nothing of."""
    since = [r.number for r in out(releases) if r.number not in (*release.out_when_made, release.number)]
    if since:
        raise ReleaseRefusedError(
            f"La publication n° {since[0]} est sortie depuis que la candidate n° {release.number} a été "
            "faite : leur différence n'est protégée par rien. Faire une autre candidate : « bilan release "
            "candidate »."
        )


def check_signatures(release: Release, entries: Sequence[Entry]) -> None:
    """ReleaseRefusedError unless two different people, neither of whom made it, signed this very hash."""
    counted: list[Signature] = []
    for signature in valid_signatures(release, entries):
        if is_signed(signature.public_key, signature.signature, release.number, release.candidate_sha256):
            may_sign(release, signature.public_key, entries, counted)
            counted.append(signature)
    if len(counted) < SIGNATURES_NEEDED:
        raise ReleaseRefusedError(
            f"La publication n° {release.number} n'a que {len(counted)} signature valable sur "
            f"{SIGNATURES_NEEDED}. La retirer : « bilan release withdraw »."
        )


def may_sign(
    release: Release, public_key: str, entries: Sequence[Entry], counted: Sequence[Signature]
) -> Approver:
    """Whose key it is. ReleaseRefusedError where that person may not sign this release."""
    owners = [person for person in approvers_of(entries) if person.public_key == public_key]
    if not owners:
        raise ReleaseRefusedError("Cette clé n'est celle de personne qui approuve : « bilan approver list ».")
    [person] = owners
    if person.removed_at is not None:
        raise ReleaseRefusedError(f"{person.name} n'approuve plus depuis le {person.removed_at[:10]}.")
    if person.is_demonstration and not release.knows["synthetic"]:
        raise ReleaseRefusedError(f"{person.name} n'existe pas et ne signe que des données synthétiques.")
    if person.designations & makers(release, entries):
        raise ReleaseRefusedError(
            f"{person.name} ({person.account}) a fait cette candidate : deux autres personnes l'approuvent."
        )
    if any(person.is_same_person(as_approver(signature)) for signature in counted):
        raise ReleaseRefusedError(f"{person.name} a déjà signé : il faut deux personnes différentes.")
    return person
