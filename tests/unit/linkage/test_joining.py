from bilan.linkage.joining import join

SURE, DOUBTFUL, FAINT = 0.99, 0.7, 0.2


def test_sure_pairs_are_linked_doubtful_ones_wait_faint_ones_are_dropped() -> None:
    joining = join([("a", "b", SURE), ("c", "d", DOUBTFUL), ("e", "f", FAINT)], (), (), ())
    assert joining.linked == [("a", "b", "0.9900")]
    assert joining.waiting == [("c", "d", "0.7000")]


def test_what_is_one_person_already_is_not_told_again() -> None:
    scored = [("a", "b", SURE), ("b", "c", SURE), ("a", "c", DOUBTFUL), ("x", "y", SURE)]
    joining = join(scored, same=[("x", "w"), ("w", "y")], apart=(), known=())
    assert [pair[:2] for pair in joining.linked] == [("a", "b"), ("b", "c")]
    assert joining.waiting == []


def test_a_pair_that_was_put_forward_never_is_again() -> None:
    joining = join([("a", "b", SURE), ("c", "d", DOUBTFUL)], (), (), known={("a", "b"), ("c", "d")})
    assert (joining.linked, joining.waiting) == ([], [])


def test_nobody_joins_through_a_third_two_who_were_held_apart() -> None:
    scored = [("a", "c", 0.999), ("b", "c", SURE)]
    joining = join(scored, same=(), apart=[("a", "b")], known={("a", "b")})
    assert [pair[:2] for pair in joining.linked] == [("a", "c")]
    assert [pair[:2] for pair in joining.waiting] == [("b", "c")]
