"""GEXF 1.3, for Gephi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.exports._columns import as_text, edge_columns, node_columns
from graph.exports._xml import LABEL, TYPE, XML_TYPES, XmlText
from graph.model import Value
from graph.schema import Property
from graph.view import GraphView

NAME = "gexf"
ABOUT = "GEXF 1.3 for Gephi, report years as its timeline; lists as JSON text"
CANNOT = "Characters that XML forbids, which become U+FFFD."
FILE_SUFFIX = ".gexf"


def write(view: GraphView, out: Path) -> tuple[str, ...]:
    """Write nodes and edges with every property; see :mod:`graph.exports`."""
    text = XmlText()
    with out.open("x", encoding="utf-8", newline="\n") as file:
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
            file.write(f'<node id="{text(node.id)}" label="{text(name)}"{_time(node.properties)}>')
            file.writelines(_values("node", {"label": node.label, **node.properties}, text))
            file.write("</node>\n")
        file.write("</nodes>\n<edges>\n")
        for number, edge in enumerate(view.iter_edges()):
            ends = f'source="{text(edge.source)}" target="{text(edge.target)}"'
            kind = f'kind="{text(edge.key)}" label="{edge.type}"'
            file.write(f'<edge id="e{number}" {ends} {kind}{_time(edge.properties)}>')
            file.writelines(_values("edge", {"type": edge.type, **edge.properties}, text))
            file.write("</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")
    return text.losses()


def _time(properties: Mapping[str, Value]) -> str:
    """The year, where there is one; what has none is there at all times."""
    return f' timestamp="{properties["year"]}"' if "year" in properties else ""


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
