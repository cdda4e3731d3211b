"""What Bilan adds to Superset: brand, French, roles, and the walls around the published files.

Runs in Superset's own environment. `access` and `queries` decide and import no Superset, so that
they are tested without it; the other modules plug those decisions in.
"""
