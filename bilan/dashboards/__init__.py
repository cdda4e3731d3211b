"""The boards, and what a published file defines for them: its tables, and the views that boards read.

DuckDB and the standard library only: two environments import it.
"""
