"""One module per log: its rows, its calendars, what is first told wrongly of it and the faults in its files.

A module that is here, with a LOG, is a log of the samples. Its name is the scope of the log's own choices.
"""

from importlib import import_module
from pkgutil import iter_modules

from bilan.samples.log import Log

LOGS: dict[str, Log] = {
    module.name: import_module(f"{__name__}.{module.name}").LOG for module in iter_modules(__path__)
}


def log_named(name: str) -> Log:
    """The samples of that log; KeyError where there are none."""
    return {log.name: log for log in LOGS.values()}[name]
