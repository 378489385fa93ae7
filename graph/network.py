"""The graph as a NetworkX graph, for analyses in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import networkx as nx

from graph.schema import REPORT
from graph.store import Store
from graph.view import GraphView

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[str]
else:
    Network = nx.MultiDiGraph


def read_network(
    store: Store,
    *,
    labels: Sequence[str] = (),
    types: Sequence[str] = (),
    properties: Sequence[str] | None = None,
) -> Network:
    """Read a graph, or part of it, into memory.

    Args:
        store: Where the graph is.
        labels: Only nodes of these labels; all when empty.
        types: Only relationships of these types, between those nodes; all when empty.
        properties: Names of the properties to read of either, beside ``id``; all when
            None. ``report`` tells relationships of one pair apart and is always read.
    Returns:
        Nodes by id with ``label`` and their properties; edges with key
        ``"<type> <report>"``, ``type`` and their properties. Node and edge order
        is that of :class:`graph.view.GraphView`. Lists are tuples.
    """
    view = GraphView(store)
    network = Network()
    for node in view.iter_nodes(labels, properties=properties):
        network.add_node(node.id, label=node.label, **node.properties)
    wanted = None if properties is None else [REPORT.name, *properties]
    for edge in view.iter_edges(types, properties=wanted, sources=labels):
        if edge.source in network and edge.target in network:
            data = {"type": edge.type, **edge.properties}
            network.add_edge(edge.source, edge.target, key=edge.key, **data)
    return network
