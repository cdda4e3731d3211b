"""Erasing a person everywhere, saying so in a signed receipt; copies of the home; access periods."""
