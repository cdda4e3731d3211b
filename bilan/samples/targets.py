"""The published figures that the sample logs must arrive at, with their sources.

The only place in the project where they are written as numbers: no model, check or board reads
them. [MOB] is the fiche de l'initiative MOBILIS (Longueuil, 2013); [PJ] the résumé d'audition of
Prévention Jeunesse Longueuil (Commission spéciale sur l'exploitation sexuelle des mineurs, 2020).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One published figure: the KPI's code, the programme and period it speaks of, and its source."""

    code: str
    programme: str
    period_kind: str
    period: str
    value: float
    source: str


PHASE_1 = ("MOBILIS", "phase", "Phase 1")
YEARS_1_TO_3 = ("Pj", "total", "Années 1 à 3")

ARRESTS = Target("M02", *PHASE_1, 90, "[MOB]")
PERSONS_CHARGED = Target("M03", *PHASE_1, 81, "[MOB]")
CONVICTION_RATE = Target("M04", *PHASE_1, 1.0, "[MOB]")
YOUTHS_REFERRED = Target("M05", *PHASE_1, 238, "[MOB], « about »")
FORMAL_EXCHANGES = Target("M06", *PHASE_1, 81, "[MOB]")
SESSIONS = Target("P01", *YEARS_1_TO_3, 5, "[PJ]")
PERSONS_TRAINED = Target("P02", *YEARS_1_TO_3, 337, "[PJ]")
RELATIVE_GAIN = Target("P03.relative", *YEARS_1_TO_3, 0.15, "[PJ], « 15 % », read as relative")

TARGETS = (
    ARRESTS,
    PERSONS_CHARGED,
    CONVICTION_RATE,
    YOUTHS_REFERRED,
    FORMAL_EXCHANGES,
    SESSIONS,
    PERSONS_TRAINED,
    RELATIVE_GAIN,
)

# [PJ] gives the relative gain alone. A mean of 60 before makes it 9 points, exactly.
MEAN_BEFORE = 60
GAIN_POINTS = 9
