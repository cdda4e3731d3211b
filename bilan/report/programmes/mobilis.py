"""The bilan of MOBILIS."""

from bilan.report.programmes.parts import (
    ByTerritory,
    Compare,
    OverTime,
    Parts,
    Programme,
    Question,
    Running,
)
from bilan.report.vocabulary import Words

_COURT = Question(
    Words("Qui a été arrêté, accusé, jugé ?", "Who was arrested, charged, judged?"),
    Words(
        "Les arrestations sont des événements ; les personnes accusées, des personnes. Une personne arrêtée "
        "deux fois compte deux arrestations ; accusée deux fois, elle est une personne accusée.",
        "Arrests are events; persons charged are persons. A person arrested twice counts for two arrests; "
        "charged twice, for one person charged.",
    ),
    (
        (OverTime("M02"),),
        (OverTime("M03"),),
        (Parts("M03", "infraction"), Parts("M04.concluded", "issue")),
        (Parts("M02", "motif"),),
    ),
    ("M02", "M03", "M07", "M04.concluded", "M04", "M04.presented", "M15", "M15.joint_share"),
)
_DELAYS = Question(
    Words("De l'arrestation à l'issue : combien de temps ?", "From arrest to outcome: how long?"),
    Words(
        "Les délais sont des médianes, en jours : la moitié des cas prend moins, l'autre moitié davantage. "
        "N'y entrent que les cas dont les deux jours sont connus ; une cause encore ouverte n'a pas de "
        "délai.",
        "Delays are medians, in days: half of the cases take less, the other half more. Only cases with both "
        "days known count; a case that is still open has no delay.",
    ),
    (
        (
            Compare(
                Words("Délais médians, en jours", "Median delays, in days"), ("M08", "M08.outcome", "M09")
            ),
        ),
        (OverTime("M08"),),
        (OverTime("M09"),),
    ),
    ("M08", "M08.outcome", "M09"),
)
_EXCHANGES = Question(
    Words("Que s'échangent les partenaires ?", "What do the partners exchange?"),
    Words(
        "Un échange peut porter sur plusieurs sortes d'information : les natures ne s'additionnent pas. Un "
        "échange sans donnée nominative ne dit rien de qui est le jeune.",
        "An exchange may bear on several kinds of information: kinds do not add up. An exchange without "
        "nominative data says nothing of who the youth is.",
    ),
    (
        (OverTime("M06"), Running("M06")),
        (Parts("M06", "direction"), Parts("M06", "nature")),
        (Parts("M10", "nature"),),
    ),
    ("M06", "M06.informal", "M10"),
)
_REFERRALS = Question(
    Words("Où les jeunes ont-ils été référés ?", "Where were youths referred?"),
    Words(
        "Un jeune rencontré trois fois est un jeune et trois rencontres. Une référence est une demande de "
        "service faite par une organisation à une autre pour un jeune.",
        "A youth met three times is one youth and three meetings. A referral is a request for service made "
        "by an organisation to another for a youth.",
    ),
    (
        (OverTime("M05.meetings"), Running("M05.meetings")),
        (Parts("M05", "ressource"), Parts("P09.refused", "raison_refus")),
        (Parts("M05", "sexe"),),
    ),
    (
        "M05.meetings",
        "M05.met",
        "M05",
        "P09",
        "P09.accepted_share",
        "P09.days_to_decision",
        "P09.refused",
        "P09.started",
    ),
)
_SCHOOLS = Question(
    Words("La prévention à l'école : qui a été rejoint ?", "Prevention at school: who was reached?"),
    Words(
        "« Sans P ni E » visite des classes du secondaire et réside dans des écoles. Les écoles, les "
        "classes et les présentations ne désignent personne et se montrent même en petit nombre.",
        "“Sans P ni E” visits secondary classes and stays in schools. Schools, classes and presentations "
        "point at nobody and are shown even when few.",
    ),
    (
        (OverTime("M11.youths"), OverTime("M11.classes")),
        (Parts("M11.youths", "activite"), Parts("M11.classes", "niveau")),
    ),
    ("M11", "M11.classes", "M11.youths", "M12"),
)
_MEANS = Question(
    Words("Avec quels moyens ?", "By what means?"),
    Words(
        "Les personnes affectées au programme, l'argent accordé et ce qui en a été dit au public.",
        "The persons assigned to the programme, the money granted and what was told to the public.",
    ),
    (
        (Parts("M13", "bailleur"), Parts("M13", "volet")),
        (Parts("M01", "categorie"), Parts("M14", "activite")),
    ),
    ("M01", "M13", "M13.grants", "P14", "P14.funded_share", "M14", "M14.reached"),
)
_TERRITORIES = Question(
    Words("Sur quels territoires ?", "In which territories?"),
    Words(
        "Une personne connue sur deux territoires compte une fois dans chacun, et une seule fois au total.",
        "A person known in two territories counts once in each, and only once in all.",
    ),
    ((ByTerritory("M05.meetings"), ByTerritory("M06")),),
    (),
)

MOBILIS = Programme(
    code="MOBILIS",
    period_kind="phase",
    key=("M02", "M03", "M04", "M05", "M06", "M01"),
    questions=(_COURT, _DELAYS, _EXCHANGES, _REFERRALS, _SCHOOLS, _MEANS, _TERRITORIES),
    by_territory=("M02", "M03", "M05.met", "M05", "M06", "P09", "M11", "M11.youths", "M15"),
)
