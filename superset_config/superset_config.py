"""Superset's settings for Bilan. Everything that decides something is in `bilan_superset`.

Read from `BILAN_HOME`; PostgreSQL by `BILAN_SUPERSET_DB` and Redis by `BILAN_SUPERSET_REDIS`,
otherwise SQLite and files under the home.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from bilan_superset import brand, french
from bilan_superset.connections import open_published_file, refusal
from bilan_superset.extracts.api import API
from bilan_superset.extracts.pages import PAGES
from bilan_superset.headers import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY
from bilan_superset.hooks import STATIC, prepare
from bilan_superset.journal import EventLogger
from bilan_superset.landing import roles_of
from bilan_superset.logins.sessions import LIFE
from bilan_superset.menu import bootstrap
from bilan_superset.queries import QueryRefusedError, only_plain_queries
from bilan_superset.secrets import secret
from bilan_superset.security import BilanSecurityManager

HOME = Path(os.environ.get("BILAN_HOME", ".bilan")).resolve()
STATE = HOME / "superset"
PUBLISHED = HOME / "published"

# --- secrets and metadata
SECRET_KEY = secret("superset_secret_key", STATE)
GUEST_TOKEN_JWT_SECRET = secret("superset_guest_secret", STATE)
GLOBAL_ASYNC_QUERIES_JWT_SECRET = secret("superset_async_secret", STATE)
SQLALCHEMY_DATABASE_URI = os.environ.get(
    "BILAN_SUPERSET_DB", f"sqlite:///{STATE}/metadata.db?check_same_thread=false"
)
PREVENT_UNSAFE_DB_CONNECTIONS = True

# --- brand and language
APP_NAME = brand.NAME
APP_ICON = brand.LOGO
FAVICONS = [{"href": brand.ICON, "type": "image/svg+xml"}]
LOGO_TARGET_PATH = "/"
LOGO_TOOLTIP = ""
THEME_DEFAULT = brand.THEME
THEME_DARK = None
ENABLE_UI_THEME_ADMINISTRATION = False
EXTRA_CATEGORICAL_COLOR_SCHEMES = [brand.COLOUR_SCHEME]
BABEL_DEFAULT_LOCALE = "fr"
LANGUAGES = {"fr": {"flag": "fr", "name": "Français"}, "en": {"flag": "us", "name": "English"}}
D3_FORMAT = french.D3_FORMAT
D3_TIME_FORMAT = french.D3_TIME_FORMAT
CURRENCIES = ["CAD"]

# --- pages
FAB_INDEX_VIEW = "bilan_superset.pages.LandingView"
FAB_API_SWAGGER_UI = False
FLASK_APP_MUTATOR = prepare
BLUEPRINTS = [STATIC, PAGES, API]
FEATURE_FLAGS = {
    "DASHBOARD_RBAC": True,
    "ENABLE_TEMPLATE_PROCESSING": False,  # Jinja in a chart's SQL is one door more
    "CSS_TEMPLATES": False,
    "DRILL_BY": False,
    "DRILL_TO_DETAIL": False,
}
# Our cards are written with classes; scripts, handlers and styles stay out.
HTML_SANITIZATION = True
HTML_SANITIZATION_SCHEMA_EXTENSIONS = {
    "attributes": {"*": ["className", "ariaLabel", "role"]},
    "clobberPrefix": "",
}

# --- the walls
CUSTOM_SECURITY_MANAGER = BilanSecurityManager
ALLOW_FULL_CSV_EXPORT = False
CSV_EXPORT = {"encoding": "utf-8-sig", "sep": ";", "decimal": ","}
HTTPS = os.environ.get("BILAN_HTTPS") == "1"
PERMANENT_SESSION_LIFETIME = timedelta(seconds=LIFE)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
JWT_ACCESS_TOKEN_EXPIRES = timedelta(minutes=15)
JWT_REFRESH_TOKEN_EXPIRES = timedelta(seconds=LIFE)
ENABLE_PROXY_FIX = os.environ.get("BILAN_BEHIND_PROXY") == "1"
# Who calls, and by HTTPS or not, is the proxy's to say. Where we are is not: `BILAN_ORIGINS` does.
PROXY_FIX_CONFIG = {"x_for": 1, "x_proto": 1, "x_host": 0, "x_port": 0, "x_prefix": 0}
MAX_CONTENT_LENGTH = 32 * 1024 * 1024  # `quotas` has the sizes of what readers send
EVENT_LOGGER = EventLogger()
ENABLE_CORS = False
TALISMAN_ENABLED = True
TALISMAN_CONFIG = {
    "content_security_policy": CONTENT_SECURITY_POLICY,
    "content_security_policy_nonce_in": ["script-src"],
    "permissions_policy": PERMISSIONS_POLICY,
    "frame_options": "DENY",
    "referrer_policy": "same-origin",
    "force_https": False,
    "strict_transport_security": HTTPS,
    "session_cookie_secure": SESSION_COOKIE_SECURE,
}

# --- caches: of metadata and of filters only. Answers are kept by `bilan_superset.kept`, under the
# caller's own file; no result is kept here, where keys know no file
REDIS = os.environ.get("BILAN_SUPERSET_REDIS")


def _cache(prefix: str) -> dict[str, Any]:
    place: dict[str, Any] = (
        {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": REDIS}
        if REDIS
        else {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(STATE / "cache"), "CACHE_THRESHOLD": 5000}
    )
    return {**place, "CACHE_DEFAULT_TIMEOUT": 3600, "CACHE_KEY_PREFIX": f"bilan_{prefix}_"}


CACHE_CONFIG = _cache("metadata")
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
THUMBNAIL_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
FILTER_STATE_CACHE_CONFIG = _cache("filter")
EXPLORE_FORM_DATA_CACHE_CONFIG = _cache("explore")
# Per address and worker, against floods: a page of thirty charts passes. Passwords have limits of
# their own, which all workers share (`logins.attempts`).
RATELIMIT_APPLICATION = "500 per second"
RATELIMIT_ENABLED = True
RATELIMIT_STORAGE_URI = REDIS or "memory://"


def DB_CONNECTION_MUTATOR(  # noqa: N802  # the name is Superset's
    uri: Any, params: dict[str, Any], username: str | None, security_manager: Any, source: Any
) -> tuple[Any, dict[str, Any]]:
    """Open the user's own published file, and no other."""
    return open_published_file(uri, params, username, security_manager, PUBLISHED)


def SQL_QUERY_MUTATOR(sql: str, **context: Any) -> str:  # noqa: N802  # idem
    """Let plain readings through, and refuse the rest."""
    try:
        return only_plain_queries(sql, **context)
    except QueryRefusedError as refused:
        raise refusal(str(refused)) from None


def COMMON_BOOTSTRAP_OVERRIDES_FUNC(data: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  # idem
    """Our menu and formats, by the reader's roles and the page's language."""
    from flask import g

    return bootstrap(data, roles_of(getattr(g, "user", None)))
