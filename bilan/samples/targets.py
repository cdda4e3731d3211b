"""The published figures that the sample logs must arrive at, with their sources.

The only place in the project where they are written as numbers: no model, check or board reads
them. [MOB] is the fiche de l'initiative MOBILIS (Longueuil, 2013); [PJ] the résumé d'audition of
Prévention Jeunesse Longueuil (Commission spéciale sur l'exploitation sexuelle des mineurs, 2020).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One published figure: the KPI's code, the programme and period it speaks of, and its source.

    `partner`, `breakdown` and `breakdown_value` are None for a headline over all partners.
    """

    code: str
    programme: str
    period_kind: str
    period: str
    value: float
    source: str
    partner: str | None = None
    breakdown: str | None = None
    breakdown_value: str | None = None

    @property
    def figure(self) -> tuple[str, str]:
        """Its place among the samples' own figures: the programme, and the code with what narrows it."""
        of = f"@{self.partner}" if self.partner else ""
        by = f"/{self.breakdown}={self.breakdown_value}" if self.breakdown else ""
        return self.programme, f"{self.code}{of}{by}"


PHASE_1 = ("MOBILIS", "phase", "Phase 1")
YEARS_1_TO_3 = ("Pj", "total", "Années 1 à 3")

OFFICERS = Target("M01", *PHASE_1, 7, "[MOB]", None, "categorie", "policier")
LIEUTENANTS = Target("M01", *PHASE_1, 1, "[MOB]", None, "role", "lieutenant-détective")
SERGEANTS = Target("M01", *PHASE_1, 5, "[MOB]", None, "role", "sergent-détective")
INTELLIGENCE = Target("M01", *PHASE_1, 1, "[MOB]", None, "role", "agent de renseignement")
ANALYSTS = Target("M01", *PHASE_1, 1, "[MOB]", None, "categorie", "analyste")
RELEASED_BY_CJM = Target("M01", *PHASE_1, 2, "[MOB]", "CJM")
HIRED_BY_KEKPART = Target("M01", *PHASE_1, 2, "[MOB]", "KEKPART")
ARRESTS = Target("M02", *PHASE_1, 90, "[MOB]")
PERSONS_CHARGED = Target("M03", *PHASE_1, 81, "[MOB]")
CONVICTION_RATE = Target("M04", *PHASE_1, 1.0, "[MOB]")
YOUTHS_REFERRED = Target("M05", *PHASE_1, 238, "[MOB], « about »")
FORMAL_EXCHANGES = Target("M06", *PHASE_1, 81, "[MOB]")
SESSIONS = Target("P01", *YEARS_1_TO_3, 5, "[PJ]")
PERSONS_TRAINED = Target("P02", *YEARS_1_TO_3, 337, "[PJ]")
RELATIVE_GAIN = Target("P03.relative", *YEARS_1_TO_3, 0.15, "[PJ], « 15 % », read as relative")
SUBCOMMITTEE_MEMBERS = Target("P05.members", *YEARS_1_TO_3, 20, "[PJ], « about »")
PARTNERS_AT_THE_TABLE = Target("P14.partners", *YEARS_1_TO_3, 8, "[PJ]")

TARGETS = (
    OFFICERS,
    LIEUTENANTS,
    SERGEANTS,
    INTELLIGENCE,
    ANALYSTS,
    RELEASED_BY_CJM,
    HIRED_BY_KEKPART,
    ARRESTS,
    PERSONS_CHARGED,
    CONVICTION_RATE,
    YOUTHS_REFERRED,
    FORMAL_EXCHANGES,
    SESSIONS,
    PERSONS_TRAINED,
    RELATIVE_GAIN,
    SUBCOMMITTEE_MEMBERS,
    PARTNERS_AT_THE_TABLE,
)

# [PJ] gives the relative gain alone. A mean of 60 before makes it 9 points, exactly.
MEAN_BEFORE = 60
GAIN_POINTS = 9
