"""The releases' part of `bilan verify`."""
