"""The Merkle tree: the vectors of RFC 6962's reference implementation, and laws for any tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.ledger.merkle import EMPTY_ROOT, Tree, leaves_of, proves_consistency, proves_inclusion, root_of

VECTOR = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
trees = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


def by_the_book(leaves: list[bytes]) -> bytes:
    """MTH as section 2.1 words it, without any cleverness."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = max(2**power for power in range(len(leaves)) if 2**power < len(leaves))
    halves = by_the_book(leaves[:split]) + by_the_book(leaves[split:])
    return hashlib.sha256(b"\x01" + halves).digest()


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_roots_are_those_of_the_reference(size: int, root: str) -> None:
    assert root_of(VECTOR[:size]).hex() == root


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree([]).root == EMPTY_ROOT == by_the_book([])


def test_row_hashes_are_leaves_as_bytes() -> None:
    assert leaves_of(["00ff", "10"]) == [b"\x00\xff", b"\x10"]


@given(trees)
def test_the_root_is_the_one_of_the_definition(leaves: list[bytes]) -> None:
    assert root_of(leaves) == by_the_book(leaves)


@given(trees, st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    tree, index = Tree(leaves), data.draw(st.integers(0, len(leaves) - 1))
    proof = tree.inclusion(index)
    assert proves_inclusion(leaves[index], index, tree.size, proof, tree.root)
    assert not proves_inclusion(leaves[index] + b"x", index, tree.size, proof, tree.root)
    assert not proves_inclusion(leaves[index], index, tree.size, proof, b"\0" * 32)
    assert not proves_inclusion(leaves[index], index, tree.size, [*proof, b"\0" * 32], tree.root)
    assert not proves_inclusion(leaves[index], tree.size, tree.size, proof, tree.root)
    for place in range(len(proof)):
        altered = [*proof[:place], _flipped(proof[place]), *proof[place + 1 :]]
        assert not proves_inclusion(leaves[index], index, tree.size, altered, tree.root)
        shorter = proof[:place] + proof[place + 1 :]
        assert not proves_inclusion(leaves[index], index, tree.size, shorter, tree.root)


@given(trees, st.data())
def test_every_beginning_is_proved_and_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    tree, earlier = Tree(leaves), data.draw(st.integers(0, len(leaves)))
    before, proof = root_of(leaves[:earlier]), tree.consistency(earlier)
    assert proves_consistency(earlier, before, tree.size, tree.root, proof)
    assert not proves_consistency(earlier, _flipped(before), tree.size, tree.root, proof)
    assert not proves_consistency(earlier, before, tree.size, tree.root, [*proof, b"\0" * 32])
    if earlier:
        assert not proves_consistency(earlier, before, tree.size, _flipped(tree.root), proof)
    for place in range(len(proof)):
        altered = [*proof[:place], _flipped(proof[place]), *proof[place + 1 :]]
        assert not proves_consistency(earlier, before, tree.size, tree.root, altered)
        shorter = proof[:place] + proof[place + 1 :]
        assert not proves_consistency(earlier, before, tree.size, tree.root, shorter)


@given(trees, st.data())
def test_a_rewritten_past_is_never_proved(leaves: list[bytes], data: st.DataObject) -> None:
    rewritten = data.draw(st.integers(0, len(leaves) - 1))
    earlier = data.draw(st.integers(rewritten + 1, len(leaves)))
    before = root_of(leaves[:earlier])
    after = Tree([*leaves[:rewritten], leaves[rewritten] + b"x", *leaves[rewritten + 1 :]])
    assert not proves_consistency(earlier, before, after.size, after.root, after.consistency(earlier))


@pytest.mark.parametrize("earlier", [-1, 9])
def test_what_was_never_in_the_tree_has_no_proof(earlier: int) -> None:
    tree = Tree(VECTOR)
    with pytest.raises(IndexError):
        tree.consistency(earlier)
    with pytest.raises(IndexError):
        tree.inclusion(earlier)
    assert not proves_consistency(earlier, tree.root, 8, tree.root, [])


def _flipped(digest: bytes) -> bytes:
    return bytes([digest[0] ^ 1]) + digest[1:]
