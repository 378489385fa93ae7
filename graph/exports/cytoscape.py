"""Cytoscape JSON, for Cytoscape and Cytoscape.js."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.exports._json import write_array
from graph.view import GraphView

NAME = "cytoscape"
ABOUT = "Cytoscape JSON for Cytoscape and Cytoscape.js"
CANNOT = "The name of the property value of a measure, which NetworkX needs: it is measured."
FILE_SUFFIX = ".cyjs"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write elements with string ids; see :mod:`graph.exports`."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        file.write('{"data": {"name": "govmech"}, "directed": true, "multigraph": true,\n')
        file.write('"elements": {"nodes": ')
        write_array(file, _nodes(view))
        file.write(',\n"edges": ')
        write_array(file, _edges(view))
        file.write("}}\n")
    return ()


def _nodes(view: GraphView) -> Iterator[dict[str, object]]:
    for node in view.iter_nodes():
        properties = dict(node.properties)
        if "value" in properties:
            properties["measured"] = properties.pop("value")
        # NetworkX takes the node from "value", Cytoscape from "id".
        yield {"data": {"value": node.id, "label": node.label, **properties}}


def _edges(view: GraphView) -> Iterator[dict[str, object]]:
    for number, edge in enumerate(view.iter_edges()):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        kind = {"key": edge.key, "interaction": edge.type, "type": edge.type}
        yield {"data": {**ends, **kind, **edge.properties}}
