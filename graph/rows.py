"""Nodes and edges as rows: what stands in a graph of them, and how it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Protocol

from graph.model import STATUSES, Edge, Evidence, Node
from graph.schema import (
    EDGE_BY_TYPE,
    EDGE_TYPES,
    ID,
    NAME,
    NODE_BY_LABEL,
    edge_properties,
    id_name,
)
from graph.store import Row
from graph.tables import Column, Table, column, pick

_OF_A_YEAR = {e.type for e in EDGE_TYPES if "year" in (p.name for p in edge_properties(e))}

_DIGESTS = """
UNWIND $ids AS id
MATCH (r:Report {id: id})
RETURN r.id AS id, r.digest AS digest
"""


class Transaction(Protocol):
    """An open transaction of any engine."""

    def __call__(self, cypher: str, params: Mapping[str, object]) -> Iterable[Row]:
        """Send one statement; a server may still be at work on it until its rows are read."""


def find_digests(run: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """Digest of each of these reports that the graph has."""
    return {str(row["id"]): str(row["digest"]) for row in run(_DIGESTS, {"ids": list(ids)})}


def edge_rows(
    run: Transaction, match: str, type_: str, params: Mapping[str, object]
) -> Iterator[tuple[str, str, Row]]:
    """Source, target and properties of the relationships ``r`` from ``a`` to ``b`` that match."""
    columns = ["a.id AS `a id`", "b.id AS `b id`"]
    if edge_columns(type_):
        columns.append(projection("r", edge_columns(type_)))
    for row in run(f"{match} RETURN {', '.join(columns)}", params):
        yield str(row.pop("a id")), str(row.pop("b id")), row


def projection(variable: str, columns: Sequence[str]) -> str:
    """What returns properties under their own names; null where one is not known."""
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in columns)


@cache
def node_columns(label: str) -> tuple[str, ...]:
    """Names of all properties of a label, ``id`` first."""
    return tuple(p.name for p in (ID, NAME, *NODE_BY_LABEL[label].properties))


@cache
def edge_columns(type_: str) -> tuple[str, ...]:
    """Names of all properties of a relationship type."""
    return tuple(p.name for p in edge_properties(EDGE_BY_TYPE[type_]))


def node_properties(node: Node) -> Row:
    """All properties of a node as they stand in the graph."""
    row: Row = {**node.properties, "id": node.id}
    if "name" not in row:
        row["name"] = id_name(node.id)
    return row


def edge_row(report: Node, edge: Edge) -> Row:
    """All properties of an edge as they stand in the graph.

    Args:
        report: The Report node that it belongs to; gives the year.
        edge: A checked edge.
    """
    row: Row = {**edge.properties, **_from_report(report, edge)}
    if edge.evidence:
        row.update(_from_evidence(sorted(edge.evidence)))
    return row


def edge_tables(report: Node, edges: Sequence[Edge], found: Sequence[Table]) -> list[Table]:
    """Tables of edges of one type: ends and all properties as they stand in the graph.

    Args:
        report: The Report node that they belong to; gives the year.
        edges: Checked edges.
        found: Tables of their own properties.
    """
    return [_edge_table(report, pick(edges, table.places), table) for table in found]


def _edge_table(report: Node, edges: Sequence[Edge], table: Table) -> Table:
    columns = {**table.columns}
    for name, value in _from_report(report, edges[0]).items():
        columns[name] = column([value] * len(edges))
    if edges[0].evidence:
        columns.update(_evidence_columns([sorted(edge.evidence) for edge in edges]))
    ends = [column([edge.source for edge in edges]), column([edge.target for edge in edges])]
    return Table(table.places, ends, columns)


def _from_report(report: Node, edge: Edge) -> Row:
    """What an edge has from its report; edges with the same properties have the same."""
    row: Row = {}
    if edge.report:
        row["report"] = edge.report
        has_year = "year" in report.properties and "year" not in edge.properties
        if edge.type in _OF_A_YEAR and has_year:
            row["year"] = report.properties["year"]
    return row


def _from_evidence(evidence: Sequence[Evidence]) -> Row:
    row: Row = dict(zip(_OF_FIRST, _parts(_first(evidence)), strict=True))
    for name, values in zip(_OF_ALL, zip(*map(_parts, evidence), strict=True), strict=True):
        row[name] = list(values)
    return row


def _evidence_columns(evidence: Sequence[Sequence[Evidence]]) -> dict[str, Column]:
    """The same of several edges, a column at a time."""
    every = list(chain.from_iterable(evidence))
    spans = list(pairwise(accumulate(map(len, evidence), initial=0)))
    values = list(zip(*map(_parts, every), strict=True))
    items = list(map(column, values))
    firsts = items
    if len(every) > len(spans):
        firsts = [column(of) for of in zip(*map(_parts, map(_first, evidence)), strict=True)]
    columns = dict(zip(_OF_FIRST, firsts, strict=True))
    for name, of_name, found in zip(_OF_ALL, values, items, strict=True):
        lists = [list(of_name[start:end]) for start, end in spans]
        columns[name] = Column(len(spans), lists, {list}, items=found)
    return columns


def _first(evidence: Sequence[Evidence]) -> Evidence:
    """Not the first of all: beside "reported" may not stand what was only planned."""
    return min(evidence, key=lambda e: STATUSES.index(e.status))


_parts = attrgetter("status", "text", "start", "end", "rule")
_OF_FIRST = ("status", "evidence", "start", "end", "rule")
_OF_ALL = tuple(f"{name}_all" for name in _OF_FIRST)
