"""Statuses as SDMX codes: two columns of a package that any statistical office reads.

`obs_status` is of CL_OBS_STATUS, `conf_status` of CL_CONF_STATUS.
"""

from dataclasses import dataclass

from bilan.release.wording.vocabulary import STATUSES as WORDS


@dataclass(frozen=True)
class Status:
    """A status of ours, its SDMX codes and what it means."""

    obs_status: str
    conf_status: str
    has_value: bool
    french: str
    english: str


def _without_a_value(status: str, obs_status: str, conf_status: str) -> Status:
    """Said as boards and the printed bilan say it."""
    return Status(obs_status, conf_status, False, WORDS[status].fr, WORDS[status].en)


STATUSES = {
    # A: normal value. F: free
    "value": Status("A", "F", True, "chiffre publié", "published figure"),
    # a zero that was counted is a normal value like any other
    "true_zero": Status("A", "F", True, "zéro, compté comme tel", "zero, counted as such"),
    # Q: missing value, suppressed. N: not for publication, whatever the reason. CL_CONF_STATUS has codes of
    # its own for primary and for secondary confidentiality: whoever saw which is which would know that
    # the former are 1 to 4, so that one symbol stands for both
    "suppressed": _without_a_value("suppressed", "Q", "N"),
    # M: missing value, data cannot exist, such as a rate over nobody
    "missing": _without_a_value("missing", "M", "F"),
    # L: missing value, data exist but were not collected: a partner has not told yet
    "not_yet_reported": _without_a_value("not_yet_reported", "L", "F"),
}
