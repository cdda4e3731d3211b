"""The account that runs a command, as the system knows it."""

import os
from pwd import getpwuid


def current_account() -> str:
    """The account's name, whatever the environment says; a container may have none by name."""
    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
