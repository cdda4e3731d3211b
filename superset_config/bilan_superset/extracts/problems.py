"""What can go wrong in the API, in the form of RFC 9457: words in French and English, never a path.

`title` and `detail` are French, `title_en` and `detail_en` say the same in English; `type` is a
name that a script can rely on.
"""

from dataclasses import dataclass
from typing import Any

MEDIA_TYPE = "application/problem+json"
NAMES = "urn:bilan:extraits:"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its HTTP status and its words."""

    name: str
    status: int
    title: str
    title_en: str
    detail: str
    detail_en: str


class ProblemError(Exception):
    """Raised to answer with that problem; `more` adds members to it, `headers` to the answer."""

    def __init__(self, kind: Kind, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.headers = headers or {}
        self.more = more

    @property
    def body(self) -> dict[str, Any]:
        """The members of the JSON object."""
        kind = self.kind
        return {
            "type": NAMES + kind.name,
            "status": kind.status,
            "title": kind.title,
            "title_en": kind.title_en,
            "detail": kind.detail,
            "detail_en": kind.detail_en,
            **self.more,
        }


UNKNOWN_TOKEN = Kind(
    "unknown-token",
    401,
    "Jeton inconnu",
    "Unknown token",
    "L'en-tête Authorization ne porte aucun jeton connu. Copiez le jeton en entier, ou faites-en un autre.",
    "The Authorization header bears no known token. Copy the whole token, or make another one.",
)
NO_LOGIN = Kind(
    "no-login",
    401,
    "Connexion ou jeton requis",
    "Login or token required",
    "Envoyez « Authorization: Bearer JETON », ou connectez-vous à Bilan.",
    "Send “Authorization: Bearer TOKEN”, or log in to Bilan.",
)
EXPIRED_TOKEN = Kind(
    "expired-token",
    401,
    "Jeton échu",
    "Expired token",
    "Ce jeton est échu. Faites-en un autre à la page des jetons.",
    "This token has expired. Make another one on the page of tokens.",
)
REVOKED_TOKEN = Kind(
    "revoked-token",
    401,
    "Jeton révoqué",
    "Revoked token",
    "Ce jeton a été révoqué. Faites-en un autre à la page des jetons.",
    "This token was revoked. Make another one on the page of tokens.",
)
NO_ACCOUNT = Kind(
    "no-account",
    401,
    "Compte fermé",
    "Account closed",
    "Le compte de ce jeton n'est plus actif. Écrivez à l'intendance des données.",
    "The account of this token is no longer active. Write to the data steward.",
)
FORBIDDEN = Kind(
    "forbidden",
    403,
    "Accès réservé",
    "Reserved",
    "Les extraits sont réservés au ministère et à l'intendance des données.",
    "Extracts are for the ministry and the data steward.",
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "Introuvable",
    "Not found",
    "Aucune diffusion en cours n'a cet élément. La liste des diffusions est à « releases ».",
    "No release that is out has this. The list of releases is at “releases”.",
)
ONLY_READING = Kind(
    "only-reading",
    405,
    "Lecture seule",
    "Read only",
    "Cette interface ne se lit que par GET ou HEAD.",
    "This interface is read by GET or HEAD only.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    "Format indisponible",
    "Format not available",
    "Un indicateur se lit en application/json ou en text/csv.",
    "A KPI is read as application/json or text/csv.",
)
BAD_FORMAT = Kind(
    "bad-format",
    400,
    "Format inconnu",
    "Unknown format",
    "Le paramètre format vaut json ou csv.",
    "The parameter format is json or csv.",
)
WITHDRAWN = Kind(
    "withdrawn",
    410,
    "Diffusion retirée",
    "Withdrawn release",
    "Cette diffusion a été retirée ; ses chiffres ne doivent plus servir. L'avis public dit pourquoi.",
    "This release was withdrawn; its figures must no longer be used. The public notice says why.",
)
TOO_MANY = Kind(
    "too-many",
    429,
    "Trop d'appels",
    "Too many calls",
    "Attendez le nombre de secondes de l'en-tête Retry-After.",
    "Wait for the number of seconds in the Retry-After header.",
)
UNREADABLE = Kind(
    "unreadable",
    503,
    "Diffusion illisible",
    "Unreadable release",
    "Un fichier de la diffusion manque ou n'est pas celui qui fut signé : rien n'est donné. "
    "Écrivez à l'intendance des données.",
    "A file of the release is missing or is not the one that was signed: nothing is given. "
    "Write to the data steward.",
)
UNAVAILABLE = Kind(
    "unavailable",
    503,
    "Service indisponible",
    "Service unavailable",
    "Bilan n'a pu répondre, ou consigner l'appel. Réessayez ; si cela dure, écrivez à l'intendance.",
    "Bilan could not answer, or not record the call. Try again; if it lasts, write to the steward.",
)
KINDS = (
    UNKNOWN_TOKEN, NO_LOGIN, EXPIRED_TOKEN, REVOKED_TOKEN, NO_ACCOUNT, FORBIDDEN, NOT_FOUND, ONLY_READING,
    NOT_ACCEPTABLE, BAD_FORMAT, WITHDRAWN, TOO_MANY, UNREADABLE, UNAVAILABLE,
)  # fmt: skip
