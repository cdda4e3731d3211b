"""Every connection to the published data goes through here: which file, locked how, how one is refused."""

from pathlib import Path
from typing import Any

from bilan_superset.access import NoFileError, file_of

# Read-only is not enough: a read-only DuckDB still reads and writes other files from SQL.
LOCKED = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "threads": 2,
    "memory_limit": "512MB",
    "lock_configuration": True,
}


def open_published_file(
    uri: Any, params: dict[str, Any], username: str | None, security_manager: Any, published: Path
) -> tuple[Any, dict[str, Any]]:
    """Superset's connection mutator: point `uri` at the user's own file, read-only and locked.

    Whatever path or option the stored database has is thrown away. An unknown user opens nothing:
    a refusal is raised, in words that name no path.
    """
    if not uri.drivername.startswith("duckdb"):
        raise refusal("Seules les données publiées de Bilan peuvent être ouvertes.")
    user = security_manager.find_user(username) if username else None
    roles = [role.name for role in user.roles] if user and user.is_active else []
    try:
        path = file_of(roles, published)
    except NoFileError as nothing:
        raise refusal(str(nothing)) from None
    params["connect_args"] = {"read_only": True, "config": dict(LOCKED)}
    return uri.set(database=str(path), query={}), params


FORBIDDEN = 403


def refusal(message: str) -> Exception:
    """The error to raise so that pages and API answer `message` with 403.

    It is a connection error too: the bootstrap, which lists what a database holds before anything
    may be published, takes that as « not now ».
    """
    from superset.db_engine_specs.exceptions import SupersetDBAPIConnectionError
    from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
    from superset.exceptions import SupersetErrorException

    class RefusedError(SupersetErrorException, SupersetDBAPIConnectionError):  # type: ignore[misc]  # no types
        """What this user asks for is not given."""

    kind = SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR
    error = SupersetError(message=message, error_type=kind, level=ErrorLevel.ERROR, extra={})
    refused: Exception = RefusedError(error, status=FORBIDDEN)
    return refused
