"""A report as lines of the importer's files, checked, counted and hashed.

This is all the work that one report is on its way to ``neo4j-admin``, and needs
nothing of the others: it is done where the report was read, in as many processes
as read. :class:`graph.bulk.ImportFolder` only puts the lines together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.checks import check_report
from graph.ddl import REPORT_EDGES
from graph.inventory import MODULUS, Tally, hash_line
from graph.lines import edge_lines, node_lines
from graph.model import Edge, Node, ReportGraph
from graph.rows import edge_row, node_properties
from graph.schema import OWNED, label_of

_DROPPED: tuple[object, ...] = (("",), [""])
_QUOTED_EMPTY = '""'


class Line(NamedTuple):
    """A node or relationship on its way into a file.

    Args:
        kind: Label or type.
        text: The line of CSV.
        hashed: What it adds to the digest.
        dropped: How many of its lists hold nothing but one empty text.
    """

    kind: str
    text: str
    hashed: int
    dropped: int


@dataclass(slots=True)
class ReportLines:
    """What one report adds to the files.

    Args:
        own: Lines of what is of this report only, in UTF-8, by label or type.
        tally: Counts and hash of these.
        shared: Lines of what other reports may have, too, by what makes them the
            same: the id of a node, both ends of a relationship between places.
        longest: Code points of the longest line.
        dropped: Lists of its own that hold nothing but one empty text.
    """

    own: Mapping[str, bytes]
    tally: Tally
    shared: Mapping[str, Line]
    longest: int = 0
    dropped: int = 0


@dataclass(slots=True)
class Layout:
    """Makes lines of reports; knows again what most of them name.

    Can be pickled while it is new.
    """

    _checked: dict[str, Node] = field(default_factory=dict)
    _laid_out: dict[str, tuple[Node | Edge, Line]] = field(default_factory=dict)

    def __call__(self, graph: ReportGraph) -> ReportLines:
        """Check a report and lay it out.

        Raises:
            WriteRefused: It contradicts the schema.
            EvidenceMismatch: A piece of evidence is not in the text.
        """
        check_report(graph, self._checked)
        own: dict[str, list[Line]] = {}
        shared: dict[str, Line] = {}
        for node in (graph.report, *graph.nodes):
            if node.label in OWNED or node is graph.report:
                line = lay_out_node(node.label, node_properties(node))
                own.setdefault(node.label, []).append(line)
            else:
                shared[node.id] = self._again(node.id, node, graph)
        for edge in graph.edges:
            if edge.type in REPORT_EDGES or label_of(edge.source) in OWNED:
                properties = edge_row(graph.report, edge)
                line = lay_out_edge(edge.type, edge.source, edge.target, properties)
                own.setdefault(edge.type, []).append(line)
            else:
                key = f"{edge.source}\0{edge.target}"
                shared[key] = self._again(key, edge, graph)
        all_lines = [line for lines in own.values() for line in lines]
        return ReportLines(
            {kind: "".join([line.text for line in lines]).encode() for kind, lines in own.items()},
            Tally(
                {kind: len(lines) for kind, lines in own.items()},
                sum(line.hashed for line in all_lines) % MODULUS,
            ),
            shared,
            longest=max(len(line.text) for line in all_lines),
            dropped=sum(line.dropped for line in all_lines),
        )

    def _again(self, key: str, item: Node | Edge, graph: ReportGraph) -> Line:
        """The line of what another report may have named before."""
        known = self._laid_out.get(key)
        # A node that was found good before is that node, not one like it.
        item = self._checked.get(key, item)
        if known is None or (known[0] is not item and known[0] != item):
            if isinstance(item, Node):
                line = lay_out_node(item.label, node_properties(item))
            else:
                properties = edge_row(graph.report, item)
                line = lay_out_edge(item.type, item.source, item.target, properties)
            known = self._laid_out[key] = (item, line)
        return known[1]


def lay_out_node(label: str, properties: Mapping[str, object]) -> Line:
    """The line of a node; see :func:`graph.lines.node_lines`."""
    json, csv = node_lines(label, properties)
    if _QUOTED_EMPTY in csv and (dropped := _count_dropped(properties)):
        json, csv = node_lines(label, _imported(properties))
        return Line(label, csv, hash_line(json), dropped)
    return Line(label, csv, hash_line(json), 0)


def lay_out_edge(type_: str, source: str, target: str, properties: Mapping[str, object]) -> Line:
    """The line of a relationship; see :func:`graph.lines.edge_lines`."""
    json, csv = edge_lines(type_, source, target, properties)
    if _QUOTED_EMPTY in csv and (dropped := _count_dropped(properties)):
        json, csv = edge_lines(type_, source, target, _imported(properties))
        return Line(type_, csv, hash_line(json), dropped)
    return Line(type_, csv, hash_line(json), 0)


def _count_dropped(properties: Mapping[str, object]) -> int:
    return sum(value in _DROPPED for value in properties.values())


def _imported(properties: Mapping[str, object]) -> Mapping[str, object]:
    """Without what the importer drops."""
    return {name: value for name, value in properties.items() if value not in _DROPPED}
