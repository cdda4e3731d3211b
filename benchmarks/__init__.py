"""Measures, run by hand with `make benchmarks`; no test asserts on them."""
