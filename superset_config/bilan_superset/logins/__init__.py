"""Logging in: tries that are slowed, and sessions that end.

`attempts` and `sessions` decide, on an SQLite connection and a moment that are given to them, and
import no Flask; `guard` plugs them in.
"""
