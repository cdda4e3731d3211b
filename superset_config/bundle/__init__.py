"""The generator of the dashboards' bundle: what `bootstrap.py` installs, built in its own process.

Runs in both environments, Superset's and the pipeline's, whose tests hold it together.
"""
