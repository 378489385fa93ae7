"""GEXF 1.3, for Gephi."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.exports._columns import as_text, edge_columns, node_columns
from graph.exports._xml import LABEL, TYPE, XML_TYPES, XmlText
from graph.exports._years import find_years
from graph.model import Value
from graph.schema import Property
from graph.view import GraphView, Relationship

NAME = "gexf"
ABOUT = "GEXF 1.3 for Gephi, report years as its timeline; lists as JSON text"
CANNOT = (
    "Characters that XML forbids, which become U+FFFD. Times are whole years: a node is there in"
    " the years of the reports that speak of it, a relationship in the year of its report;"
    " places, and where agencies are, have no time."
)
HOLDS = "The years of each node, in a temporary file of which 16 MiB are in memory."
FILE_SUFFIX = ".gexf"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write nodes and edges with every property; see :mod:`graph.exports`."""
    text = XmlText()
    with out.open("x", encoding="utf-8", newline="\n") as file, find_years(view) as years:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
        file.write("<meta><creator>govmech</creator></meta>\n")
        file.write(
            '<graph defaultedgetype="directed" mode="dynamic" '
            'timerepresentation="timestamp" timeformat="double">\n'
        )
        file.writelines(_attributes("node", (LABEL, *node_columns()), text))
        file.writelines(_attributes("edge", (TYPE, *edge_columns()), text))
        file.write("<nodes>\n")
        for node in view.iter_nodes():
            name = str(node.properties["name"])
            time = _time(years.of_node(node))
            file.write(f'<node id="{text(node.id)}" label="{text(name)}"{time}>')
            file.writelines(_values("node", {"label": node.label, **node.properties}, text))
            file.write("</node>\n")
        file.write("</nodes>\n<edges>\n")
        for number, (edge, kind) in enumerate(_kinds(view.iter_edges())):
            ends = f'source="{text(edge.source)}" target="{text(edge.target)}"'
            time = _time(years.of_edge(edge))
            file.write(f'<edge id="e{number}" {ends} kind="{kind}" label="{edge.type}"{time}>')
            file.writelines(_values("edge", {"type": edge.type, **edge.properties}, text))
            file.write("</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")
    return text.losses()


def _kinds(edges: Iterable[Relationship]) -> Iterator[tuple[Relationship, str]]:
    """Relationships, and what tells each from others of its type between the same nodes.

    Gephi takes parallel edges of one kind for one edge. It keeps a table for each
    kind, so kinds are numbers that begin anew at each pair, not reports.
    """
    before, number = None, 0
    for edge in edges:
        pair = (edge.type, edge.source, edge.target)
        number = number + 1 if pair == before else 1
        before = pair
        yield edge, edge.type if number == 1 else f"{edge.type} {number}"


def _time(years: tuple[int, ...]) -> str:
    """The years in which it is there; what has none is there at all times.

    Not as ``spell`` elements, which NetworkX reads as intervals only.
    """
    if len(years) > 1:
        return f' timestamps="&lt;[{", ".join(map(str, years))}]&gt;"'
    return f' timestamp="{years[0]}"' if years else ""


def _attributes(kind: str, columns: tuple[Property, ...], text: XmlText) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for prop in columns:
        type_ = XML_TYPES.get(prop.type, "string")
        yield f'<attribute id="{kind}.{prop.name}" title="{text(prop.name)}" type="{type_}"/>\n'
    yield "</attributes>\n"


def _values(kind: str, properties: Mapping[str, Value], text: XmlText) -> Iterator[str]:
    yield "<attvalues>"
    for name, value in properties.items():
        yield f'<attvalue for="{kind}.{name}" value="{text(as_text(value))}"/>'
    yield "</attvalues>"
