"""All properties that nodes or relationships may have, as one row of columns."""

from __future__ import annotations

from graph.exports._json import dumps
from graph.model import Value
from graph.schema import (
    EDGE_TYPES,
    ID,
    NAME,
    NODE_BY_LABEL,
    NODE_TYPES,
    Property,
    edge_properties,
)


def node_columns() -> tuple[Property, ...]:
    """Properties of any label, each name once, ``id`` and ``name`` first."""
    found = {p.name: p for p in (ID, NAME)}
    for kind in NODE_TYPES:
        for prop in kind.properties:
            found.setdefault(prop.name, prop)
    return tuple(found.values())


def label_columns(label: str) -> tuple[Property, ...]:
    """Properties of one label, ``id`` and ``name`` first."""
    return (ID, NAME, *NODE_BY_LABEL[label].properties)


def edge_columns() -> tuple[Property, ...]:
    """Properties of any relationship type, each name once."""
    found: dict[str, Property] = {}
    for kind in EDGE_TYPES:
        for prop in edge_properties(kind):
            found.setdefault(prop.name, prop)
    return tuple(found.values())


def as_text(value: Value) -> str:
    """A value as text: ``true`` and ``false``, numbers in digits, lists as JSON."""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    return dumps(value)
