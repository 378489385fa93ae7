"""What a report must satisfy before its first row is sent to any engine.

The engines differ in what they let pass - one stores NaN and NUL, the other has
a limit on the length of a key - so nothing is left to them: what is refused here
is refused on both, with the same words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import EvidenceMismatch, WriteRefused
from graph.model import Edge, Node, ReportGraph
from graph.schema import (
    EDGE_BY_TYPE,
    EDGE_TYPES,
    ID,
    NAME,
    NODE_BY_LABEL,
    NODE_TYPES,
    OWNED,
    REPORT,
    STATED,
    Property,
    PropertyType,
    edge_properties,
)

MAX_KEY_BYTES = 4_096
"""Longest id or indexed string in UTF-8; a Neo4j range index takes 8,167 bytes."""

MAX_CHARACTERS = 10_000_000
"""Longest string of any other property, in code points."""

_INTEGERS = range(-(2**63), 2**63)
_STATUSES = ("reported", "planned", "lacking")
SHARED = ("Agency", "Regulation", "Mechanism", "Initiative")
"""Labels whose nodes live as long as a statement or mention of any report touches them."""


def check_reports(graphs: Sequence[ReportGraph]) -> list[ReportGraph]:
    """Check reports that are to be written together.

    Returns:
        The reports, one that stands there twice only once.
    Raises:
        WriteRefused: One contradicts the schema, or two with one id differ in text.
        EvidenceMismatch: A clause is not in the text at its offsets.
    """
    by_id: dict[str, ReportGraph] = {}
    checked: dict[str, Node] = {}
    for graph in graphs:
        check_report(graph, checked)
        first = by_id.setdefault(graph.report.id, graph)
        if first.report.properties["digest"] != graph.report.properties["digest"]:
            raise WriteRefused(f"{graph.report.id}: two different texts have this id")
    return list(by_id.values())


def check_report(graph: ReportGraph, checked: dict[str, Node] | None = None) -> None:
    """Check one report against the schema and against its own text.

    Args:
        graph: The report.
        checked: Nodes that were found good before, by id, and receives those of
            this report: most of what reports name, others have named.

    Raises:
        WriteRefused: It contradicts the schema, or an edge or node hangs in the air.
        EvidenceMismatch: A clause is not in the text at its offsets.
    """
    _check_node(graph.report)
    if graph.report.label != "Report":
        raise WriteRefused(f"{graph.report.id}: a report must have the label Report")
    labels = {graph.report.id: "Report"}
    checked = {} if checked is None else checked
    for node in graph.nodes:
        if checked.get(node.id) != node:
            _check_node(node)
            if node.label not in OWNED:
                checked[node.id] = node
        if node.id in labels:
            raise WriteRefused(f"{graph.report.id}: two nodes have the id {node.id!r}")
        labels[node.id] = node.label
        if node.label in OWNED:
            _check_owned(graph.report, node)
    identities = set()
    for edge in graph.edges:
        if edge.identity in identities:
            raise WriteRefused(f"{graph.report.id}: {_shown(edge)} stands there twice")
        identities.add(edge.identity)
        _check_edge(graph.report, edge, labels)
    _check_attached(graph)


def _check_node(node: Node) -> None:
    kind = NODE_BY_LABEL.get(node.label)
    if kind is None:
        raise WriteRefused(f"{node.id!r}: no label {node.label!r} in the schema")
    prefix, _, rest = node.id.partition(":") if isinstance(node.id, str) else ("", "", "")
    if prefix != kind.prefix or not rest.strip():
        raise WriteRefused(f"id {node.id!r} of a {node.label} must be {kind.prefix}:<name>")
    if node.properties.get("id", node.id) != node.id:
        raise WriteRefused(f"{_named(node)}: property id differs from the node's id")
    properties = {"name": rest, **node.properties, "id": node.id}
    try:
        _check_properties(properties, _NODE_PROPERTIES[node.label])
    except _Unfit as exc:
        raise WriteRefused(f"{_named(node)}: {exc}") from None


def _check_owned(report: Node, node: Node) -> None:
    if node.properties["report"] != report.id:
        raise WriteRefused(f"{node.id}: belongs to another report than {report.id}")
    _check_span(
        report,
        node.properties["text"],
        node.properties["start"],
        node.properties["end"],
    )


def _check_edge(report: Node, edge: Edge, labels: Mapping[str, str]) -> None:
    kind = EDGE_BY_TYPE.get(edge.type)
    try:
        if kind is None:
            raise _Unfit(f"no relationship type {edge.type!r} in the schema")
        if labels.get(edge.source) not in kind.sources:
            raise _misplaced(edge.source, labels)
        if labels.get(edge.target) not in kind.targets:
            raise _misplaced(edge.target, labels)
        if edge.report != (report.id if edge.type in _OF_A_REPORT else ""):
            raise _Unfit(f"report is {_cut(edge.report)!r}")
        if bool(edge.evidence) != kind.stated:
            raise _Unfit("no evidence" if kind.stated else "evidence not expected")
        for piece in edge.evidence:
            _check_value(_EVIDENCE, piece.text)
            _check_value(_RULE, piece.rule)
            if not piece.rule or piece.status not in _STATUSES:
                raise _Unfit(f"rule {piece.rule!r}, status {piece.status!r}")
            _check_span(report, piece.text, piece.start, piece.end)
        if edge.properties or kind.properties:
            _check_properties(edge.properties, _EDGE_PROPERTIES[edge.type])
        if edge.type == "MENTIONS":
            _check_mentions(report, edge)
    except _Unfit as exc:
        raise WriteRefused(f"{report.id}: {_shown(edge)}: {exc}") from None


def _misplaced(end: str, labels: Mapping[str, str]) -> _Unfit:
    if end not in labels:
        return _Unfit(f"the report has no node {_cut(end)!r}")
    return _Unfit(f"a {labels[end]} cannot stand at that end")


def _check_mentions(report: Node, edge: Edge) -> None:
    found = edge.properties
    columns: tuple[Any, Any, Any] = (found["surfaces"], found["starts"], found["ends"])
    if not len(columns[0]) == len(columns[1]) == len(columns[2]) > 0:
        raise _Unfit("surfaces, starts and ends must be of one length, from 1")
    for surface, start, end in zip(*columns, strict=True):
        _check_span(report, surface, start, end)


def _check_span(report: Node, evidence: object, start: object, end: object) -> None:
    # Python would count a negative offset from the end of the text.
    if not (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end
        and isinstance(evidence, str)
        and report.properties["text"][start:end] == evidence  # type: ignore[index]
    ):
        raise EvidenceMismatch(report.id, str(evidence), start, end)  # type: ignore[arg-type]


def _check_attached(graph: ReportGraph) -> None:
    """Refuse nodes that removing the report could not find again."""
    held: set[str] = set()
    placed: set[str] = set()
    for edge in graph.edges:
        if edge.report:
            held.update((edge.source, edge.target))
        elif edge.type == "PART_OF" and edge.target == graph.report.id:
            held.add(edge.source)
        else:
            placed.add(edge.target)
    for node in graph.nodes:
        if node.label == "Place":
            if node.id not in placed:
                raise WriteRefused(f"{graph.report.id}: no agency or place is in {node.id}")
        elif node.id not in held:
            raise WriteRefused(f"{graph.report.id}: no statement or mention names {node.id}")


class _Unfit(Exception):
    """What is wrong with a node or an edge, without its name."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What may stand in one kind of node or edge.

    Args:
        by_name: Each property, what its value must satisfy, and whether it is indexed.
        required: Names of those that must be there.
    """

    by_name: Mapping[str, tuple[Property, Callable[[object], bool], bool]]
    required: frozenset[str]

    @classmethod
    def of(cls, properties: Sequence[Property], keys: Collection[str] = ()) -> _Declared:
        by_name = {p.name: (p, _SANE[p.type], p.name in keys) for p in properties}
        return cls(by_name, frozenset(p.name for p in properties if p.required))


def _check_properties(properties: Mapping[str, object], declared: _Declared) -> None:
    by_name = declared.by_name
    for name, value in properties.items():
        if name not in by_name:
            raise _Unfit(f"no property {name!r} in the schema")
        prop, is_sane, indexed = by_name[name]
        if not is_sane(value):
            raise _insane(prop, value)
        if indexed and not _is_key(str(value)):
            raise _Unfit(f"{name} is longer than {MAX_KEY_BYTES} bytes and cannot be indexed")
    if not declared.required <= properties.keys():
        missing = sorted(declared.required - properties.keys())
        raise _Unfit(f"property {missing[0]!r} is required")


def _check_value(prop: Property, value: object) -> None:
    if not _SANE[prop.type](value):
        raise _insane(prop, value)


def _insane(prop: Property, value: object) -> _Unfit:
    return _Unfit(f"{prop.name} must be a sane {prop.type}, not {_cut(value)!r}")


def _is_key(text: str) -> bool:
    # Few are long enough to be worth the bytes of UTF-8, of which a code point has four at most.
    return len(text) <= MAX_KEY_BYTES // 4 or len(text.encode()) <= MAX_KEY_BYTES


def _is_string(value: object) -> bool:
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return True


def _is_integer(value: object) -> bool:
    return type(value) is int and value in _INTEGERS


def _are_strings(value: object) -> bool:
    if not isinstance(value, tuple):
        return False
    for item in value:  # noqa: SIM110
        if not _is_string(item):
            return False
    return True


def _are_integers(value: object) -> bool:
    if not isinstance(value, tuple):
        return False
    for item in value:  # noqa: SIM110
        if type(item) is not int or item not in _INTEGERS:
            return False
    return True


def _is_float(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


_SANE: dict[PropertyType, Callable[[object], bool]] = {
    "STRING": _is_string,
    "INTEGER": _is_integer,
    "FLOAT": _is_float,
    "BOOLEAN": _is_boolean,
    "LIST<STRING>": _are_strings,
    "LIST<INTEGER>": _are_integers,
}
_EVIDENCE, _RULE = (next(p for p in STATED if p.name == n) for n in ("evidence", "rule"))
_OF_A_REPORT = frozenset(e.type for e in EDGE_TYPES if REPORT in edge_properties(e))
_NODE_PROPERTIES = {
    n.label: _Declared.of((ID, NAME, *n.properties), {"id", *n.indexed}) for n in NODE_TYPES
}
# Beyond those that are filled in from the evidence and from the report.
_EDGE_PROPERTIES = {
    e.type: _Declared.of([p for p in e.properties if p != REPORT]) for e in EDGE_TYPES
}


def _named(node: Node) -> str:
    return f"{node.label} {_cut(node.id)}"


def _shown(edge: Edge) -> str:
    return f"{_cut(edge.source)} {edge.type} {_cut(edge.target)}"


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"
