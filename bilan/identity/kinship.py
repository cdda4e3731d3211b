"""Which tokens of one log are one person, because a row once held both the name and the reference."""

from collections.abc import Iterable


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The connected components of pairs of tokens: token -> the smallest token of its group."""
    parent: dict[str, str] = {}

    def root(token: str) -> str:
        parent.setdefault(token, token)
        while parent[token] != token:
            parent[token] = parent[parent[token]]
            token = parent[token]
        return token

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {token: root(token) for token in list(parent)}
