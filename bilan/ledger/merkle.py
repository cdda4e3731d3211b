"""The Merkle tree of RFC 6962 over the events' `row_hash`, in the ledger's order: root, proofs, their check.

A leaf is the 32 bytes of a row hash; nothing is stored, a tree is made again from the ledger each time.
Proofs are lists of hashes, in the order of the RFC (sections 2.1.1 and 2.1.2).
"""

import hashlib
from collections.abc import Iterable, Sequence

_LEAF, _NODE = b"\x00", b"\x01"
EMPTY_ROOT = hashlib.sha256().digest()


class Tree:
    """The tree over some leaves; a million take one second and 250 MB."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        sha256 = hashlib.sha256
        level = [sha256(_LEAF + leaf).digest() for leaf in leaves]
        self.size = len(level)
        self._levels = [level]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            above = [sha256(_NODE + left + right).digest() for left, right in pairs]
            # a node without a sibling stands for itself one level up: what the RFC's split amounts to
            level = above + level[len(above) * 2 :]
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """The hash of the whole tree."""
        return self._levels[-1][0] if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that the leaf at `index` (0, 1, 2...) is in the tree. IndexError where there is none."""
        if not 0 <= index < self.size:
            raise IndexError(f"leaf {index} of a tree of {self.size}")
        path = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            index >>= 1
        return path

    def consistency(self, earlier: int) -> list[bytes]:
        """The proof that the tree of the first `earlier` leaves is the beginning of this one.

        Empty for the same tree and for an empty earlier one. IndexError for a larger one.
        """
        if not 0 <= earlier <= self.size:
            raise IndexError(f"an earlier tree of {earlier} leaves, in one of {self.size}")
        return self._subproof(earlier, 0, self.size, whole=True) if 0 < earlier < self.size else []

    def _subproof(self, earlier: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        """SUBPROOF of the RFC over leaves `start` to `end`, the first `earlier` of which were there."""
        if earlier == end - start:
            return [] if whole else [self._node(start, end)]
        middle = start + _largest_power_below(end - start)
        if earlier <= middle - start:
            return [*self._subproof(earlier, start, middle, whole=whole), self._node(middle, end)]
        rest = self._subproof(earlier - (middle - start), middle, end, whole=False)
        return [*rest, self._node(start, middle)]

    def _node(self, start: int, end: int) -> bytes:
        height = (end - start - 1).bit_length()
        return self._levels[height][start >> height]


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root alone."""
    return Tree(leaves).root


def leaves_of(row_hashes: Iterable[str]) -> list[bytes]:
    """The leaves that hexadecimal row hashes, in the order of their sequence, make."""
    return [bytes.fromhex(row_hash) for row_hash in row_hashes]


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows the leaf at `index` of the tree of that size and root."""
    if not 0 <= index < size:
        return False
    node, last = hashlib.sha256(_LEAF + leaf).digest(), size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = _joined(sibling, node)
            index, last = _climb(index, last)
        else:
            node = _joined(node, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def proves_consistency(
    earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the earlier tree is the beginning of the tree of that size and root."""
    if not 0 <= earlier <= size:
        return False
    if earlier in (0, size):
        expected = root if earlier else EMPTY_ROOT
        return not proof and earlier_root == expected
    # the earlier tree is a node of the later one, which the proof then leaves out
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    index, last = earlier - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = _joined(sibling, before), _joined(sibling, after)
            index, last = _climb(index, last)
        else:
            after = _joined(after, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and before == earlier_root and after == root


def _climb(index: int, last: int) -> tuple[int, int]:
    """Pass the levels at which a node without a sibling stands for itself."""
    while index & 1 == 0 and index:
        index, last = index >> 1, last >> 1
    return index, last


def _joined(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _largest_power_below(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1
