"""The cube of figures: what tells one from another, the kinds of period it spans, and what a figure may say.

dbt's models make it so, and their own tests hold them to it. Standard library only.
"""

DIMENSIONS = (
    "code",
    "programme",
    "territory",
    "partner",
    "period_kind",
    "period_start",
    "period_end",
    "breakdown",
    "breakdown_value",
)
KEY = tuple(name for name in DIMENSIONS if name != "period_end")  # a period's kind and start tell its end
MEASURES = (
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "n_persons",
    "link_rate",
    "covered_to",
    "status",
    "known_at",
)
PERIOD_KINDS = ("total", "phase", "programme_year", "fiscal_year", "quarter", "month")  # the longest first

VALUE, TRUE_ZERO = "value", "true_zero"
MISSING = "missing"  # there can be none, such as a rate over nobody
NOT_YET_REPORTED = "not_yet_reported"
SUPPRESSED = "suppressed"  # by disclosure control, never by a model
SHOWN = (VALUE, TRUE_ZERO)  # with a figure
COMPUTED = (*SHOWN, MISSING, NOT_YET_REPORTED)  # what a model may say
