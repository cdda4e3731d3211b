"""The steps of the bootstrap, each safe to run again."""
