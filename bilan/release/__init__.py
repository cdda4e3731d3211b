"""What leaves the partnership's own machine: published builds, and nothing else."""

from bilan.release.publish import Build, NothingToPublishError, publish

__all__ = ["Build", "NothingToPublishError", "publish"]
