"""Bilan: an event-sourced warehouse for partnerships against the sexual exploitation of minors."""
