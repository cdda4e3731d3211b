"""What a published file defines: its tables, and the views of them that boards read.

DuckDB and the standard library only: two environments import it.
"""
