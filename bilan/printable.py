"""Words of others, such as the name of a file, made safe for a terminal, a log or a page."""

import unicodedata


def printable(text: str) -> str:
    """The text with whatever could command a terminal or hide itself written out, as `\\x1b` or `\\u202e`.

    Controls, ends of lines, marks of direction, bytes of no encoding; a space of any kind is a plain one.
    """
    return "".join(letter if letter.isprintable() else _written_out(letter) for letter in text)


def _written_out(letter: str) -> str:
    if unicodedata.category(letter) == "Zs":
        return " "
    return letter.encode("unicode_escape").decode("ascii")
