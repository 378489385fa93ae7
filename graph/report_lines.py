"""A report as lines of the importer's files, checked, counted and hashed.

This is all the work that one report is on its way to ``neo4j-admin``, and needs
nothing of the others: it is done where the report was read, in as many processes
as read. :class:`graph.bulk_load.BulkLoad` only puts the lines together.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.checks import check_report
from graph.ddl import REPORT_EDGES
from graph.inventory import hash_lines
from graph.lines import both_lines
from graph.model import Edge, Node, ReportGraph
from graph.rows import edge_tables
from graph.schema import OWNED
from graph.tables import Table, node_tables, tables

_DROPPED: tuple[object, ...] = (("",), [""])
_QUOTED_EMPTY = '""'


class Lines(NamedTuple):
    """Nodes of a label, or relationships of a type, on their way into a file.

    Args:
        kind: Label or type.
        size: How many.
        hashed: What they add to the digest; not reduced.
        longest: Code points that no line of them exceeds.
        dropped: How many of their lists hold nothing but one empty text.
        text: Their lines of CSV, in UTF-8.
    """

    kind: str
    size: int
    hashed: int
    longest: int
    dropped: int
    text: bytes


@dataclass(slots=True)
class ReportLines:
    """What one report adds to the files.

    Args:
        id: Of the report.
        own: Lines of what is of this report only, by label or type.
        shared: Lines of what other reports may have, too, by what makes them the
            same: the id of a node, both ends of a relationship between places. Each
            is pickled: most are known where they arrive.
    """

    id: str
    own: Sequence[Lines]
    shared: Mapping[str, bytes]


@dataclass(slots=True)
class Layout:
    """Makes lines of reports; knows again what most of them name.

    Can be pickled while it is new.
    """

    _checked: dict[str, Node] = field(default_factory=dict)
    _laid_out: dict[str, tuple[Node | Edge, bytes]] = field(default_factory=dict)

    def __call__(self, graph: ReportGraph) -> ReportLines:
        """Check a report and lay it out.

        Raises:
            WriteRefused: It contradicts the schema.
            EvidenceMismatch: A piece of evidence is not in the text.
        """
        nodes, edges = check_report(graph, self._checked)
        report = graph.report
        own = [lay_out(label, of_label) for label, of_label in nodes.items()]
        shared: dict[str, bytes] = {}
        for node in graph.nodes:
            if node.label not in OWNED:
                # A node that was found good before is that node, not one like it.
                shared[node.id] = self._again(node.id, self._checked[node.id], report)
        for type_, (of_type, found) in edges.items():
            if type_ in REPORT_EDGES:
                own.append(lay_out(type_, edge_tables(report, of_type, found)))
                continue
            of_report = []
            for edge in of_type:
                if edge.target == report.id:
                    of_report.append(edge)
                else:
                    key = f"{edge.source}\0{edge.target}"
                    shared[key] = self._again(key, edge, report)
            if of_report:
                found = tables([edge.properties for edge in of_report])
                own.append(lay_out(type_, edge_tables(report, of_report, found)))
        return ReportLines(report.id, own, shared)

    def _again(self, key: str, item: Node | Edge, report: Node) -> bytes:
        """The lines of what another report may have named before."""
        known = self._laid_out.get(key)
        if known is None or (known[0] is not item and known[0] != item):
            if isinstance(item, Node):
                lines = lay_out(item.label, node_tables([item]))
            else:
                found = tables([item.properties])
                lines = lay_out(item.type, edge_tables(report, [item], found))
            known = self._laid_out[key] = (item, pickle.dumps(lines, pickle.HIGHEST_PROTOCOL))
        return known[1]


def lay_out(kind: str, whole: Sequence[Table]) -> Lines:
    """Lines of nodes of a label, or relationships of a type; see :mod:`graph.lines`."""
    json, text = both_lines(kind, whole)
    dropped = 0
    if _QUOTED_EMPTY in text:
        imported, dropped = _imported(whole)
        if dropped:
            json, text = both_lines(kind, imported)
    return Lines(kind, len(json), hash_lines(json), len(text), dropped, text.encode())


def _imported(whole: Sequence[Table]) -> tuple[list[Table], int]:
    """Tables without what the importer drops, and how much that is."""
    found, dropped = [], 0
    for table in whole:
        rows = [{n: v for n, v in row.items() if v not in _DROPPED} for row in table.rows]
        dropped += len(rows) * len(table.columns) - sum(map(len, rows))
        found += table.with_rows(rows)
    return found, dropped
