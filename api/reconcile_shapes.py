"""What the reconciliation service takes and gives, as JSON schemas for the OpenAPI description.

Source: W3C Entity Reconciliation Community Group, Reconciliation Service API 0.2.
"""

from __future__ import annotations

from typing import Any

from api.matching import KINDS, LONGEST_NAME, MOST_QUERIES
from api.openapi import NO_NUL
from api.reconcile import properties

Schema = dict[str, Any]


def _object(properties: Schema, *optional: str, is_open: bool = True) -> Schema:
    """An object with these properties, all there but the optional ones."""
    required = [name for name in properties if name not in optional]
    shape: Schema = {"type": "object", "properties": properties}
    if required:
        shape["required"] = required
    return shape if is_open else {**shape, "additionalProperties": False}


def _list(items: Schema, most: int | None = None) -> Schema:
    return {"type": "array", "items": items, **({"maxItems": most} if most else {})}


TEXT: Schema = {"type": "string"}
_KIND: Schema = {"type": "string", "enum": list(KINDS)}
_NAMED = _object({"id": TEXT, "name": TEXT})
_PROPERTY_IDS = [str(p["id"]) for p in properties()]

# What is asked.
_QUERY: Schema = {
    **_object(
        {
            "query": {"type": "string", "maxLength": LONGEST_NAME, "pattern": NO_NUL},
            "type": {"anyOf": [_KIND, _list(_KIND), {"type": "null"}]},
            "limit": {
                "anyOf": [
                    {"type": "number", "minimum": 1, "exclusiveMaximum": 1e9},
                    {"type": "null"},
                ]
            },
            "properties": _list(_object({"pid": TEXT, "v": {}}, "pid", "v")),
            "type_strict": TEXT,
        },
        "query",
        "type",
        "limit",
        "properties",
        "type_strict",
    ),
    "anyOf": [
        {"required": ["query"]},
        {"required": ["properties"], "properties": {"properties": {"minItems": 1}}},
    ],
}
QUERIES: Schema = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": MOST_QUERIES,
    "additionalProperties": _QUERY,
    "example": {"q0": {"query": "北京市信访办", "type": "Agency", "limit": 3}},
}
EXTEND: Schema = {
    **_object(
        {
            "ids": _list({"type": "string", "pattern": NO_NUL}, MOST_QUERIES),
            "properties": _list(
                _object({"id": {"type": "string", "enum": _PROPERTY_IDS}}), MOST_QUERIES
            ),
        }
    ),
    "example": {"ids": ["agency:北京市信访办公室"], "properties": [{"id": "level"}]},
}
ASKED_KIND: Schema = {"type": "string", "enum": [*KINDS, ""]}

# What is said.
_PART = _object({"service_url": TEXT, "service_path": TEXT}, is_open=False)
MANIFEST = _object(
    {
        "versions": _list(TEXT),
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "defaultTypes": _list(_NAMED),
        "view": _object({"url": TEXT}),
        "preview": _object(
            {"url": TEXT, "width": {"type": "integer"}, "height": {"type": "integer"}}
        ),
        "suggest": _object({"entity": _PART, "type": _PART, "property": _PART}),
        "extend": _object({"propose_properties": _PART, "property_settings": _list({})}),
        "batchSize": {"type": "integer"},
    },
    is_open=False,
)
_CANDIDATE = _object(
    {
        "id": TEXT,
        "name": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": _list(_NAMED),
    },
    is_open=False,
)
RESULTS: Schema = {
    "type": "object",
    "additionalProperties": _object({"result": _list(_CANDIDATE)}, is_open=False),
}
_CELL: Schema = {
    "oneOf": [
        _object({"id": TEXT, "name": TEXT}, is_open=False),
        _object({"str": TEXT}, is_open=False),
        _object({"int": {"type": "integer"}}, is_open=False),
    ]
}
EXTENSION = _object(
    {
        "meta": _list(_object({"id": TEXT, "name": TEXT, "type": _NAMED}, "type", is_open=False)),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _list(_CELL)},
        },
    },
    is_open=False,
)
BATCH_ANSWER: Schema = {"anyOf": [EXTENSION, RESULTS]}
ANY_ANSWER: Schema = {"anyOf": [MANIFEST, EXTENSION, RESULTS]}
ENTITIES = _object(
    {
        "result": _list(
            _object(
                {"id": TEXT, "name": TEXT, "description": TEXT, "notable": _list(_NAMED)},
                is_open=False,
            )
        )
    }
)
NAMES = _object({"result": _list(_NAMED)})
PROPERTIES = _object({"type": _KIND, "properties": _list(_NAMED)}, "type", is_open=False)
