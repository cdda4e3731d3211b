"""The API described (OpenAPI 3.1), for people, for generators of clients, and for what tests it."""

from typing import Any

from bilan_superset.extracts import problems

PREFIX = "/extracts/api/v1"
VERSION = "1.0"
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
NULLABLE_TEXT = {"type": ["string", "null"]}
# Problems that any call may meet.
ANYWHERE = (
    problems.NO_LOGIN, problems.FORBIDDEN, problems.NOT_FOUND, problems.TOO_MANY, problems.UNAVAILABLE,
)  # fmt: skip


def document() -> dict[str, Any]:
    """The whole description, as JSON-ready data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Extraits de Bilan / Bilan extracts",
            "version": VERSION,
            "description": (
                "Diffusions signées, en lecture seule. Un élément retiré répond 410 avec son avis public. / "
                "Signed releases, read only. What was withdrawn answers 410 with its public notice."
            ),
        },
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {"release": _path_parameter("release", {"type": "integer", "minimum": 1}, 1)},
            "schemas": _schemas(),
            "headers": {
                "ETag": {"schema": {"type": "string"}, "required": True},
                "RetryAfter": {"schema": {"type": "integer"}, "required": True},
            },
        },
    }


def _paths() -> dict[str, Any]:
    release = {"$ref": "#/components/parameters/release"}
    name = _path_parameter("name", {"type": "string", "minLength": 1}, "M02")
    path = _path_parameter("path", {"type": "string", "minLength": 1}, "data/kpi_values.csv")
    form = {
        "name": "format",
        "in": "query",
        "description": "json (d'office / by default) ou/or csv",
        "schema": {"enum": ["json", "csv"]},
    }
    return {
        "/releases": _get("listReleases", "Les diffusions / Releases", _json("Releases")),
        "/releases/{release}": _get("getRelease", "Une diffusion / A release", _json("Release"), release),
        "/releases/{release}/files/{path}": _get(
            "getFile", "Un fichier du paquet / A file of the package", {"*/*": {}}, release, path
        ),
        "/releases/{release}/archive": _get(
            "getArchive", "Tout le paquet / The whole package", {"application/zip": {}}, release
        ),
        "/releases/{release}/kpis/{name}": _get(
            "getKpi",
            "Un indicateur : son code, suivi ou non de .json ou .csv / A KPI by its code",
            {**_json("Kpi"), "text/csv": {"schema": {"type": "string"}}},
            release,
            name,
            form,
            more=(problems.BAD_FORMAT, problems.NOT_ACCEPTABLE),
        ),
        "/openapi.json": _get("getOpenapi", "Cette description / This description", _json("Document")),
    }


def _get(
    name: str, summary: str, content: dict[str, Any], *parameters: Any, more: tuple[problems.Kind, ...] = ()
) -> dict[str, Any]:
    tag = {"ETag": {"$ref": "#/components/headers/ETag"}}
    of_release = (problems.WITHDRAWN,) if parameters else ()
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "OK", "content": content, "headers": tag},
                "304": {"description": "Inchangé / Not modified", "headers": tag},
                **{str(kind.status): _problem(kind) for kind in (*ANYWHERE, *of_release, *more)},
            },
        }
    }


def _problem(kind: problems.Kind) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "description": f"{kind.title} / {kind.title_en}",
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if kind is problems.TOO_MANY:
        schema["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return schema


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _path_parameter(name: str, schema: dict[str, Any], example: str | int) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schemas() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    file = _object(path=text, bytes=number, sha256=DIGEST, media_type=text, href=text)
    release = _object(
        release={"type": "integer", "minimum": 1},
        status={"enum": ["published", "withdrawn"]},
        published_at=text,
        withdrawn_at=NULLABLE_TEXT,
        notice_fr=NULLABLE_TEXT,
        notice_en=NULLABLE_TEXT,
        until=NULLABLE_TEXT,
        known_at=NULLABLE_TEXT,
        ledger_version={"type": ["integer", "null"]},
        synthetic={"type": "boolean"},
        manifest_sha256={"type": ["string", "null"]},
        files={"type": "array", "items": {"$ref": "#/components/schemas/File"}},
        archive={"oneOf": [{"$ref": "#/components/schemas/File"}, {"type": "null"}]},
    )
    cell = {"type": ["string", "number", "null"]}
    return {
        "File": file,
        "Release": release,
        "Releases": _object(releases={"type": "array", "items": {"$ref": "#/components/schemas/Release"}}),
        "Kpi": _object(
            release={"type": "integer"},
            code=text,
            until=NULLABLE_TEXT,
            known_at=NULLABLE_TEXT,
            synthetic={"type": "boolean"},
            rows={"type": "array", "items": {"type": "object", "additionalProperties": cell}},
        ),
        "Problem": _object(
            type=text,
            status={"type": "integer"},
            title=text,
            title_en=text,
            detail=text,
            detail_en=text,
        ),
        "Document": {"type": "object", "required": ["openapi"]},
    }
