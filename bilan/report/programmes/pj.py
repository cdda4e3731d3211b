"""The bilan of Prévention Jeunesse."""

from bilan.report.programmes.parts import (
    BeforeAfter,
    ByTerritory,
    ByYear,
    Compare,
    Curve,
    Matrix,
    OverTime,
    Parts,
    Programme,
    Question,
)
from bilan.report.vocabulary import Words

_TRAINING = Question(
    Words("Formation : qui a été rejoint, avec quel gain ?", "Training: who was reached, with which gain?"),
    Words(
        "Une personne qui vient à deux séances est une personne rejointe et deux présences. Le gain est "
        "celui que disent les participants, avant et après ; il est donné en points sur 100 et relativement "
        "au résultat d'avant : ce ne sont pas les mêmes pour cent.",
        "A person who comes to two sessions is one person reached and two attendances. The gain is what "
        "participants report, before and after; it is given in points out of 100 and relative to the score "
        "before: these are not the same per cent.",
    ),
    (
        (OverTime("P02.attendances"), Parts("P02", "milieu")),
        (
            ByYear("P03"),
            BeforeAfter(
                Words("Connaissances avant et après, sur 100", "Knowledge before and after, out of 100"),
                "P03.before",
                "P03.after",
            ),
        ),
    ),
    ("P01", "P02", "P02.attendances", "P03", "P03.relative", "P03.before", "P03.after", "P04"),
)
_SUBCOMMITTEE = Question(
    Words("Comment les partenaires se concertent-ils ?", "How do the partners work together?"),
    Words(
        "Le sous-comité opérationnel réunit tous les milieux : on y partage des préoccupations, on y décide "
        "d'actions concertées, puis on les réalise.",
        "The operational subcommittee brings all settings together: concerns are shared, concerted actions "
        "are decided, then carried out.",
    ),
    (
        (OverTime("P05.attendance"),),
        (Parts("P05.concerns", "axe"), Parts("P06", "axe")),
        (Parts("P05.members", "milieu"),),
    ),
    (
        "P05",
        "P05.members",
        "P05.milieux",
        "P05.attendance",
        "P05.concerns",
        "P06",
        "P06.completed",
        "P06.completed_share",
        "P06.days",
    ),
)
_DETECTION = Question(
    Words("Quels jeunes sont dépistés ?", "Which youths are detected?"),
    Words(
        "Trois axes de prévention (primaire, secondaire, tertiaire) par trois cibles (victimes, proxénètes, "
        "clients) : c'est ainsi que se lisent l'offre de service et ses trous. Un jeune peut passer d'un "
        "axe à l'autre ; les cases ne s'additionnent donc pas.",
        "Three axes of prevention (primary, secondary, tertiary) by three targets (victims, pimps, "
        "clients): that is how the service offer and its holes are read. A youth may move from one axis to "
        "another; cells therefore do not add up.",
    ),
    (
        (OverTime("P07"), Parts("P07", "source")),
        (Matrix("P15.detected", "axe_cible"), Matrix("P15.served", "axe_cible")),
    ),
    ("P07", "P07.detections", "P15.detected", "P15.served", "P15", "P15.holes"),
)
_TERTIARY = Question(
    Words(
        "Du secondaire au tertiaire : combien, et quand ?", "From secondary to tertiary: how many, and when?"
    ),
    Words(
        "Parmi les jeunes d'abord dépistés à l'axe secondaire, la part qui atteint l'axe tertiaire, selon "
        "le temps écoulé. La bande est un intervalle à 95 % ; plus elle est large, moins on en sait.",
        "Of the youths first detected at the secondary axis, the share that reaches the tertiary one, by "
        "time elapsed. The band is a 95 % interval; the wider it is, the less is known.",
    ),
    (
        (
            Curve(
                Words("Part des jeunes passés au tertiaire", "Share of youths who reached the tertiary axis"),
                (
                    (3, "P08.at_3_months"),
                    (6, "P08.at_6_months"),
                    (9, "P08.at_9_months"),
                    (12, "P08.at_12_months"),
                    (18, "P08.at_18_months"),
                    (24, "P08.at_24_months"),
                ),
            ),
        ),
        (ByYear("P08.at_12_months"),),
    ),
    (
        "P08",
        "P08.at_6_months",
        "P08.at_12_months",
        "P08.at_24_months",
        "P08.median_days",
        "P08.services",
        "P08.with_service",
    ),
)
_SERVICES = Question(
    Words("Les demandes trouvent-elles un service ?", "Do requests find a service?"),
    Words(
        "Une référence est faite par une organisation à une autre ; une demande de service suit le jeune "
        "dans sa trajectoire. Le va-et-vient compte les retours et les transferts d'un service à l'autre.",
        "A referral is made by an organisation to another; a request for service follows the youth along a "
        "path. Moves back and forth count returns and transfers from one service to another.",
    ),
    (
        (Parts("P09.requested", "service"), Parts("P09.served", "service")),
        (Parts("P09.refused", "raison_refus"), Parts("P09.declined", "raison_refus")),
    ),
    (
        "P09",
        "P09.accepted_share",
        "P09.days_to_decision",
        "P09.started",
        "P09.requested",
        "P09.served",
        "P09.declined",
        "P09.days_to_first_start",
        "P10",
        "P10.transfers",
        "P10.returns",
        "P10.overlaps",
    ),
)
_NETWORKS = Question(
    Words("Que voit-on sur les réseaux sociaux ?", "What is seen on social networks?"),
    Words(
        "De la demande d'analyse à la publication suivie. Deux demandes sur le même sujet, dans un court "
        "délai, sont une demande en double ; un profil personnel laisse des traces, un outil dédié non.",
        "From the request for an analysis to the publication followed up. Two requests on the same subject "
        "within a short time are a duplicate; a personal profile leaves traces, a dedicated tool does not.",
    ),
    (
        (
            Compare(
                Words("De la demande au suivi", "From the request to the follow-up"),
                ("P11", "P11.duplicates", "P11.flagged", "P11.transmitted", "P11.followed"),
            ),
            Parts("P11", "moyen"),
        ),
    ),
    ("P11", "P11.duplicates", "P11.flagged", "P11.transmitted", "P11.followed"),
)
_HOUSING = Question(
    Words("Où les jeunes sont-ils hébergés ?", "Where are youths housed?"),
    Words(
        "De la place demandée à la place occupée, et ce qui est refusé faute de place. Une place à distance "
        "éloigne le jeune de son territoire.",
        "From the place requested to the place occupied, and what is refused for want of a place. A remote "
        "place takes the youth away from home.",
    ),
    (
        (
            Compare(
                Words("De la demande à la place occupée", "From the request to the place occupied"),
                ("P12", "P12.offered", "P12.refused", "P12.no_place"),
            ),
            Parts("P12.place_days", "lieu"),
        ),
        (Parts("P12.refused", "raison_refus"),),
    ),
    (
        "P12",
        "P12.offered",
        "P12.housed",
        "P12.refused",
        "P12.no_place",
        "P12.in_territory",
        "P12.emergency",
        "P12.place_days",
    ),
)
_CONTINUITY = Question(
    Words("La concertation dure-t-elle ?", "Does the partnership last?"),
    Words(
        "Les mois financés, les mois coordonnés, l'argent accordé et le temps passé en poste par les "
        "personnes que les partenaires délèguent.",
        "Months with funding, months with a coordinator, the money granted and the time that partners' "
        "delegates stay in post.",
    ),
    (
        (OverTime("P14"), OverTime("P14.coordination")),
        (Parts("M13", "bailleur"), Parts("M13", "volet")),
    ),
    (
        "P14",
        "P14.coordination",
        "P14.partners",
        "P14.meetings",
        "P13.delegates",
        "P13.delegate_days",
        "P13.replaced",
        "M13",
        "M13.grants",
        "M14",
    ),
)
_TERRITORIES = Question(
    Words("Sur quels territoires ?", "In which territories?"),
    Words(
        "Une personne connue sur deux territoires compte une fois dans chacun, et une seule fois au total.",
        "A person known in two territories counts once in each, and only once in all.",
    ),
    ((ByTerritory("P07"), ByTerritory("P12")),),
    (),
)

PJ = Programme(
    code="Pj",
    period_kind="total",
    key=("P01", "P02", "P03", "P03.relative", "P05", "P06.completed", "P04", "P14.partners"),
    questions=(
        _TRAINING,
        _SUBCOMMITTEE,
        _DETECTION,
        _TERTIARY,
        _SERVICES,
        _NETWORKS,
        _HOUSING,
        _CONTINUITY,
        _TERRITORIES,
    ),
    by_territory=("P07", "P07.detections", "P09", "P09.requested", "P12", "P12.offered"),
)
