"""Read a whole graph in a fixed order, a page at a time.

Exports and analyses see this, never a particular store: the same graph gives the
same sequence, whichever engine holds it and in whatever order it was loaded. What
is in memory at a time is bounded by the pages below, whatever the size of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from graph.model import Node, Value
from graph.schema import (
    EDGE_BY_TYPE,
    EDGE_TYPES,
    ID,
    NAME,
    NODE_BY_LABEL,
    NODE_TYPES,
    REPORT,
    Property,
    edge_properties,
)
from graph.store import Row, Store
from graph.tables import EdgeRow, Rows

T = TypeVar("T")

IDS = 10_000
"""Ids per query. Each such query makes the embedded engine look at every node of the
label, so it asks for many; properties are then read by id, a page at a time."""

PAGE = 2_000
"""Nodes, or relationships, per query."""

REPORT_PAGE = 100
"""Reports per query; each has its whole text."""

ROWS_TOGETHER = 100
"""Rows that are worked on together, reports among them."""


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

    @property
    def row(self) -> EdgeRow:
        """Source, target and properties."""
        return (self.source, self.target, self.properties)


class GraphView:
    """All nodes and relationships of a store, sorted.

    Args:
        store: Any open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def iter_nodes(
        self, labels: Sequence[str] = (), *, properties: Sequence[str] | None = None
    ) -> Iterator[Node]:
        """Nodes by label in the order of the schema, then by id.

        Args:
            labels: Only these; all when empty.
            properties: Names of the properties to read beside ``id``; all when None.
        """
        for label in labels or tuple(n.label for n in NODE_TYPES):
            wanted = [ID.name, *_chosen((NAME, *NODE_BY_LABEL[label].properties), properties)]
            size = REPORT_PAGE if label == "Report" and properties is None else PAGE
            for ids in pages(self._ids(label), size):
                yield from self._nodes_of(label, ids, wanted)

    def iter_edges(
        self,
        types: Sequence[str] = (),
        *,
        properties: Sequence[str] | None = None,
        sources: Sequence[str] = (),
    ) -> Iterator[Relationship]:
        """Relationships by type in the order of the schema, then by source, target and report.

        Args:
            types: Only these; all when empty.
            properties: Names of the properties to read; all when None.
            sources: Only those that leave nodes of these labels; all when empty.
        """
        for type_ in types or tuple(e.type for e in EDGE_TYPES):
            kind = EDGE_BY_TYPE[type_]
            wanted = _chosen(edge_properties(kind), properties)
            labels = [label for label in kind.sources if not sources or label in sources]
            for label in sorted(labels, key=lambda s: NODE_BY_LABEL[s].prefix):
                for ids, size in self._sources(type_, label):
                    if size > PAGE:
                        yield from self._edges_of_hub(type_, label, ids[0], wanted)
                    else:
                        yield from self._edges_of(type_, label, ids, wanted)

    def iter_rows(self) -> Iterator[tuple[str, Rows]]:
        """Nodes and relationships in the same order, as rows (:mod:`graph.lines`).

        Yields:
            A label or relationship type, and at most :data:`ROWS_TOGETHER` rows of it.
        """
        for node_type in NODE_TYPES:
            for nodes in pages(self.iter_nodes([node_type.label]), ROWS_TOGETHER):
                yield node_type.label, [node.properties for node in nodes]
        for edge_type in EDGE_TYPES:
            for edges in pages(self.iter_edges([edge_type.type]), ROWS_TOGETHER):
                yield edge_type.type, [edge.row for edge in edges]

    def _ids(self, label: str) -> Iterator[str]:
        """Ids of the nodes of a label, sorted."""
        after = ""
        while True:
            rows = self._store.run(
                f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id ORDER BY id LIMIT {IDS}",
                {"after": after},
            )
            for row in rows:
                yield str(row["id"])
            if len(rows) < IDS:
                return
            after = str(rows[-1]["id"])

    def _nodes_of(self, label: str, ids: list[str], wanted: Sequence[str]) -> Iterator[Node]:
        rows = self._store.run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
            f"RETURN {', '.join(_columns('n', wanted))}",
            {"ids": ids},
        )
        for row in sorted(rows, key=lambda r: str(r["id"])):
            yield Node(label, str(row["id"]), _values(row))

    def _sources(self, type_: str, label: str) -> Iterator[tuple[list[str], int]]:
        """Nodes that have relationships of a type, few enough for one page, and how many.

        A node that alone has more than a page of them stands alone.
        """
        waiting: list[str] = []
        size = 0
        for ids in pages(self._ids(label), PAGE):
            rows = self._store.run(
                # Counted, not matched: of hubs that would be a row for each relationship.
                f"UNWIND $sources AS id MATCH (n:{label} {{id: id}}) "
                f"WITH id, COUNT {{ (n)-[:{type_}]->() }} AS size WHERE size > 0 RETURN id, size",
                {"sources": ids},
            )
            sizes = {str(row["id"]): int(str(row["size"])) for row in rows}
            for id_ in (i for i in ids if i in sizes):
                if waiting and size + sizes[id_] > PAGE:
                    yield waiting, size
                    waiting, size = [], 0
                waiting.append(id_)
                size += sizes[id_]
        if waiting:
            yield waiting, size

    def _edges_of(
        self, type_: str, label: str, sources: list[str], wanted: Sequence[str]
    ) -> Iterator[Relationship]:
        columns = ("id AS `a id`", "b.id AS `b id`", *_report(type_), *_columns("r", wanted))
        rows = self._store.run(
            f"UNWIND $sources AS id MATCH (a:{label} {{id: id}})-[r:{type_}]->(b) "
            f"RETURN {', '.join(columns)}",
            {"sources": sources},
        )
        rows.sort(key=lambda r: (str(r["a id"]), str(r["b id"]), str(r.get("r report", ""))))
        for row in rows:
            yield _relationship(type_, str(row.pop("a id")), row)

    def _edges_of_hub(
        self, type_: str, label: str, source: str, wanted: Sequence[str]
    ) -> Iterator[Relationship]:
        """Relationships of one node that has many, each page after the last of the one before."""
        report = _report(type_)
        columns = ("b.id AS `b id`", *report, *_columns("r", wanted))
        later = " OR b.id = $target AND r.report > $report" if report else ""
        query = (
            f"MATCH (a:{label} {{id: $source}})-[r:{type_}]->(b) WHERE b.id > $target{later} "
            f"RETURN {', '.join(columns)} "
            f"ORDER BY `b id`{', `r report`' if report else ''} LIMIT {PAGE}"
        )
        after = {"target": "", "report": ""} if report else {"target": ""}
        while True:
            rows = self._store.run(query, {"source": source, **after})
            if rows:
                after |= {"target": str(rows[-1]["b id"])}
                after |= {"report": str(rows[-1]["r report"])} if report else {}
            for row in rows:
                yield _relationship(type_, source, row)
            if len(rows) < PAGE:
                return


def pages(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of at most that length."""
    remaining = iter(items)
    while page := list(islice(remaining, size)):
        yield page


def _chosen(known: Sequence[Property], names: Sequence[str] | None) -> list[str]:
    return [p.name for p in known if names is None or p.name in names]


def _report(type_: str) -> tuple[str, ...]:
    """The column that orders relationships between the same two nodes, where there is one."""
    has = REPORT in edge_properties(EDGE_BY_TYPE[type_])
    return ("r.report AS `r report`",) if has else ()


def _columns(variable: str, names: Sequence[str]) -> list[str]:
    return [f"{variable}.`{name}` AS `{name}`" for name in names]


def _relationship(type_: str, source: str, row: Row) -> Relationship:
    target = str(row.pop("b id"))
    row.pop("r report", None)
    return Relationship(type_, source, target, _values(row))


def _values(row: Row) -> dict[str, Value]:
    """What is known of a row, lists as tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value  # type: ignore[misc]
        for name, value in row.items()
        if value is not None
    }
