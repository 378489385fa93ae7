"""JSON lines: one node or relationship a line, for pipes and for reading back."""

from __future__ import annotations

from pathlib import Path

from graph.exports._json import dumps
from graph.view import GraphView

NAME = "jsonl"
ABOUT = "JSON lines, one node or relationship each"
FILE_SUFFIX = ".jsonl"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write nodes, then relationships; see :mod:`graph.exports`."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        for node in view.iter_nodes():
            file.write(dumps({"kind": "node", "label": node.label, "properties": node.properties}))
            file.write("\n")
        for edge in view.iter_edges():
            ends = {"type": edge.type, "source": edge.source, "target": edge.target}
            file.write(dumps({"kind": "relationship", **ends, "properties": edge.properties}))
            file.write("\n")
    return ()
