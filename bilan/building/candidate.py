"""A candidate of the standing warehouse: examined, with how its rows came in and why its figures moved."""

from collections.abc import Sequence

from bilan.account import current_account
from bilan.building.causes import explainer
from bilan.home import Home
from bilan.ingest.gathering import gather
from bilan.ingest.verification import verify_home
from bilan.intake import load_reference
from bilan.ledger.findings import Verdict
from bilan.release import Made, make_candidate
from bilan.release.candidate.checks import Check
from bilan.release.candidate.exact import Exact
from expectations.examiner import Examiner
from expectations.kpis import examine_figures

FIGURES_HOLD = "figures_hold_together"


def freeze(
    home: Home, why: str, examiner: Examiner, *, verified: Verdict | None = None, figures: Check | None = None
) -> Made:
    """Freeze what the warehouse says as it stands, and have it checked. Raises NothingToPublishError.

    `verified` and `figures` are what was already found of the ledger and of the exact figures.
    """

    def examine(exact: Exact) -> Sequence[Check]:
        return [figures or check_figures(home, exact, examiner)]

    return make_candidate(
        home,
        who=current_account(),
        why=why,
        examine=examine,
        reception=gather(home, verified or verify_home(home)),
        explain=explainer(home),
    )


def check_figures(home: Home, exact: Exact, examiner: Examiner) -> Check:
    """Great Expectations over the exact figures."""
    reference = load_reference(home.root / "reference")
    verdict = examine_figures(exact.values, exact.catalogue, reference, examiner)
    return Check(FIGURES_HOLD, verdict.success, verdict.as_metadata())
