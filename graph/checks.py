"""What a report must satisfy before any engine keeps a row of it.

The engines differ in what they let pass - one stores NaN and NUL, the other has
a limit on the length of a key - so nothing is left to them: what is refused here
is refused on both, with the same words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

from graph.errors import EvidenceMismatch, WriteRefused
from graph.model import STATUSES, Edge, Evidence, Node, ReportGraph, Value
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
from graph.tables import TEXT, Column, Table, column, node_tables, tables

T = TypeVar("T")

MAX_KEY_BYTES = 4_096
"""Longest id or indexed string in UTF-8; a Neo4j range index takes 8,167 bytes."""

MAX_CHARACTERS = 10_000_000
"""Longest string of any other property, in code points."""

_INTEGERS = range(-(2**63), 2**63)
SHARED = ("Agency", "Regulation", "Mechanism", "Initiative")
"""Labels whose nodes live as long as a statement or mention of any report touches them."""


def check_reports(graphs: Iterable[ReportGraph]) -> None:
    """Check reports that are to be written together.

    Raises:
        WriteRefused: One contradicts the schema, or two with one id differ in text.
        EvidenceMismatch: A clause is not in the text at its offsets.
    """
    digests: dict[str, Value] = {}
    checked: dict[str, Node] = {}
    for graph in graphs:
        check_report(graph, checked)
        digest = graph.report.properties["digest"]
        if digests.setdefault(graph.report.id, digest) != digest:
            raise WriteRefused(f"{graph.report.id}: two different texts have this id")


class Checked(NamedTuple):
    """What is of one report only, checked and taken apart: tables, by label or type.

    Args:
        nodes: The report itself among them.
        edges: Of their own properties, beside all edges of the type.
    """

    nodes: Mapping[str, Sequence[Table]]
    edges: Mapping[str, tuple[Sequence[Edge], Sequence[Table]]]


def check_report(graph: ReportGraph, checked: dict[str, Node] | None = None) -> Checked:
    """Check one report against the schema and against its own text.

    Each rule is held against all nodes of a label, all edges of a type, at once;
    where it is broken, against one after the other, to name the one that breaks it.

    Args:
        graph: The report.
        checked: Nodes that were found good before, by id, and receives those of
            this report: most of what reports name, others have named.

    Raises:
        WriteRefused: It contradicts the schema, or an edge or node hangs in the air.
        EvidenceMismatch: A clause is not in the text at its offsets.
    """
    report = graph.report
    own = {report.label: _check_nodes(report.label, [report])}
    if report.label != "Report":
        raise WriteRefused(f"{report.id}: a report must have the label Report")
    checked = {} if checked is None else checked
    fresh: dict[str, list[Node]] = {}
    labels = {node.id: node.label for node in (report, *graph.nodes)}
    if len(labels) <= len(graph.nodes):
        twice = _first_twice([node.id for node in (report, *graph.nodes)])
        raise WriteRefused(f"{report.id}: two nodes have the id {twice!r}")
    for node in graph.nodes:
        known = checked.get(node.id)
        if known is None or known.properties != node.properties or known.label != node.label:
            fresh.setdefault(node.label, []).append(node)
    for label, nodes in fresh.items():
        found = _check_nodes(label, nodes)
        if label in OWNED:
            _check_owned(report, nodes)
            own[label] = found
        else:
            checked.update((node.id, node) for node in nodes)
    edges: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        edges.setdefault(edge.type, []).append(edge)
    stated = {t: (some, _check_edges(report, t, some, labels)) for t, some in edges.items()}
    _check_attached(graph, edges)
    return Checked(own, stated)


def _first_twice(values: Iterable[T]) -> T:
    """The first of the values that was there before; one is."""
    before: set[T] = set()
    for value in values:
        if value in before:
            break
        before.add(value)
    return value


def _check_nodes(label: str, nodes: Sequence[Node]) -> Sequence[Table]:
    kind = NODE_BY_LABEL.get(label)
    if kind is None:
        raise WriteRefused(f"{nodes[0].id!r}: no label {label!r} in the schema")
    for node in nodes:
        prefix, _, rest = node.id.partition(":") if isinstance(node.id, str) else ("", "", "")
        if prefix != kind.prefix or not rest.strip():
            raise WriteRefused(f"id {node.id!r} of a {label} must be {kind.prefix}:<name>")
        if node.properties.get("id", node.id) != node.id:
            raise WriteRefused(f"{_named(node)}: property id differs from the node's id")

    def check(some: Sequence[Node]) -> Sequence[Table]:
        found = node_tables(some)
        _check_properties(found, _NODE_PROPERTIES[label])
        return found

    return _check_each(check, nodes, _named)


def _check_owned(report: Node, nodes: Sequence[Node]) -> None:
    for node in nodes:
        if node.properties["report"] != report.id:
            raise WriteRefused(f"{node.id}: belongs to another report than {report.id}")
    texts, starts, ends = (
        [node.properties[name] for node in nodes] for name in ("text", "start", "end")
    )
    _check_spans(report, texts, starts, ends)


def _check_edges(
    report: Node, type_: str, edges: Sequence[Edge], labels: Mapping[str, str]
) -> Sequence[Table]:
    if len({(edge.source, edge.target, edge.report) for edge in edges}) < len(edges):
        twice = _first_twice([edge.identity for edge in edges])
        edge = next(edge for edge in edges if edge.identity == twice)
        raise WriteRefused(f"{report.id}: {_shown(edge)} stands there twice")

    def check(some: Sequence[Edge]) -> Sequence[Table]:
        return _check_edge_type(report, type_, some, labels)

    return _check_each(check, edges, lambda edge: f"{report.id}: {_shown(edge)}")


def _check_each(
    check: Callable[[Sequence[T]], Sequence[Table]], items: Sequence[T], named: Callable[[T], str]
) -> Sequence[Table]:
    """Check items together, and where that fails one by one.

    Raises:
        WriteRefused: One is unfit; says which.
    """
    try:
        return check(items)
    except _Unfit as exc:
        for item in items if len(items) > 1 else ():
            _check_each(check, [item], named)
        raise WriteRefused(f"{named(items[0])}: {exc}") from None


def _check_edge_type(
    report: Node, type_: str, edges: Sequence[Edge], labels: Mapping[str, str]
) -> Sequence[Table]:
    """Check edges of one type, whichever of them is unfit.

    Raises:
        _Unfit: One is; what is said is true of the first, and of the only one.
    """
    kind = EDGE_BY_TYPE.get(type_)
    if kind is None:
        raise _Unfit(f"no relationship type {type_!r} in the schema")
    _check_ends([edge.source for edge in edges], kind.sources, labels)
    _check_ends([edge.target for edge in edges], kind.targets, labels)
    if {edge.report for edge in edges} != {report.id if type_ in _OF_A_REPORT else ""}:
        raise _Unfit(f"report is {_cut(edges[0].report)!r}")
    if {bool(edge.evidence) for edge in edges} != {kind.stated}:
        raise _Unfit("no evidence" if kind.stated else "evidence not expected")
    if kind.stated:
        _check_evidence(report, [piece for edge in edges for piece in edge.evidence])
    found = tables([edge.properties for edge in edges])
    _check_properties(found, _EDGE_PROPERTIES[type_])
    if type_ == "MENTIONS":
        _check_mentions(report, found)
    return found


def _check_ends(ends: Sequence[str], allowed: Sequence[str], labels: Mapping[str, str]) -> None:
    if not set(map(labels.get, ends)) <= set(allowed):
        if ends[0] not in labels:
            raise _Unfit(f"the report has no node {_cut(ends[0])!r}")
        raise _Unfit(f"a {labels[ends[0]]} cannot stand at that end")


def _check_evidence(report: Node, pieces: Sequence[Evidence]) -> None:
    texts = [piece.text for piece in pieces]
    rules = [piece.rule for piece in pieces]
    _check_values(_EVIDENCE, column(texts))
    _check_values(_RULE, column(rules))
    for piece in pieces:
        if not piece.rule or piece.status not in STATUSES:
            raise _Unfit(f"rule {piece.rule!r}, status {piece.status!r}")
    _check_spans(report, texts, [piece.start for piece in pieces], [piece.end for piece in pieces])


def _check_mentions(report: Node, found: Sequence[Table]) -> None:
    for table in found:
        lists = [table.columns[name] for name in ("surfaces", "starts", "ends")]
        lengths = [list(map(len, of_name.values)) for of_name in lists]
        if not lengths[0] == lengths[1] == lengths[2] or 0 in lengths[0]:
            raise _Unfit("surfaces, starts and ends must be of one length, from 1")
        _check_spans(report, *(of_name.items.each for of_name in lists if of_name.items))


def _check_spans(
    report: Node, texts: Sequence[Any], starts: Sequence[Any], ends: Sequence[Any]
) -> None:
    text: Any = report.properties["text"]
    if set(map(type, starts)) == set(map(type, ends)) == {int} and min(starts) >= 0:
        found = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        if "" not in found and found == list(texts):
            return
    for evidence, start, end in zip(texts, starts, ends, strict=True):
        # Python would count a negative offset from the end of the text.
        if not (
            isinstance(start, int)
            and isinstance(end, int)
            and 0 <= start < end
            and isinstance(evidence, str)
            and text[start:end] == evidence
        ):
            raise EvidenceMismatch(report.id, str(evidence), start, end)


def _check_attached(graph: ReportGraph, edges: Mapping[str, Sequence[Edge]]) -> None:
    """Refuse nodes that removing the report could not find again."""
    held: set[str] = set()
    placed: set[str] = set()
    for type_, of_type in edges.items():
        if type_ in _OF_A_REPORT:
            held.update([edge.source for edge in of_type], [edge.target for edge in of_type])
            continue
        for edge in of_type:
            if type_ == "PART_OF" and edge.target == graph.report.id:
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
        by_name: Each property, and whether it is indexed.
        required: Names of those that must be there.
    """

    by_name: Mapping[str, tuple[Property, bool]]
    required: frozenset[str]

    @classmethod
    def of(cls, properties: Sequence[Property], keys: Collection[str] = ()) -> _Declared:
        by_name = {p.name: (p, p.name in keys) for p in properties}
        return cls(by_name, frozenset(p.name for p in properties if p.required))


