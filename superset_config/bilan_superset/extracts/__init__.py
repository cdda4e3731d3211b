"""Pulling a published release: a page for people, an API for their scripts, personal tokens.

`releases`, `kpis`, `tokens`, `limits`, `journal`, `problems` and `openapi` decide and import no
Flask, so that they are tested without it; `callers`, `answers`, `api` and `pages` plug them in.
What is read is `published/current/extracts` and nothing else: no warehouse, no candidate, no key.
"""
