"""A candidate: what a release would show, made of the warehouse, frozen and examined."""
