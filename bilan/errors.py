"""Errors whose words the project wrote itself, and which therefore hold no partner's data."""


class PlainError(Exception):
    """An error that may be shown as it is: its message never quotes a cell, a name or a key."""
