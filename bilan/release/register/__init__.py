"""The register of releases: who took which step, when and why, and what may follow."""
