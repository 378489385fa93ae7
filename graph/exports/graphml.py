"""GraphML, for yEd, igraph, NetworkX and Cytoscape.

yEd draws only labels of its own kind. They stand first in each element, so that
NetworkX, which takes them for ``label``, is told the graph's label after them. Their
keys are called as Gephi calls labels, which takes those of edges from there; for
nodes it takes ``label``, the last that it meets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.exports._columns import as_text, edge_columns, node_columns
from graph.exports._xml import LABEL, TYPE, XML_TYPES, XmlText
from graph.model import Value
from graph.schema import Property
from graph.view import GraphView

NAME = "graphml"
ABOUT = "GraphML for yEd, igraph, NetworkX, Cytoscape; lists as JSON text"
CANNOT = (
    "Characters that XML forbids, which become U+FFFD. Each reader has its own idea of a label:"
    " yEd shows names and types; NetworkX and igraph have the kind of a node in label, its name in"
    " name; Gephi draws the kind, so take gexf there, or copy its column name to Label."
)
FILE_SUFFIX = ".graphml"

_YED_NODE, _YED_EDGE = "nodelabel", "edgelabel"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write nodes and edges with every property; see :mod:`graph.exports`."""
    text = XmlText()
    with out.open("x", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
            'xmlns:y="http://www.yworks.com/xml/graphml">\n'
        )
        file.write(f'<key id="{_YED_NODE}" for="node" yfiles.type="nodegraphics"/>\n')
        file.write(f'<key id="{_YED_EDGE}" for="edge" yfiles.type="edgegraphics"/>\n')
        file.writelines(_keys("node", (LABEL, *node_columns()), text))
        file.writelines(_keys("edge", (TYPE, *edge_columns()), text))
        file.write('<graph id="govmech" edgedefault="directed">\n')
        for node in view.iter_nodes():
            name = text(str(node.properties["name"]))
            file.write(f'<node id="{text(node.id)}"><data key="{_YED_NODE}"><y:ShapeNode>')
            file.write(f"<y:NodeLabel>{name}</y:NodeLabel></y:ShapeNode></data>")
            file.writelines(_data("node", {"label": node.label, **node.properties}, text))
            file.write("</node>\n")
        for number, edge in enumerate(view.iter_edges()):
            ends = f'source="{text(edge.source)}" target="{text(edge.target)}"'
            file.write(f'<edge id="e{number}" {ends}><data key="{_YED_EDGE}"><y:PolyLineEdge>')
            file.write(f"<y:EdgeLabel>{edge.type}</y:EdgeLabel></y:PolyLineEdge></data>")
            file.writelines(_data("edge", {"type": edge.type, **edge.properties}, text))
            file.write("</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return text.losses()


def _keys(kind: str, columns: tuple[Property, ...], text: XmlText) -> Iterator[str]:
    for prop in columns:
        type_ = XML_TYPES.get(prop.type, "string")
        yield f'<key id="{kind}.{prop.name}" for="{kind}" attr.name="{prop.name}" '
        yield f'attr.type="{type_}"><desc>{text(prop.about)}</desc></key>\n'


def _data(kind: str, properties: Mapping[str, Value], text: XmlText) -> Iterator[str]:
    for name, value in properties.items():
        yield f'<data key="{kind}.{name}">{text(as_text(value))}</data>'
