"""What ties a package to the ledger: its Merkle root, and proofs that need nothing of the ledger.

Only the last event of this ledger and the last one of the previous release's are proved to be in it.
A proof for each batch would tell how many events each holds: how many arrests a partner told of in a
month, which is what disclosure control hides.
"""

from collections.abc import Sequence
from typing import Any

from bilan.ledger.merkle import Tree, leaves_of
from bilan.release.errors import PackageError


def proofs(
    row_hashes: Sequence[str],
    provenance: dict[str, Any],
    previous: dict[str, Any] | None,
) -> dict[str, Any]:
    """`merkle.json`. `provenance` and `previous` are those of the candidates of this and the last release.

    PackageError where the ledger is not the one that either candidate was made from.
    """
    tree, release, ledger = Tree(leaves_of(row_hashes)), provenance["release"], provenance["ledger"]
    _check(tree, ledger, release)
    proved = {tree.size}
    earlier = None
    if previous is not None:
        start = previous["ledger"]
        if start["events"] > tree.size:
            raise PackageError(
                f"Le grand livre de la publication n° {release} est plus court que celui de la précédente."
            )
        _check(Tree(leaves_of(row_hashes[: start["events"]])), start, previous["release"])
        proved.add(start["events"])
        earlier = {
            "release": previous["release"],
            "tree_size": start["events"],
            "root": start["merkle_root"],
            "consistency": [node.hex() for node in tree.consistency(start["events"])],
        }
    return {
        "format": "rfc6962-sha256",
        "release": release,
        "ledger_version": ledger["version"],
        "tree_size": tree.size,
        "root": tree.root.hex(),
        "previous": earlier,
        "inclusion": [_proved(tree, row_hashes, sequence) for sequence in sorted(proved) if sequence],
    }


def _proved(tree: Tree, row_hashes: Sequence[str], sequence: int) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "row_hash": row_hashes[sequence - 1],
        "proof": [node.hex() for node in tree.inclusion(sequence - 1)],
    }


def _check(tree: Tree, ledger: dict[str, Any], release: int) -> None:
    if (tree.size, tree.root.hex()) != (ledger["events"], ledger["merkle_root"]):
        raise PackageError(
            f"Le grand livre n'est plus celui dont la publication n° {release} a été faite : ses "
            f"{ledger['events']} premiers événements n'ont pas la racine notée. Voir « bilan verify »."
        )
