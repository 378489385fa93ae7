"""Cypher script, for any Neo4j and for the embedded store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.ddl import constraint_statements
from graph.model import Value
from graph.schema import EDGE_TYPES, NODE_TYPES, label_of
from graph.view import GraphView, Relationship

NAME = "cypher"
ABOUT = "Cypher script for an empty Neo4j: cypher-shell -f graph.cypher"
FILE_SUFFIX = ".cypher"

ROWS = 500
"""Nodes or relationships that one statement creates."""

CHARACTERS = 1_000_000
"""Characters of nodes that one statement has, unless one node alone has more."""

_ESCAPED = re.compile("['\\\\\n\r]")
_ESCAPES = {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write constraints, nodes, relationships; see :mod:`graph.exports`.

    A statement ends at the line that ends with a semicolon; texts have no line
    breaks, so a script can be split there without reading Cypher.
    """
    with out.open("x", encoding="utf-8", newline="\n") as file:
        file.write("// Run in an empty database. A statement ends where a line ends with ;\n")
        for statement in constraint_statements().values():
            file.write(f"{statement};\n")
        for node_type in NODE_TYPES:
            nodes = (_map(n.properties.items()) for n in view.iter_nodes([node_type.label]))
            for batch in _batches(nodes):
                file.write(_statement(batch, f"CREATE (n:{node_type.label}) SET n = row"))
        for edge_type in EDGE_TYPES:
            file.writelines(_edges(view.iter_edges([edge_type.type])))
    return ()


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    """Rows of one statement each; reports have long texts."""
    batch: list[str] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == ROWS or size + len(row) > CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row)
    if batch:
        yield batch


def _edges(edges: Iterable[Relationship]) -> Iterator[str]:
    """Statements for the relationships of one type, one pair of labels each."""
    waiting: dict[tuple[str, str, str], list[str]] = {}
    for edge in edges:
        shape = (edge.type, label_of(edge.source), label_of(edge.target))
        rows = waiting.setdefault(shape, [])
        ends = f"source: {_value(edge.source)}, target: {_value(edge.target)}"
        rows.append(f"{{{ends}, properties: {_map(edge.properties.items())}}}")
        if len(rows) == ROWS:
            yield _statement(rows, _joining(shape))
            rows.clear()
    for shape, rows in waiting.items():
        if rows:
            yield _statement(rows, _joining(shape))


def _joining(shape: tuple[str, str, str]) -> str:
    type_, source, target = shape
    return (
        f"MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r += row.properties"
    )


def _statement(rows: Sequence[str], clause: str) -> str:
    return "UNWIND [\n" + ",\n".join(rows) + f"\n] AS row {clause};\n"


def _map(items: Iterable[tuple[str, Value]]) -> str:
    return f"{{{', '.join(f'`{name}`: {_value(value)}' for name, value in items)}}}"


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        return f"'{_ESCAPED.sub(lambda m: _ESCAPES[m[0]], value)}'"
    # Cypher writes true and false small, and no plus sign in an exponent.
    return str(value).lower().replace("+", "")
