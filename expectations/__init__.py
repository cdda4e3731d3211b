"""What is expected of landed files and of figures about to be published, checked by Great Expectations.

Rules are data, derived from the contracts and from the KPI catalogue; only `engine` knows the
library, which takes ten seconds to import and is therefore kept in a process of its own.
"""

from expectations.verdicts import Finding, Rule, Verdict

__all__ = ["Finding", "Rule", "Verdict"]
