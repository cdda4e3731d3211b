"""Dagster: the order in which the rooms are entered, and what is recorded of each run.

An asset loads, calls and records; what is decided is decided in `bilan`.
"""
