"""A refusal in Superset's own terms: shown to the user in its words, 403, without any path."""

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
