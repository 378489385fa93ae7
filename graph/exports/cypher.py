"""Cypher script, for any Neo4j and for the embedded store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.ddl import constraint_statements
from graph.exports._batches import iter_batches
from graph.inventory import Tally, inventory_row
from graph.model import Node, Value
from graph.schema import EDGE_TYPES, INVENTORY, NODE_TYPES, label_of
from graph.view import ROWS_TOGETHER, GraphView, Relationship, pages

NAME = "cypher"
ABOUT = "Cypher script for an empty Neo4j: cypher-shell -f graph.cypher"
HOLDS = "A statement for each pair of labels: 500 rows, and nodes of a million characters."
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
        tally = Tally()
        for node_type in NODE_TYPES:
            nodes = (
                _map(n.properties.items())
                for n in _counted(view.iter_nodes([node_type.label]), tally)
            )
            for batch in iter_batches(nodes, len, most=ROWS, characters=CHARACTERS):
                file.write(_statement(batch, f"CREATE (n:{node_type.label}) SET n = row"))
        for edge_type in EDGE_TYPES:
            edges = _counted_edges(view.iter_edges([edge_type.type]), tally)
            file.writelines(_edges(edges))
        if tally.total:
            inventory = [_map(inventory_row(tally).items())]
            file.write(_statement(inventory, f"CREATE (n:{INVENTORY.label}) SET n = row"))
    return ()


def _counted(nodes: Iterable[Node], tally: Tally) -> Iterator[Node]:
    for page in pages(nodes, ROWS_TOGETHER):
        tally.add(page[0].label, [node.properties for node in page])
        yield from page


def _counted_edges(edges: Iterable[Relationship], tally: Tally) -> Iterator[Relationship]:
    for page in pages(edges, ROWS_TOGETHER):
        tally.add(page[0].type, [edge.row for edge in page])
        yield from page


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
