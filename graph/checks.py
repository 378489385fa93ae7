"""What a report must satisfy before its first row is sent to any engine.

The engines differ in what they let pass - one stores NaN and NUL, the other has
a limit on the length of a key - so nothing is left to them: what is refused here
is refused on both, with the same words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from graph.errors import EvidenceMismatch, WriteRefused
from graph.model import Edge, Node, ReportGraph
from graph.schema import (
    EDGE_BY_TYPE,
    ID,
    NAME,
    NODE_BY_LABEL,
    OWNED,
    REPORT,
    STATED,
    Property,
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
    for graph in graphs:
        check_report(graph)
        first = by_id.setdefault(graph.report.id, graph)
        if first.report.properties["digest"] != graph.report.properties["digest"]:
            raise WriteRefused(f"{graph.report.id}: two different texts have this id")
    return list(by_id.values())


def check_report(graph: ReportGraph) -> None:
    """Check one report against the schema and against its own text.

    Raises:
        WriteRefused: It contradicts the schema, or an edge or node hangs in the air.
        EvidenceMismatch: A clause is not in the text at its offsets.
    """
    _check_node(graph.report)
    if graph.report.label != "Report":
        raise WriteRefused(f"{graph.report.id}: a report must have the label Report")
    labels = {graph.report.id: "Report"}
    for node in graph.nodes:
        _check_node(node)
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
    where = f"{node.label} {_cut(node.id)}"
    if node.properties.get("id", node.id) != node.id:
        raise WriteRefused(f"{where}: property id differs from the node's id")
    properties = {"name": rest, **node.properties, "id": node.id}
    keys = {"id", *kind.indexed}
    _check_properties(where, properties, (ID, NAME, *kind.properties), keys)


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
    where = f"{report.id}: {_shown(edge)}"
    if kind is None:
        raise WriteRefused(f"{where}: no relationship type {edge.type!r} in the schema")
    for end, allowed in ((edge.source, kind.sources), (edge.target, kind.targets)):
        if end not in labels:
            raise WriteRefused(f"{where}: the report has no node {_cut(end)!r}")
        if labels[end] not in allowed:
            raise WriteRefused(f"{where}: a {labels[end]} cannot stand at that end")
    declared = edge_properties(kind)
    if edge.report != (report.id if REPORT in declared else ""):
        raise WriteRefused(f"{where}: report is {_cut(edge.report)!r}")
    if bool(edge.evidence) != kind.stated:
        raise WriteRefused(f"{where}: {'no evidence' if kind.stated else 'evidence not expected'}")
    for piece in edge.evidence:
        _check_value(where, _EVIDENCE, piece.text, key=False)
        _check_value(where, _RULE, piece.rule, key=False)
        if not piece.rule or piece.status not in _STATUSES:
            raise WriteRefused(f"{where}: rule {piece.rule!r}, status {piece.status!r}")
        _check_span(report, piece.text, piece.start, piece.end)
    filled = {p.name for p in (STATED if kind.stated else (REPORT,))}
    further = tuple(p for p in declared if p.name not in filled)
    _check_properties(where, edge.properties, further, set())
    if edge.type == "MENTIONS":
        _check_mentions(report, edge, where)


def _check_mentions(report: Node, edge: Edge, where: str) -> None:
    columns = [edge.properties[name] for name in ("surfaces", "starts", "ends")]
    rows = [tuple(c) for c in columns if isinstance(c, tuple)]
    if not rows[0] or len({len(c) for c in rows}) != 1:
        raise WriteRefused(f"{where}: surfaces, starts and ends must be of one length, from 1")
    for surface, start, end in zip(*rows, strict=True):
        _check_span(report, surface, start, end)


def _check_span(report: Node, evidence: object, start: object, end: object) -> None:
    text = report.properties["text"]
    whole = isinstance(start, int) and isinstance(end, int) and isinstance(evidence, str)
    # Python would count a negative offset from the end of the text.
    if not (whole and 0 <= start < end and text[start:end] == evidence):  # type: ignore[index,operator]
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


def _check_properties(
    where: str, properties: Mapping[str, object], declared: tuple[Property, ...], keys: set[str]
) -> None:
    by_name = {p.name: p for p in declared}
    for name, value in properties.items():
        if name not in by_name:
            raise WriteRefused(f"{where}: no property {name!r} in the schema")
        _check_value(where, by_name[name], value, key=name in keys)
    for prop in declared:
        if prop.required and prop.name not in properties:
            raise WriteRefused(f"{where}: property {prop.name!r} is required")


def _check_value(where: str, prop: Property, value: object, *, key: bool) -> None:
    scalar, is_list = _SCALARS[prop.type]
    if is_list:
        sane = isinstance(value, tuple) and all(scalar(item) for item in value)
    else:
        sane = scalar(value)
    if not sane:
        raise WriteRefused(f"{where}: {prop.name} must be a sane {prop.type}, not {_cut(value)!r}")
    if key and isinstance(value, str) and len(value.encode()) > MAX_KEY_BYTES:
        raise WriteRefused(
            f"{where}: {prop.name} is longer than {MAX_KEY_BYTES} bytes and cannot be indexed"
        )


def _is_string(value: object) -> bool:
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return True


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in _INTEGERS


def _is_float(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


_SCALARS: dict[str, tuple[Callable[[object], bool], bool]] = {
    "STRING": (_is_string, False),
    "INTEGER": (_is_integer, False),
    "FLOAT": (_is_float, False),
    "BOOLEAN": (_is_boolean, False),
    "LIST<STRING>": (_is_string, True),
    "LIST<INTEGER>": (_is_integer, True),
}
_EVIDENCE, _RULE = (next(p for p in STATED if p.name == n) for n in ("evidence", "rule"))


def _shown(edge: Edge) -> str:
    return f"{_cut(edge.source)} {edge.type} {_cut(edge.target)}"


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"
