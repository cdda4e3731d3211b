"""Synthetic sample logs: seeded, untidy on purpose, arriving at the published figures.

Everything here is invented. `write_samples` writes the files; `make_samples` gives what they are made of, and
`TARGETS` the figures that the pipeline must reach. Nothing else in the project may know those figures,
and nothing here takes part in computing them.
"""

from bilan.samples.targets import TARGETS, Target
from bilan.samples.writer import DEFAULT_SEED, Samples, SamplesError, make_samples, write_samples

__all__ = [
    "DEFAULT_SEED",
    "TARGETS",
    "Samples",
    "SamplesError",
    "Target",
    "make_samples",
    "write_samples",
]
