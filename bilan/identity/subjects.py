"""Reading a person back, for the steward and for the linkage to come."""

import json

from bilan.identity.crypto import unseal
from bilan.identity.vault import Vault, VaultError


def read_attributes(vault: Vault, token: str) -> dict[str, str | None]:
    """The nominative cells of a token, as first typed. Raises VaultError for an unknown token."""
    row = vault.connection.execute(
        "select sender, data_key, attributes from subjects where token = ?", (token,)
    ).fetchone()
    if row is None:
        raise VaultError("Jeton inconnu du coffre.")
    sender, wrapped, sealed = row
    context = f"{token}|{sender}"
    data_key = unseal(vault.keys.wrap, wrapped, context)
    attributes: dict[str, str | None] = json.loads(unseal(data_key, sealed, context))
    return attributes
