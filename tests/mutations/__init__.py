"""The judge from outside: clean statements put through named mutations, and what is read of them.

It knows the contracts as senders know them, files as spreadsheets leave them, and the report. How files
are read it does not know.
"""
