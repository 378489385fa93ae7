"""The schema as a page of the documentation: ``python -m graph.schema_page > docs/graph.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from graph.schema import (
    EDGE_TYPES,
    ID,
    INVENTORY,
    NAME,
    NODE_TYPES,
    STATED,
    EdgeType,
    NodeType,
    Property,
)

_HEAD = """# The graph

Every label, relationship type and property, written from `graph/schema.py`, which also drives
constraints, validation and exports. Names are the same in Cypher, Python, JSON and column heads.

Ids are readable: `agency:北京市信访办公室`, `mechanism:领导包案`. Shared nodes (Agency,
Regulation, Mechanism, Initiative, Place) carry only what follows from their id; what differs from
report to report stands on edges, and on nodes that belong to one report (Passage, Measure).
"""

_STATED_HEAD = """## Evidence

Relationship types marked *stated* are what a report says. Each carries every clause that says it;
`text[start:end] == evidence` holds for the report's `text`, and a write that breaks it is refused.
"""

_INVENTORY_HEAD = """## What was written

One node `Inventory` (清单) says what loading wrote; each load and removal brings it up to date.
`govmech info` holds it against the graph: the counts, which every opening of the store compares
too, and a digest over every property of every node and relationship. No report states it, no
question sees it, and of the exports only those for Neo4j have it.
"""


def schema_page() -> str:
    """The page in Markdown, the same for the same schema."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    yield "## Nodes\n"
    for node in NODE_TYPES:
        yield from _node(node)
    yield "## Relationships\n"
    for edge in EDGE_TYPES:
        yield from _edge(edge)
    yield _STATED_HEAD
    yield from _table(STATED)
    yield _INVENTORY_HEAD
    yield from _table(INVENTORY.properties)


def _node(node: NodeType) -> Iterator[str]:
    yield f"### {node.label} · {node.zh}\n"
    yield f"{node.about}. RDF class `{node.rdf}`; ids begin with `{node.prefix}:`.\n"
    yield from _table((ID, NAME, *node.properties))


def _edge(edge: EdgeType) -> Iterator[str]:
    ends = f"({' or '.join(edge.sources)}) → ({' or '.join(edge.targets)})"
    yield f"### {edge.type} · {edge.zh}\n"
    stated = " Stated by reports, see Evidence." if edge.stated else ""
    yield f"{ends}: {edge.about[0].lower()}{edge.about[1:]}. RDF property `{edge.rdf}`.{stated}\n"
    if edge.properties:
        yield from _table(edge.properties)


def _table(properties: Iterable[Property]) -> Iterator[str]:
    yield "| property | type | holds |"
    yield "| --- | --- | --- |"
    for p in properties:
        always = "" if p.required else " May be absent."
        yield f"| `{p.name}` | {p.type} | {p.about}.{always} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(schema_page())
