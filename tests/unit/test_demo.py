"""The demonstration says in a few lines what its samples came to."""

from bilan.cli.demo import in_short

WARNING = {"code": "odd_letters"}


def file(sender: str | None, accepted: int, refused: int, warnings: int = 0) -> dict[str, object]:
    return {"sender": sender, "accepted": accepted, "refused": refused, "warnings": [WARNING] * warnings}


def test_each_sender_has_one_line_then_a_last_one_says_where_to_read_why() -> None:
    files = [file("SPAL", 10, 1, 2), file("CJM", 4, 0), file("SPAL", 5, 2)]
    cjm, spal, last = [line.split() for line in in_short(files)]
    assert (cjm[0], cjm[1], cjm[3], cjm[6]) == ("CJM", "1", "4", "0")
    assert (spal[0], spal[1], spal[3], spal[6], spal[8]) == ("SPAL", "2", "15", "3", "2")
    assert last[0] == "3"


def test_a_file_of_nobody_is_counted_too() -> None:
    assert next(iter(in_short([file(None, 0, 1)]))).startswith("? ")
