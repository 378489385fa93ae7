"""A whole store as two dictionaries, and what they should be."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import ReportGraph
from graph.rows import edge_row
from graph.store import Store
from graph.view import GraphView

Dump = tuple[dict[str, dict[str, object]], dict[tuple[str, str, str, str], dict[str, object]]]


def dump(store: Store) -> Dump:
    """Properties of each node by id, and of each relationship by its identity."""
    view = GraphView(store)
    nodes = [(n.id, dict(n.properties)) for n in view.iter_nodes()]
    edges = [
        ((e.type, e.source, e.target, str(e.properties.get("report", ""))), dict(e.properties))
        for e in view.iter_edges()
    ]
    assert len(dict(nodes)) == len(nodes)
    assert len(dict(edges)) == len(edges)
    return dict(nodes), dict(edges)


def expected(graphs: Iterable[ReportGraph]) -> Dump:
    """What :func:`dump` must give for a store that was given these reports only."""
    nodes: dict[str, dict[str, object]] = {}
    edges: dict[tuple[str, str, str, str], dict[str, object]] = {}
    for graph in graphs:
        for n in (graph.report, *graph.nodes):
            nodes[n.id] = {"name": n.id.partition(":")[2], **n.properties, "id": n.id}
        for edge in graph.edges:
            row = edge_row(graph.report, edge)
            edges[edge.identity] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in row.items()
            }
    return nodes, edges
