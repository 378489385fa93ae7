"""What the OpenAPI description says: parameters, rows, refusals, and limits that are set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from api.deps import most_rows
from api.gate import OPEN
from api.responses import FORMATS
from graph.settings import Settings
from queries.templates import Parameter, Template

WHOLE = 10**18 - 1
"""Largest whole number that is taken: what 18 digits can write."""
NO_NUL = "^[^\\u0000]*$"
"""Pattern of a text that both engines take."""

_TYPES: dict[str, dict[str, Any]] = {
    "INTEGER": {"type": "integer"},
    "FLOAT": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "LIST<STRING>": {"type": "array", "items": {"type": "string"}},
    "LIST<INTEGER>": {"type": "array", "items": {"type": "integer"}},
}
_FORMAT = {
    "name": "format",
    "in": "query",
    "description": "csv；excel 为带 BOM 的表格用 CSV (csv for programs, excel for spreadsheets)",
    "schema": {"type": "string", "enum": list(FORMATS), "default": "json"},
}
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic", "description": "令牌作密码 (token as password)"},
}
PROBLEM: dict[str, Any] = {
    "description": "RFC 9457",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "code"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "candidates": {"type": "array", "items": {"type": "string"}},
                },
            }
        }
    },
}
REFUSALS: dict[int | str, dict[str, Any]] = dict.fromkeys(
    (400, 401, 404, 409, 414, 422, 429, 503), PROBLEM
)
"""What any operation may answer instead."""
BODY_REFUSALS: dict[int | str, dict[str, Any]] = dict.fromkeys((408, 413, 415), PROBLEM)
REDIRECT: dict[int | str, dict[str, Any]] = {
    308: {
        "description": "名称 → 标识 (the name leads to the id)",
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "与 If-None-Match 相同 (the client has it already)"}
}


def parameters(template: Template, *, formats: bool = True) -> list[dict[str, Any]]:
    """Query parameters of a template, as OpenAPI has them."""
    described = [_parameter(p) for p in template.parameters]
    return [*described, _FORMAT] if formats else described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    elif schema["type"] == "string":
        shortest = {"minLength": 1} if parameter.required else {}
        schema |= {**shortest, "maxLength": 1000, "pattern": NO_NUL}
    if schema["type"] == "integer":
        schema["minimum"] = -WHOLE if parameter.minimum is None else parameter.minimum
        schema["maximum"] = WHOLE if parameter.maximum is None else parameter.maximum
    if parameter.default is not None:
        schema["default"] = parameter.default
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.about.zh} ({parameter.about.en})",
        "schema": schema,
    }
    if parameter.example is not None:
        described["example"] = parameter.example
    return described


def with_settings(document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The description as it holds under these settings: rows at a time, and the token."""
    for operations in document["paths"].values():
        for described in operations.get("get", {}).get("parameters", ()):
            if described["name"] == "limit":
                names = {p["name"] for p in operations["get"]["parameters"]}
                most = most_rows(settings, is_page="after" in names)
                for bound in ("maximum", "default"):
                    described["schema"][bound] = min(described["schema"][bound], most)
    if settings.api_token.get_secret_value():
        document["components"]["securitySchemes"] = _SCHEMES
        document["security"] = [{name: []} for name in _SCHEMES]
        for path in OPEN & document["paths"].keys():
            document["paths"][path]["get"]["security"] = []
    return document


def link(operation: str, **parameters: str) -> dict[str, Any]:
    """An operation that goes on from an answer.

    Args:
        operation: Its id.
        parameters: Where in the answer its parameters stand, as runtime expressions.
    """
    return {"operationId": operation, "parameters": parameters}


def content(
    schema: dict[str, Any] | type[BaseModel],
    *,
    csv: bool = True,
    body: bool = False,
    links: Mapping[str, dict[str, Any]] | None = None,
) -> dict[int | str, dict[str, Any]]:
    """Responses of an operation that answers with that schema, and its refusals.

    Args:
        schema: Of the JSON form, or its model.
        csv: Whether it answers as CSV too.
        body: Whether it takes a body; it then has no validator to compare.
        links: Operations that go on from the answer, by name.
    """
    is_model = isinstance(schema, type)
    kinds: dict[str, Any] = {} if is_model else {"application/json": {"schema": schema}}
    model = {"model": schema} if is_model else {}
    if csv:
        kinds["text/csv"] = {"schema": {"type": "string"}}
    others = BODY_REFUSALS if body else NOT_MODIFIED
    more = {"links": dict(links)} if links else {}
    return {200: {"description": "OK", "content": kinds, **model, **more}, **others, **REFUSALS}
