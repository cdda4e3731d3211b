"""Reading persons back: for the steward, and for the linkage. Every reading is logged before it is made."""

import json
from collections.abc import Sequence

from bilan.identity.access import Access, record_access
from bilan.identity.crypto import unseal
from bilan.identity.vault import Vault, VaultError

Attributes = dict[str, str | None]


def read_attributes(vault: Vault, token: str, access: Access) -> Attributes:
    """The nominative cells of a token, as first typed. Raises VaultError for an unknown or erased token."""
    found = read_many(vault, [token], access)
    if token not in found:
        raise VaultError("Jeton inconnu du coffre, ou effacé.")
    return found[token]


def read_many(vault: Vault, tokens: Sequence[str], access: Access) -> dict[str, Attributes]:
    """The nominative cells of those of the tokens that the vault still knows."""
    record_access(vault, access, tokens)
    found = vault.rows(
        f"select s.token, s.sender, s.data_key, s.attributes from {vault.store.listed('tokens')}"  # noqa: S608
        " join subjects as s on s.token = wanted.value order by wanted.key",
        tokens=json.dumps(list(tokens)),
    )
    return {token: _opened(vault, token, *cells) for token, *cells in found}


def _opened(vault: Vault, token: str, sender: str, wrapped: bytes, sealed: bytes) -> Attributes:
    context = f"{token}|{sender}"
    data_key = unseal(vault.keys.wrap, bytes(wrapped), context)
    attributes: Attributes = json.loads(unseal(data_key, bytes(sealed), context))
    return attributes
