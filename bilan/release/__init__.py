"""What leaves the partnership's own machine: releases that two people approved, and nothing else."""

from bilan.release.errors import NothingToPublishError, ReleaseRefusedError
from bilan.release.gate import Approved, approve, resume, withdraw
from bilan.release.making import Made, make_candidate
from bilan.release.publication.publish import Build

__all__ = [
    "Approved",
    "Build",
    "Made",
    "NothingToPublishError",
    "ReleaseRefusedError",
    "approve",
    "make_candidate",
    "resume",
    "withdraw",
]
