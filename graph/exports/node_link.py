"""Node-link JSON, for NetworkX and D3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.exports._json import write_array
from graph.view import GraphView

NAME = "node-link"
ABOUT = "node-link JSON for NetworkX and D3"
FILE_SUFFIX = ".json"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write what ``networkx.node_link_graph`` reads; see :mod:`graph.exports`."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        file.write(
            '{"directed": true, "multigraph": true, "graph": {"name": "govmech"},\n"nodes": '
        )
        write_array(file, _nodes(view))
        file.write(',\n"edges": ')
        write_array(file, _edges(view))
        file.write("}\n")
    return ()


def _nodes(view: GraphView) -> Iterator[dict[str, object]]:
    for node in view.iter_nodes():
        yield {"id": node.id, "label": node.label, **node.properties}


def _edges(view: GraphView) -> Iterator[dict[str, object]]:
    for edge in view.iter_edges():
        ends = {"source": edge.source, "target": edge.target, "key": edge.key}
        yield {**ends, "type": edge.type, **edge.properties}
