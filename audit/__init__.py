"""What is installed, as an SBOM and against an advisory file: without network, in its own environment."""
