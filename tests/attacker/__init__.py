"""A reader with a solver: what it can tell of the counts that a release hides, from what is shown alone.

It knows nothing of how figures are protected: neither the protection's code nor its lists. What it reads
are published rows and the catalogue beside them; what it is, maybe, is a partner, with its own figures.
"""
