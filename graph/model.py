"""Nodes, edges and evidence: what one report states.

A :class:`ReportGraph` is the unit that enters and leaves a store, whole or not
at all. Everything in it is a pure value: no driver, no file, no Chinese.

Nodes are shared between reports, so a node's properties are a function of its
id alone (catalogue, gazetteer). What differs from report to report - wording,
year, status - stands on edges, which belong to exactly one report. Removing a
report therefore removes its edges, and the nodes that no edge mentions any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Scalar = str | int | float | bool
Value = Scalar | tuple[str, ...] | tuple[int, ...]
Status = Literal["reported", "planned", "lacking"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Best first: one that states more stands in front."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A clause that shows an edge, and where it stands.

    Args:
        start: First offset in the report's text, in code points.
        end: Offset after the last, so that ``report.text[start:end] == text``.
        text: The clause as stored.
        status: ``reported`` (done or running), ``planned`` or ``lacking``.
        rule: Name of the extraction rule that produced it.
    """

    start: int
    end: int
    text: str
    status: Status = "reported"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node.

    Args:
        label: A label of :mod:`graph.schema`.
        id: Readable and unique, with the label's prefix: ``agency:北京市信访办公室``.
        properties: Names and values declared in the schema; absent means unknown.
    """

    label: str
    id: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship.

    Args:
        type: A relationship type of :mod:`graph.schema`.
        source: Id of the node that it leaves.
        target: Id of the node that it reaches.
        report: Id of the report that it belongs to; empty for edges that follow
            from the nodes alone (an agency's place, a place's parent).
        evidence: Every clause that states it, in text order; empty where the
            type carries none.
        properties: Further properties that the schema declares.
    """

    type: str
    source: str
    target: str
    report: str = ""
    evidence: tuple[Evidence, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes two edges the same: type, source, target, report."""
        return (self.type, self.source, self.target, self.report)


@dataclass(frozen=True, slots=True)
class ReportGraph:
    """All that one report states.

    Args:
        report: The Report node; its ``text`` property is what offsets point into
            and its ``digest`` property identifies the content.
        nodes: Every other node that the edges touch.
        edges: Edges, one per identity.
    """

    report: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
