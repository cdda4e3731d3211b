"""The generator of the dashboards' bundle: `python -m bundle` rewrites `superset_config/assets/`.

Runs in the pipeline's environment. What it writes is reviewed and committed; a test fails when the
files and the generator drift apart.
"""