def _check_properties(found: Sequence[Table], declared: _Declared) -> None:
    for table in found:
        for name, values in table.columns.items():
            if name not in declared.by_name:
                raise _Unfit(f"no property {name!r} in the schema")
            prop, indexed = declared.by_name[name]
            _check_values(prop, values)
            if indexed and not _are_keys(values):
                raise _Unfit(f"{name} is longer than {MAX_KEY_BYTES} bytes and cannot be indexed")
        missing = declared.required.difference(table.columns)
        if missing:
            raise _Unfit(f"property {min(missing)!r} is required")


def _check_values(prop: Property, values: Column) -> None:
    if not _SANE[prop.type](values):
        raise _Unfit(f"{prop.name} must be a sane {prop.type}, not {_cut(values.values[0])!r}")


def _are_keys(column: Column) -> bool:
    texts = column.values if column.types == TEXT else list(map(str, column.values))
    # Few are long enough to be worth the bytes of UTF-8, of which a code point has four at most.
    return max(map(len, texts)) <= MAX_KEY_BYTES // 4 or all(
        len(text.encode()) <= MAX_KEY_BYTES for text in texts
    )


def _are_strings(column: Column) -> bool:
    values, text = column.values, column.text
    try:
        if text is None:  # not of the very type, or no texts at all
            text = "".join(values)
        if not column.is_plain:  # where it is, none of what follows is in it
            text.encode()
    except (TypeError, UnicodeEncodeError):  # not a string, or a lone surrogate in one
        return False
    return (column.is_plain or "\0" not in text) and (
        len(text) <= MAX_CHARACTERS or max(map(len, values)) <= MAX_CHARACTERS
    )


def _are_integers(column: Column) -> bool:
    values = column.values
    return not values or (
        column.types == {int} and min(values) in _INTEGERS and max(values) in _INTEGERS
    )


def _are_floats(column: Column) -> bool:
    return all(isinstance(value, float) and math.isfinite(value) for value in column.values)


def _are_booleans(column: Column) -> bool:
    return column.types == {bool}


def _are_lists(column: Column, of: Callable[[Column], bool]) -> bool:
    return column.types == {tuple} and column.items is not None and of(column.items)


_SANE: dict[PropertyType, Callable[[Column], bool]] = {
    "STRING": _are_strings,
    "INTEGER": _are_integers,
    "FLOAT": _are_floats,
    "BOOLEAN": _are_booleans,
    "LIST<STRING>": partial(_are_lists, of=_are_strings),
    "LIST<INTEGER>": partial(_are_lists, of=_are_integers),
}
"""Whether values of a type can be stored, each of them."""
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
