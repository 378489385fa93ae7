"""What the OpenAPI description says of a template: parameters and rows."""

from __future__ import annotations

from typing import Any

from api.responses import FORMATS
from queries.templates import Column, Parameter, Template

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
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "与 If-None-Match 相同 (the client has it already)"}
}


def parameters(template: Template, *, formats: bool = True) -> list[dict[str, Any]]:
    """Query parameters of a template, as OpenAPI has them."""
    described = [_parameter(p) for p in template.parameters]
    return [*described, _FORMAT] if formats else described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if schema["type"] == "string":
        schema["maxLength"] = 1000
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.minimum is not None:
        schema["minimum"] = parameter.minimum
    if parameter.maximum is not None:
        schema["maximum"] = parameter.maximum
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


def row_schema(columns: tuple[Column, ...]) -> dict[str, Any]:
    """JSON schema of a row."""
    return {
        "type": "object",
        "required": [c.name for c in columns],
        "properties": {c.name: _column(c) for c in columns},
    }


def _column(column: Column) -> dict[str, Any]:
    schema = _TYPES.get(column.type, {"type": "string"})
    described = f"{column.about.zh} ({column.about.en})"
    return {"description": described, "anyOf": [schema, {"type": "null"}]}


FACET_COUNTS: dict[str, Any] = {
    "type": "object",
    "required": ["values", "truncated"],
    "properties": {
        "values": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value", "count", "selected", "url"],
                "properties": {
                    "value": {"type": "string"},
                    "count": {"type": "integer"},
                    "selected": {"type": "boolean"},
                    "url": {"type": "string"},
                },
            },
        },
        "truncated": {"type": "boolean"},
    },
}


def page_schema(rows: dict[str, Any]) -> dict[str, Any]:
    """JSON schema of a page of a list."""
    return {
        "type": "object",
        "required": ["results", "limit", "next"],
        "properties": {
            "results": {"type": "array", "items": rows},
            "limit": {"type": "integer"},
            "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "facets": {"type": "object", "additionalProperties": FACET_COUNTS},
        },
    }


def content(
    schema: dict[str, Any], *, csv: bool = True, body: bool = False
) -> dict[int | str, dict[str, Any]]:
    """Responses of an operation that answers with that schema, and its refusals.

    Args:
        schema: Of the JSON form.
        csv: Whether it answers as CSV too.
        body: Whether it takes a body; it then has no validator to compare.
    """
    kinds: dict[str, Any] = {"application/json": {"schema": schema}}
    if csv:
        kinds["text/csv"] = {"schema": {"type": "string"}}
    others = BODY_REFUSALS if body else NOT_MODIFIED
    return {200: {"description": "OK", "content": kinds}, **others, **REFUSALS}
