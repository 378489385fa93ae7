"""Read a whole graph in a fixed order, a page at a time.

Exports and analyses see this, never a particular store: the same graph gives the
same sequence, whichever engine holds it and in whatever order it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Node, Value
from graph.schema import (
    EDGE_BY_TYPE,
    EDGE_TYPES,
    ID,
    NAME,
    NODE_BY_LABEL,
    NODE_TYPES,
    Property,
    edge_properties,
)
from graph.store import Row, Store

PAGE = 2_000
"""Nodes, or relationships, per query: what is in memory at a time."""

REPORT_PAGE = 100
"""Reports per query; each has its whole text."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship as it stands in the graph.

    Args:
        type: A relationship type of :mod:`graph.schema`.
        source: Id of the node that it leaves.
        target: Id of the node that it reaches.
        properties: Names and values, evidence included; absent means unknown.
    """

    type: str
    source: str
    target: str
    properties: Mapping[str, Value]

    @property
    def key(self) -> str:
        """What tells it from others between the same two nodes: type and report."""
        return f"{self.type} {self.properties.get('report', '')}".strip()


class GraphView:
    """All nodes and relationships of a store, sorted.

    Args:
        store: Any open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def iter_nodes(self, labels: Sequence[str] = ()) -> Iterator[Node]:
        """Nodes by label in the order of the schema, then by id.

        Args:
            labels: Only these; all when empty.
        """
        for label in labels or tuple(n.label for n in NODE_TYPES):
            for page in self._pages(label, _node_columns(label)):
                for row in page:
                    yield Node(label, str(row["id"]), _values(row))

    def iter_edges(self, types: Sequence[str] = ()) -> Iterator[Relationship]:
        """Relationships by type in the order of the schema, then by source, target and report.

        Args:
            types: Only these; all when empty.
        """
        for type_ in types or tuple(e.type for e in EDGE_TYPES):
            kind = EDGE_BY_TYPE[type_]
            for label in sorted(kind.sources, key=lambda s: NODE_BY_LABEL[s].prefix):
                for sources in self._sources(type_, label):
                    yield from self._edges_of(type_, label, sources)

    def _sources(self, type_: str, label: str) -> Iterator[list[object]]:
        """Ids of nodes that have relationships of a type, few enough for one page of these."""
        waiting: list[object] = []
        size = 0
        for page in self._pages(label, (ID,)):
            rows = self._store.run(
                f"UNWIND $sources AS id MATCH (:{label} {{id: id}})-[r:{type_}]->() "
                "RETURN id, count(r) AS size",
                {"sources": [row["id"] for row in page]},
            )
            sizes = {row["id"]: int(str(row["size"])) for row in rows}
            for id_ in (row["id"] for row in page if row["id"] in sizes):
                if waiting and size + sizes[id_] > PAGE:
                    yield waiting
                    waiting, size = [], 0
                waiting.append(id_)
                size += sizes[id_]
        if waiting:
            yield waiting

    def _pages(self, label: str, columns: Sequence[Property]) -> Iterator[list[Row]]:
        after = ""
        size = min(PAGE, REPORT_PAGE) if label == "Report" and len(columns) > 1 else PAGE
        while True:
            page = self._store.run(
                f"MATCH (n:{label}) WHERE n.id > $after RETURN {_projection('n', columns)} "
                f"ORDER BY id LIMIT {size}",
                {"after": after},
            )
            if page:
                yield page
            if len(page) < size:
                return
            after = str(page[-1]["id"])

    def _edges_of(self, type_: str, label: str, sources: list[object]) -> Iterator[Relationship]:
        columns = edge_properties(EDGE_BY_TYPE[type_])
        rows = self._store.run(
            f"UNWIND $sources AS id MATCH (a:{label} {{id: id}})-[r:{type_}]->(b) "
            f"RETURN {', '.join(['id AS `a id`', 'b.id AS `b id`', *_columns('r', columns)])}",
            {"sources": sources},
        )
        found = []
        for row in rows:
            source, target = str(row.pop("a id")), str(row.pop("b id"))
            found.append(Relationship(type_, source, target, _values(row)))
        found.sort(key=lambda r: (r.source, r.target, str(r.properties.get("report", ""))))
        yield from found


def _node_columns(label: str) -> tuple[Property, ...]:
    return (ID, NAME, *NODE_BY_LABEL[label].properties)


def _projection(variable: str, columns: Sequence[Property]) -> str:
    return ", ".join(_columns(variable, columns))


def _columns(variable: str, columns: Sequence[Property]) -> list[str]:
    return [f"{variable}.`{p.name}` AS `{p.name}`" for p in columns]


def _values(row: Row) -> dict[str, Value]:
    """What is known of a row, lists as tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value  # type: ignore[misc]
        for name, value in row.items()
        if value is not None
    }
