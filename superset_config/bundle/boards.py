"""The two boards: what each says, in which order. Answers first, then the story, the detail, the words."""

from bundle.charts import cards, definitions, detail, monthly, own_organisation, parts, state
from bundle.model import Board, Cell, Chart
from bundle.model import text as words

MOBILIS, PJ = "MOBILIS", "Pj"
REFERRALS = ["P09", "P09.accepted_share", "P09.days_to_decision", "P09.started"]


def _wide(content: Chart | str, height: int) -> tuple[Cell, ...]:
    return (Cell(content, 12, height),)


def _title(file: str) -> tuple[Cell, ...]:
    return _wide(words(file), 8)


def _side_by_side(*charts: Chart, height: int = 40) -> tuple[Cell, ...]:
    return tuple(Cell(chart, 12 // len(charts), height) for chart in charts)


def _mobilis() -> Board:
    key = ["M02", "M03", "M04", "M05", "M06"]
    path = ["M07", "M08", "M08.outcome", "M10"]
    rows = (
        _wide(state("mobilis", "Bilan MOBILIS", MOBILIS), 16),
        _wide(cards("mobilis_cles", "Chiffres clés", MOBILIS, key), 30),
        _title("mobilis_mois.md"),
        _side_by_side(
            monthly("mobilis_m02_mois", "Arrestations par mois, et leur cumul", MOBILIS, "M02"),
            monthly("mobilis_m03_mois", "Personnes accusées, par mois", MOBILIS, "M03", adds_up=False),
        ),
        _side_by_side(
            monthly(
                "mobilis_m05_mois", "Rencontres de jeunes par mois, et leur cumul", MOBILIS, "M05.meetings"
            ),
            monthly("mobilis_m06_mois", "Échanges formels par mois, et leur cumul", MOBILIS, "M06"),
        ),
        _title("mobilis_cour.md"),
        _wide(cards("mobilis_parcours", "Des arrestations aux accusations et aux issues", MOBILIS, path), 28),
        _side_by_side(
            parts("mobilis_m02_motif", "Arrestations, selon le motif", MOBILIS, "M02", "motif"),
            parts(
                "mobilis_m03_infraction",
                "Personnes accusées, selon l'infraction",
                MOBILIS,
                "M03",
                "infraction",
            ),
            parts("mobilis_m04_issue", "Causes conclues, selon l'issue", MOBILIS, "M04.concluded", "issue"),
            height=38,
        ),
        _title("mobilis_jeunes.md"),
        _side_by_side(
            parts(
                "mobilis_m06_direction", "Échanges formels, selon la direction", MOBILIS, "M06", "direction"
            ),
            parts("mobilis_m06_nature", "Échanges formels, selon la nature", MOBILIS, "M06", "nature"),
            height=38,
        ),
        _side_by_side(
            parts("mobilis_m05_ressource", "Jeunes référés, selon la ressource", MOBILIS, "M05", "ressource"),
            parts("mobilis_m05_sexe", "Jeunes référés, selon le sexe", MOBILIS, "M05", "sexe"),
            parts(
                "mobilis_m02_territoire", "Arrestations, selon le territoire", MOBILIS, "M02", "territoire"
            ),
            height=38,
        ),
        _wide(own_organisation("mobilis_organisation", MOBILIS, REFERRALS), 40),
        _wide(detail("mobilis", MOBILIS), 62),
        _wide(definitions("mobilis", [*key, *path, *_COMPANIONS_MOBILIS, *REFERRALS]), 60),
    )
    return Board("bilan-mobilis", "Bilan MOBILIS", MOBILIS, ("Phase", "Phase 1"), rows)


def _pj() -> Board:
    key = ["P01", "P02", "P03.relative", "P09", "P09.accepted_share", "P09.days_to_decision"]
    rows = (
        _wide(state("pj", "Bilan Prévention Jeunesse", PJ), 16),
        _wide(cards("pj_cles", "Chiffres clés", PJ, key), 30),
        _title("pj_formation.md"),
        _side_by_side(
            monthly("pj_p01_mois", "Séances de formation, par mois", PJ, "P01", adds_up=False),
            monthly("pj_p02_mois", "Présences aux formations par mois, et leur cumul", PJ, "P02.attendances"),
        ),
        _side_by_side(
            parts("pj_p02_milieu", "Personnes rejointes, selon le milieu", PJ, "P02", "milieu"),
            parts("pj_p09_refus", "Références refusées, selon la raison", PJ, "P09.refused", "raison_refus"),
        ),
        _title("pj_references.md"),
        _side_by_side(
            monthly("pj_p09_mois", "Références par mois, et leur cumul", PJ, "P09"),
            parts("pj_p09_territoire", "Références, selon le territoire", PJ, "P09", "territoire"),
        ),
        _wide(own_organisation("pj_organisation", PJ, ["P02", *REFERRALS]), 56),
        _wide(detail("pj", PJ), 62),
        _wide(definitions("pj", [*key, "P02.attendances", "P03", "P09.started", "P09.refused"]), 60),
    )
    return Board("bilan-pj", "Bilan Prévention Jeunesse", PJ, ("Depuis le début", "Depuis le début"), rows)


_COMPANIONS_MOBILIS = ["M04.presented", "M04.concluded", "M05.meetings", "M06.informal"]
BOARDS = (_mobilis(), _pj())
