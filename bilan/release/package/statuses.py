"""Statuses as SDMX codes: two columns of a package that any statistical office reads.

`obs_status` is of CL_OBS_STATUS, `conf_status` of CL_CONF_STATUS.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """A status of ours, its SDMX codes and what it means."""

    obs_status: str
    conf_status: str
    has_value: bool
    french: str
    english: str


STATUSES = {
    # A: normal value. F: free
    "value": Status("A", "F", True, "chiffre publié", "published figure"),
    # a zero that was counted is a normal value like any other
    "true_zero": Status("A", "F", True, "zéro, compté comme tel", "zero, counted as such"),
    # Q: missing value, suppressed. N: not for publication, whatever the reason. CL_CONF_STATUS has codes of
    # its own for primary and for secondary confidentiality: whoever saw which is which would know that
    # the former are 1 to 4, so that one symbol stands for both
    "suppressed": Status(
        "Q", "N", False, "masqué pour protéger les personnes", "suppressed to protect people"
    ),
    # M: missing value, data cannot exist, such as a rate over nobody
    "missing": Status("M", "F", False, "ne s'applique pas", "does not apply"),
    # L: missing value, data exist but were not collected: a partner has not told yet
    "not_yet_reported": Status("L", "F", False, "pas encore reçu", "not yet reported"),
}
